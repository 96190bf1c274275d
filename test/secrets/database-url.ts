import { parse } from 'pg-connection-string';
import { Deployed, type DeployedResource } from '../support/deployed';
import type { Json, Template } from '../support/template';

/** Characters of `GenerateSecretString`, as Secrets Manager documents them. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** An endpoint as RDS gives it. */
export const ENDPOINT = { host: 'prooflink-db.c0a1b2c3d4e5.ap-northeast-1.rds.amazonaws.com', port: '5432' };

/** Parts of a connection string. */
export interface Connection {
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
}

/** The secret that a path of the template names. */
export function secret(template: Template, path: string): DeployedResource {
  return new Deployed(template).one('AWS::SecretsManager::Secret', path);
}

/** The characters and the length of the passwords that the template has generated. */
export function generator(template: Template): { alphabet: string[]; length: number } {
  const rules = secret(template, 'Database/MasterSecret').properties['GenerateSecretString'] as Record<string, Json>;
  const on = (rule: string) => rules[rule] === true;
  const excluded = typeof rules['ExcludeCharacters'] === 'string' ? rules['ExcludeCharacters'] : '';
  const alphabet = [
    on('ExcludeLowercase') ? '' : LETTERS,
    on('ExcludeUppercase') ? '' : LETTERS.toUpperCase(),
    on('ExcludeNumbers') ? '' : DIGITS,
    on('ExcludePunctuation') ? '' : PUNCTUATION,
    on('IncludeSpace') ? ' ' : '',
  ].join('');
  return {
    alphabet: Array.from(alphabet).filter((character) => !excluded.includes(character)),
    length: Number(rules['PasswordLength'] ?? 32),
  };
}

/** DATABASE_URL as CloudFormation composes it: the reference to the password and the endpoint's tokens resolved. */
export function databaseUrl(template: Template, password: string): string {
  const composed =
    template.Resources[secret(template, 'Database/ConnectionUrl').logicalId]?.Properties?.['SecretString'];
  const [, parts] = (composed as { 'Fn::Join': [string, Json[]] })['Fn::Join'];
  const master = secret(template, 'Database/MasterSecret').logicalId;
  const attributes: Record<string, string> = { 'Endpoint.Address': ENDPOINT.host, 'Endpoint.Port': ENDPOINT.port };
  const text = parts.map((part) => {
    if (typeof part === 'string') return part;
    const { Ref, 'Fn::GetAtt': attribute } = part as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
    return Ref ?? attributes[attribute?.[1] ?? ''] ?? 'unknown';
  });
  // A function, since `$&` in a password is an instruction to `replace`.
  return text.join('').replace(`{{resolve:secretsmanager:${master}:SecretString:password::}}`, () => password);
}

/** A connection string as Node reads it, percent signs decoded as clients do. */
export function asNodeReads(url: string): Connection {
  const { username, password, hostname, port, pathname } = new URL(url);
  return {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    host: hostname,
    port,
    database: pathname.slice(1),
  };
}

/** A connection string as the `pg` driver reads it. */
export function asPgReads(url: string): Connection {
  // As libpq reads `sslmode`: without it, each reading warns of what the next major version will do.
  const { user, password, host, port, database } = parse(url, { useLibpqCompat: true });
  return {
    user: user ?? '',
    password: password ?? '',
    host: host ?? '',
    port: port ?? '',
    database: database ?? '',
  };
}
