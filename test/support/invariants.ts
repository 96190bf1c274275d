import { type Json, objectsIn, pathOf, type Resource, type Template } from './template';

/** Finds what breaks a rule in a template; each violation names the resource. */
export type Invariant = (template: Template) => string[];

/** Types that keep what cannot be made again. */
const KEEPS_DATA = [
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::ECR::Repository',
  'AWS::SecretsManager::Secret',
  'AWS::Logs::LogGroup',
];

/** RetainExceptOnCreate keeps all but what a failed first deploy made. */
const KEEPS = /^(Retain|RetainExceptOnCreate|Snapshot)$/;

const PUBLIC_PORTS = [80, 443];
const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** Nothing is open to the internet but the load balancer's ports 80 and 443. */
const nothingPublicButTheLoadBalancer: Invariant = (template) => [
  ...violationsIn(template, 'AWS::EC2::SecurityGroup', ({ SecurityGroupIngress: rules }, path) =>
    list(rules)
      .filter(isOpen)
      .filter((rule) => path !== 'SecurityGroups/Alb' || !isPublicPort(rule))
      .map((rule) => `open to the internet: ${JSON.stringify(rule)}`),
  ),
  ...violationsIn(template, 'AWS::EC2::SecurityGroupIngress', (rule) =>
    isOpen(rule) ? [`open to the internet: ${JSON.stringify(rule)}`] : [],
  ),
  ...violationsIn(template, 'AWS::RDS::DBInstance', ({ PubliclyAccessible }) =>
    PubliclyAccessible === false ? [] : ['the database may have a public address'],
  ),
  ...violationsIn(template, 'AWS::S3::Bucket', ({ PublicAccessBlockConfiguration: block }) => {
    const blocked = Object.values((block ?? {}) as Record<string, Json>);
    return blocked.length === 4 && blocked.every((isBlocked) => isBlocked === true)
      ? []
      : ['public access is not blocked'];
  }),
  ...violationsIn(template, 'AWS::EC2::Subnet', ({ MapPublicIpOnLaunch }) =>
    MapPublicIpOnLaunch === true ? ['everything in the subnet gets a public address'] : [],
  ),
  ...statements(template)
    .filter(({ statement }) => statement['Effect'] === 'Allow' && isEverybody(statement['Principal']))
    .map(({ path }) => `${path}: anybody may use it`),
];

/** No password, token or connection string is in the template as it is. */
const noSecretInClearText: Invariant = (template) => {
  const secrets: string[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const inspect = (key: string, value: Json) => {
      const reason = whyClear(key, value);
      if (reason) secrets.push(`${pathOf(resource) || id}: ${key}: ${reason}`);
    };
    for (const properties of objectsIn(resource.Properties)) {
      for (const [key, value] of Object.entries(properties)) inspect(key, value);
      // A variable of a container.
      if (typeof properties['Name'] === 'string' && properties['Value'] !== undefined) {
        inspect(properties['Name'], properties['Value']);
      }
    }
  }
  return secrets;
};

/** Data outlives the stack and every replacement, and RDS refuses to delete the database. */
export const dataIsKept: Invariant = (template) => [
  ...KEEPS_DATA.flatMap((type) =>
    violationsIn(template, type, (_, __, { DeletionPolicy, UpdateReplacePolicy }) =>
      KEEPS.test(DeletionPolicy ?? '') && KEEPS.test(UpdateReplacePolicy ?? '')
        ? []
        : [`deleted with the stack (${DeletionPolicy ?? 'no policy'}, ${UpdateReplacePolicy ?? 'no policy'})`],
    ),
  ),
  ...violationsIn(template, 'AWS::RDS::DBInstance', ({ DeletionProtection }) =>
    DeletionProtection === true ? [] : ['RDS would delete the database'],
  ),
  ...violationsIn(template, 'AWS::RDS::DBInstance', ({ DeleteAutomatedBackups }) =>
    DeleteAutomatedBackups === false ? [] : ['its automated backups are deleted with the database'],
  ),
  ...violationsIn(template, 'AWS::ECR::Repository', ({ EmptyOnDelete }) =>
    EmptyOnDelete === true ? ['images are deleted with the repository'] : [],
  ),
  ...violationsIn(template, 'Custom::S3AutoDeleteObjects', () => ['files are deleted with the bucket']),
];

/** Logs end: every log group has a retention, and every function logs to one of them. */
const logsEnd: Invariant = (template) => [
  ...violationsIn(template, 'AWS::Logs::LogGroup', ({ RetentionInDays }) =>
    typeof RetentionInDays === 'number' ? [] : ['logs are kept for ever'],
  ),
  ...violationsIn(template, 'AWS::Lambda::Function', ({ LoggingConfig }) => {
    const group = ((LoggingConfig ?? {}) as Record<string, Json>)['LogGroup'];
    const id = ((group ?? {}) as Record<string, Json>)['Ref'];
    const isOfStack = typeof id === 'string' && template.Resources[id]?.Type === 'AWS::Logs::LogGroup';
    return isOfStack ? [] : ['the function makes a log group of its own, without an end'];
  }),
];

/** The rules that hold in every environment, and by what a reader calls them. */
export const everywhere: Readonly<Record<string, Invariant>> = {
  'nothing is public but the load balancer’s ports': nothingPublicButTheLoadBalancer,
  'no secret is in clear text': noSecretInClearText,
  'logs end': logsEnd,
};

type Properties = Record<string, Json>;

/** Violations of the resources of a type, each with its resource. */
function violationsIn(
  template: Template,
  type: string,
  violations: (properties: Properties, path: string, resource: Resource) => string[],
): string[] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .flatMap(([id, resource]) => {
      const path = pathOf(resource) || id;
      return violations(resource.Properties ?? {}, path, resource).map((violation) => `${path}: ${violation}`);
    });
}

function statements(template: Template): { path: string; statement: Properties }[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) =>
    [...objectsIn(resource.Properties)]
      .filter((object) => 'Effect' in object && ('Action' in object || 'NotAction' in object))
      .map((statement) => ({ path: pathOf(resource) || id, statement })),
  );
}

function list(value: Json | undefined): Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isOpen(rule: Json): boolean {
  const { CidrIp, CidrIpv6 } = rule as Properties;
  return [CidrIp, CidrIpv6].some((range) => typeof range === 'string' && ANYWHERE.includes(range));
}

function isPublicPort(rule: Json): boolean {
  const { IpProtocol, FromPort, ToPort } = rule as Properties;
  return IpProtocol === 'tcp' && FromPort === ToPort && PUBLIC_PORTS.includes(Number(FromPort));
}

function isEverybody(principal: Json | undefined): boolean {
  return principal === '*' || (principal as Properties | undefined)?.['AWS'] === '*';
}

/** Why a text is a secret wherever it is. Neither a dynamic reference as the password is one, nor words in `<…>`. */
function whySecret(text: string): string | undefined {
  if (/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']+:(?!\{\{resolve:|<)[^\s/@"']+@/i.test(text)) return 'a URL with a password';
  return /\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) ? 'a key' : undefined;
}

/** Why a value is a secret in clear text; `undefined` where it is none. */
function whyClear(key: string, value: Json): string | undefined {
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  if (written.includes('{{resolve:secretsmanager:')) return undefined;
  const named = /^(SecretString|.*password|.*token|.*secret|DATABASE_URL|.*api_?key)$/i.test(key);
  return whySecret(written) ?? (named && typeof value === 'string' && value !== '' ? 'a secret' : undefined);
}
