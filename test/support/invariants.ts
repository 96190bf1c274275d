import { SESSION_HOURS } from '../../lib/delivery/workflow-role';
import { type Json, objectsIn, pathOf, type Resource, type Template, text } from './template';

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

/** Actions that AWS allows on `*` only. */
const NEEDS_STAR: Readonly<Record<string, string>> = {
  'ecs:ListTasks': 'of Fargate’s tasks the action knows no resource, only a cluster, which is a condition',
  'elasticloadbalancing:DescribeTargetHealth': 'the action knows no resource',
  'secretsmanager:DescribeSecret': 'CloudFormation makes the name of a secret; its tags are a condition',
  'ecr:GetAuthorizationToken': 'a login to the registry as a whole: the action knows no resource',
  'ssmmessages:CreateControlChannel': 'ECS Exec: Session Manager’s channels have no ARN',
  'ssmmessages:CreateDataChannel': 'ECS Exec: Session Manager’s channels have no ARN',
  'ssmmessages:OpenControlChannel': 'ECS Exec: Session Manager’s channels have no ARN',
  'ssmmessages:OpenDataChannel': 'ECS Exec: Session Manager’s channels have no ARN',
};

const PUBLIC_PORTS = [80, 443];
const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** Nothing is open to the internet but the load balancer's ports 80 and 443. */
export const nothingPublicButTheLoadBalancer: Invariant = (template) => [
  ...each(template, 'AWS::EC2::SecurityGroup', ({ SecurityGroupIngress: rules }, path) =>
    list(rules)
      .filter(isOpen)
      .filter((rule) => path !== 'SecurityGroups/Alb' || !isPublicPort(rule))
      .map((rule) => `open to the internet: ${JSON.stringify(rule)}`),
  ),
  ...each(template, 'AWS::EC2::SecurityGroupIngress', (rule) =>
    isOpen(rule) ? [`open to the internet: ${JSON.stringify(rule)}`] : [],
  ),
  ...each(template, 'AWS::RDS::DBInstance', ({ PubliclyAccessible }) =>
    PubliclyAccessible === false ? [] : ['the database may have a public address'],
  ),
  ...each(template, 'AWS::S3::Bucket', ({ PublicAccessBlockConfiguration: block }) => {
    const blocked = Object.values((block ?? {}) as Record<string, Json>);
    return blocked.length === 4 && blocked.every((on) => on === true) ? [] : ['public access is not blocked'];
  }),
  ...each(template, 'AWS::EC2::Subnet', ({ MapPublicIpOnLaunch }) =>
    MapPublicIpOnLaunch === true ? ['everything in the subnet gets a public address'] : [],
  ),
  ...statements(template)
    .filter(({ statement }) => statement['Effect'] === 'Allow' && isEverybody(statement['Principal']))
    .map(({ path }) => `${path}: anybody may use it`),
];

/** No password, token or connection string stands in the template as it is. */
export const noSecretInClearText: Invariant = (template) => {
  const found: string[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const inspect = (key: string, value: Json) => {
      const reason = whyClear(key, value);
      if (reason) found.push(`${pathOf(resource) || id}: ${key}: ${reason}`);
    };
    for (const properties of objectsIn(resource.Properties)) {
      for (const [key, value] of Object.entries(properties)) inspect(key, value);
      // A variable of a container.
      if (typeof properties['Name'] === 'string' && properties['Value'] !== undefined) {
        inspect(properties['Name'], properties['Value']);
      }
    }
  }
  return found;
};

/** Data outlives the stack and every replacement, and RDS refuses to delete the database. */
export const dataIsKept: Invariant = (template) => [
  ...KEEPS_DATA.flatMap((type) =>
    each(template, type, (_, __, { DeletionPolicy, UpdateReplacePolicy }) =>
      KEEPS.test(DeletionPolicy ?? '') && KEEPS.test(UpdateReplacePolicy ?? '')
        ? []
        : [`deleted with the stack (${DeletionPolicy ?? 'no policy'}, ${UpdateReplacePolicy ?? 'no policy'})`],
    ),
  ),
  ...each(template, 'AWS::RDS::DBInstance', ({ DeletionProtection }) =>
    DeletionProtection === true ? [] : ['RDS would delete the database'],
  ),
  ...each(template, 'AWS::RDS::DBInstance', ({ DeleteAutomatedBackups }) =>
    DeleteAutomatedBackups === false ? [] : ['its automated backups are deleted with the database'],
  ),
  ...each(template, 'AWS::ECR::Repository', ({ EmptyOnDelete }) =>
    EmptyOnDelete === true ? ['images are deleted with the repository'] : [],
  ),
  ...each(template, 'Custom::S3AutoDeleteObjects', () => ['files are deleted with the bucket']),
];

/** Logs end: every log group has a retention, and every function logs to one of them. */
export const logsEnd: Invariant = (template) => [
  ...each(template, 'AWS::Logs::LogGroup', ({ RetentionInDays }) =>
    typeof RetentionInDays === 'number' ? [] : ['logs are kept for ever'],
  ),
  ...each(template, 'AWS::Lambda::Function', ({ LoggingConfig }) => {
    const group = ((LoggingConfig ?? {}) as Record<string, Json>)['LogGroup'];
    const id = ((group ?? {}) as Record<string, Json>)['Ref'];
    const known = typeof id === 'string' && template.Resources[id]?.Type === 'AWS::Logs::LogGroup';
    return known ? [] : ['the function makes a log group of its own, without an end'];
  }),
];

/** No policy allows an action on `*` that AWS lets one narrow, nor any action there is. */
export const policiesAreNarrow: Invariant = (template) =>
  statements(template)
    .filter(({ statement }) => statement['Effect'] === 'Allow')
    .flatMap(({ path, statement }) => {
      const actions = list(statement['Action']);
      const star = list(statement['Resource']).includes('*');
      return actions
        .filter((action) => /^\*$|^[a-z0-9-]+:\*$/.test(text(action)) || (star && !(text(action) in NEEDS_STAR)))
        .map((action) => `${path}: ${text(action)} on ${star ? '*' : 'its resources'} could be narrower`);
    });

/** All that a workflow's role may do by itself. */
const DELIVERY_ACTIONS = [
  ...['sts:AssumeRole', 'cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
  ...['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:GetAuthorizationToken'],
  ...['ecr:BatchCheckLayerAvailability', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'],
  'ecr:PutImage',
  ...['cloudformation:ListStackResources', 'rds:DescribeDBInstances', 'secretsmanager:DescribeSecret'],
  ...['ecs:DescribeServices', 'ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:StopTask', 'ecs:RunTask', 'iam:PassRole'],
  ...['elasticloadbalancing:DescribeTargetHealth', 'logs:GetLogEvents'],
];

/** Resources with an id that AWS makes: this app's stacks, in any region, and an environment's migrations. */
const OWN =
  /:cloudformation:\*:|:stack\/Prooflink(\*|\w+)\/\*|:task-definition\/prooflink-\w+-migration:\*|:task\/prooflink-\w+-cluster\/\*|:\/ecs\/prooflink-\w+-app:log-stream:migration\/\*/g;

/** Roles that the internet may ask for: exact trust in one audience and one subject, short, few actions on names. */
export const workflowRolesAreNarrow: Invariant = (template) => [
  ...each(template, 'AWS::IAM::Role', (role) => [
    ...trustStatements(role).flatMap((statement) => trustViolations(statement)),
    ...(role['MaxSessionDuration'] === hoursOf(role) * 3600 ? [] : ['its session is too long']),
    ...(role['ManagedPolicyArns'] === undefined ? [] : ['a policy that somebody else writes']),
  ]),
  ...statements(template)
    .filter(({ statement }) => !('Principal' in statement))
    .flatMap(({ path, statement }) => [
      ...('NotAction' in statement || 'NotResource' in statement ? [`${path}: everything but something`] : []),
      ...list(statement['Action'])
        .filter((action) => !DELIVERY_ACTIONS.includes(text(action)))
        .map((action) => `${path}: ${text(action)} is not for a workflow`),
      ...(list(statement['Action']).every((action) => text(action) in NEEDS_STAR) ||
      !/[*?]/.test(JSON.stringify(list(statement['Resource'])).replace(OWN, ''))
        ? []
        : [`${path}: a wildcard among its resources`]),
    ]),
];

/** A role that deploys stays for a migration. */
const hoursOf = ({ RoleName }: Properties) => (/-deploy-\w+$/.test(text(RoleName ?? '')) ? SESSION_HOURS : 1);

function trustStatements(role: Properties): Properties[] {
  return list((role['AssumeRolePolicyDocument'] as Properties)['Statement']) as Properties[];
}

function trustViolations({ Action, Principal, Condition }: Properties): string[] {
  const { StringEquals, ...others } = (Condition ?? {}) as Properties;
  const keys = Object.entries((StringEquals ?? {}) as Properties);
  const single = ([key, value]: [string, Json]) => typeof value === 'string' && /:(aud|sub)$/.test(key);
  return [
    ...(Action === 'sts:AssumeRoleWithWebIdentity' ? [] : [`taken by ${JSON.stringify(Action)}`]),
    ...(Object.keys(Principal as Properties).join() === 'Federated' ? [] : ['trusts others than the provider']),
    ...(Object.keys(others).length === 0 ? [] : [`compares by ${Object.keys(others).join(', ')}`]),
    ...(keys.length === 2 && keys.every(single) ? [] : ['does not ask for one audience and one subject']),
    ...(/[*?]/.test(JSON.stringify([Principal ?? '', Condition ?? ''])) ? ['a wildcard in its trust'] : []),
  ];
}

/** The rules that hold in every environment, and by what a reader calls them. */
export const everywhere: Readonly<Record<string, Invariant>> = {
  'nothing is public but the load balancer’s ports': nothingPublicButTheLoadBalancer,
  'no secret stands in clear text': noSecretInClearText,
  'logs end': logsEnd,
  'no policy on * could be narrower': policiesAreNarrow,
};

type Properties = Record<string, Json>;

function each(
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
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
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

/** Why a value is a secret in clear text; `undefined` where it is none. */
function whyClear(key: string, value: Json): string | undefined {
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  if (written.includes('{{resolve:secretsmanager:')) return undefined;
  if (/[a-z]+:\/\/[^:/"\s]+:[^@/"\s]+@/.test(written)) return 'a URL with a password';
  if (/AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(written)) return 'a key';
  const named = /^(SecretString|.*password|.*token|.*secret|DATABASE_URL|.*api_?key)$/i.test(key);
  return named && typeof value === 'string' && value !== '' ? 'a secret' : undefined;
}
