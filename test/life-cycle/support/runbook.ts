import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client, type ClientConfig } from 'pg';
import type { Life } from './life';
import { commandsOf, hasPrograms, readPage, runCommands } from './pages';
import { taskDefinition } from './running';
import { ask, expectServing, rested } from './serving';

const RUNBOOK = readPage('docs/runbook.md');
const here = hasPrograms('aws', 'jq', 'openssl') ? test : test.skip;

/** Runs a chapter's commands as an administrator would paste them below those that begin the runbook. */
export async function follow(chapter: string, { aws, environment, stack }: Life): Promise<string> {
  const begin = `${commandsOf(RUNBOOK, 'Runbook')}E=${environment} STACK=${stack}\n`;
  return await runCommands(chapter, `${begin}${commandsOf(RUNBOOK, chapter)}`, { env: aws.env });
}

/** The secret from which the web task gets this variable, whole or a key of it. */
export async function secretOf(life: Life, variable: string): Promise<string> {
  const { containerDefinitions: [container] = [] } = await taskDefinition(life);
  const reference = container?.secrets?.find(({ name }) => name === variable)?.valueFrom;
  const SecretId = reference?.split(':').slice(0, 7).join(':');
  return (await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
}

/** Connects with a URL as the application does, says something first if wanted, and counts the users. */
async function users(url: string, ssl: ClientConfig['ssl'], first = 'SELECT'): Promise<number | undefined> {
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  const client = new Client({ host, port: Number(port), user, password, database: pathname.slice(1), ssl });
  await client.connect();
  try {
    await client.query(first);
    return (await client.query<{ count: number }>('SELECT count(*)::int FROM users')).rows[0]?.count;
  } finally {
    await client.end();
  }
}

/** The chapters of the runbook that need something to run. */
export function followsRunbook(life: Life): void {
  const known = () => ({ ca: readFileSync(join(life.aws.directory, 'authority.pem')) });

  test('runbook, TLS: each mode gives the error that it says', async () => {
    const url = await secretOf(life, 'DATABASE_URL');
    await expect(users(url, true)).rejects.toThrow('self-signed certificate in certificate chain');
    await expect(users(url, false)).rejects.toThrow(/no pg_hba.conf entry .* no encryption/);
    expect(await users(url, { rejectUnauthorized: false })).toBe(await users(url, known()));
    expect(RUNBOOK).toContain('`self-signed certificate in certificate chain`, `no pg_hba.conf entry … no encryption`');
  });

  here('runbook, the password: a new one for the database, the URL and the task; the users stay', async () => {
    const old = await secretOf(life, 'DATABASE_URL');
    const before = await users(old, known());
    expect(before).toBeGreaterThan(0);
    await follow('Rotating the database password', life);
    await expect(users(old, known())).rejects.toThrow('password authentication failed');
    const url = await secretOf(life, 'DATABASE_URL');
    expect(url).not.toBe(old);
    expect(await users(url, known())).toBe(before);
    await expectServing(life, 'v1');
  });

  here('runbook, NEXTAUTH_SECRET: everybody is signed out', async () => {
    const { cookie } = await ask(life, 'GET', '/');
    const isSignedIn = async () => (await ask(life, 'GET', '/api/session', undefined, cookie)).body['signedIn'];
    expect(await isSignedIn()).toBe(true);
    await follow('Rotating NEXTAUTH_SECRET', life);
    await rested(life);
    expect(await isSignedIn()).toBe(false);
  });
}

/** The chapter on restoring, which is written for prod. */
export function restoresBackup(life: Life): void {
  here('runbook, a restore: the restored database takes the name, and has the users of that moment', async () => {
    const known = { ca: readFileSync(join(life.aws.directory, 'authority.pem')) };
    const url = await secretOf(life, 'DATABASE_URL');
    const before = await users(url, known);
    await follow('Restoring a backup', life);
    await users(url, known, 'DELETE FROM users');
    expect(await users(url, known)).toBe(0);

    // The chapter says it in words: swap the names.
    const rds = new RDSClient({});
    const { dbInstance } = life.names;
    const rename = (DBInstanceIdentifier: string, NewDBInstanceIdentifier: string) =>
      rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, NewDBInstanceIdentifier, ApplyImmediately: true }));
    await rename(dbInstance, `${dbInstance}-old`);
    await rename(`${dbInstance}-restored`, dbInstance);
    expect(await users(url, known)).toBe(before);
    await expectServing(life, 'v1');

    // The stack holds one database, so that the life goes on as it began.
    await rename(dbInstance, `${dbInstance}-restored`);
    await rename(`${dbInstance}-old`, dbInstance);
    const gone = { DBInstanceIdentifier: `${dbInstance}-restored` };
    await rds.send(new ModifyDBInstanceCommand({ ...gone, DeletionProtection: false, ApplyImmediately: true }));
    await rds.send(new DeleteDBInstanceCommand({ ...gone, SkipFinalSnapshot: true }));
    await expectServing(life, 'v1');
  });
}

/** The chapter on another major version; `app` is the app whose config asks for it. */
export function upgradesDatabase(life: Life, app: () => string): void {
  const instance = () => ({ DBInstanceIdentifier: life.names.dbInstance });
  const version = async () => {
    const { DBInstances = [] } = await new RDSClient({}).send(new DescribeDBInstancesCommand(instance()));
    return DBInstances[0]?.EngineVersion;
  };

  test('nor a major version, whose default is older than what RDS upgraded to by itself', async () => {
    const minor = { ...instance(), EngineVersion: '15.17', ApplyImmediately: true };
    await new RDSClient({}).send(new ModifyDBInstanceCommand(minor));
    await expect(life.deploy(app())).rejects.toThrow('The AllowMajorVersionUpgrade flag must be present');
    const major = { ...minor, EngineVersion: '16', AllowMajorVersionUpgrade: true };
    const refusal = await new RDSClient({}).send(new ModifyDBInstanceCommand(major)).then(String, String);
    expect(RUNBOOK).toContain(`\`${refusal.replace(/^\w+: /, '')}\``);
    expect(await version()).toBe('15.17');
  });

  here('runbook, an upgrade: by hand to a version that RDS accepts, and the config follows', async () => {
    const told = await follow('Upgrading to another major version', life);
    expect(told).toMatch(/^db\.t4g\.micro\nFrom 15\.17 to 16\.13$/m);
    await life.deploy(app());
    expect((await life.describe())?.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await version()).toBe('16.13');
  });
}
