import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2, type Route, type RouteTable } from '@aws-sdk/client-ec2';
import { ECR, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { isRecord, json } from '@infra/common/values';
import { DATABASE_PORT, Variable } from '../../../lib/contract';
import { type Container, registryOf, secretOf } from '../../environment/containers';
import { list, tail } from '../../environment/deployed-stack';
import type { Environment } from '../../environment/environment';
import { PLATFORMS, platformsOf } from '../../shared/image-manifest';
import { type Answer, cause, look, type Question, wrong, wrongIf } from '../question';
import { closed, EVERYWHERE, named } from '../security-groups';

/** The rule that ends each ACL: it denies. */
const LAST_RULE = 32767;
/** ECR, Secrets Manager and other services answer there. */
const HTTPS = 443;

/** The web tasks or the import jobs. */
export interface Kind {
  readonly who: 'web tasks' | 'import jobs';
  /** The option of `release` for their image's tag. */
  readonly tagOption: '--app' | '--batch';
  readonly container: (it: Environment) => Promise<Container>;
  /** What brings their definition back to the stack's. */
  readonly fix: (it: Environment, container: Container) => string;
  readonly applies?: Question['applies'];
}

type Ask = (it: Environment, kind: Kind, container: Container) => Promise<Answer | undefined> | Answer | undefined;

/** What a container needs to start, from what it is to the database. Without a NAT gateway all of it is its own. */
export function containerQuestions(kind: Kind): Question[] {
  const { who, applies } = kind;
  const ask = (id: string, words: string, answer: Ask) =>
    cause(`${id}-${kind.tagOption.slice(2)}`, words, async (it) => answer(it, kind, await kind.container(it)), {
      applies,
    });
  return [
    ask('own-parts', `The ${who} use what the stack made`, ownParts),
    ask('public-address', `The ${who} get a public address`, publicAddress),
    ask('route', `There is a route from the ${who} to the internet`, route),
    ask('network-acl', `The network ACLs let the ${who} through`, networkAcls),
    ask('way-out', `The ${who} may reach the internet`, wayOut),
    ask('image', `The image of the ${who} is there`, image),
    ask('execution-role', `The ${who} may be started with their role`, executionRights),
    ask('secrets', `The secrets of the ${who} have a value`, secrets),
    ask('log-group', `The log group of the ${who} is there`, logGroup),
    ask('way-to-database', `The ${who} may reach the database`, wayToDatabase),
    ask('task-role', `The ${who} may use their bucket`, taskRights),
  ];
}

/** The bucket that a container is told. */
const bucketOf = ({ environment }: Container) =>
  environment.find(({ name }) => name === 'AWS_S3_BUCKET_NAME')?.value ?? '';

/** A definition that somebody registered by hand may name another image, role, bucket, secret or log group. */
const ownParts: Ask = (it, { who, fix }, container) => {
  const { image, executionRole, taskRole, logGroup, secrets } = container;
  const other = (type: string, name: string, says: string) => !it.ids(type).includes(name) && says;
  const faults = [
    other('AWS::ECR::Repository', registryOf(image).repository, `the image ${image}`),
    other('AWS::IAM::Role', tail(executionRole), `the execution role ${tail(executionRole) || '(none)'}`),
    other('AWS::IAM::Role', tail(taskRole), `the task role ${tail(taskRole) || '(none)'}`),
    other('AWS::S3::Bucket', bucketOf(container), `the bucket ${bucketOf(container) || '(none)'}`),
    !secrets.some(({ name }) => name === Variable.databaseUrl) && 'no DATABASE_URL',
    ...secrets
      .map(({ valueFrom }) => secretOf(valueFrom).arn)
      .map((arn) => other('AWS::SecretsManager::Secret', arn, `the secret ${tail(arn)}`)),
    other('AWS::Logs::LogGroup', logGroup, `the log group ${logGroup || '(none)'}`),
  ];
  const says = `The ${who} run ${container.arn.split('/').at(-1) ?? ''}, with what the stack did not make`;
  return wrongIf(faults, (others) => `${says}: ${others}.`, fix(it, container));
};

const publicAddress: Ask = (it, { who, fix }, container) =>
  container.hasPublicAddress
    ? undefined
    : wrong(`The ${who} get no public address: they reach neither ECR nor Secrets Manager.`, fix(it, container));

const route: Ask = async (it, { who }, { subnets }) => {
  const Filters = [{ Name: 'vpc-id', Values: [it.id('AWS::EC2::VPC')] }];
  const all = await list(it.client(EC2).paginateDescribeRouteTables({ Filters }), 'RouteTables');
  const leads = (subnet?: string) => (table: RouteTable) =>
    table.Associations?.some(({ SubnetId, Main }) => (subnet === undefined ? Main : SubnetId === subnet));
  const tables = subnets.map((subnet) => all.find(leads(subnet)) ?? all.find(leads()));
  const isOut = ({ DestinationCidrBlock, GatewayId = '', State }: Route) =>
    DestinationCidrBlock === EVERYWHERE && GatewayId.startsWith('igw-') && State === 'active';
  const table = tables.find((each) => !each?.Routes?.some(isOut))?.RouteTableId;
  const says = `${table ?? ''} has no route ${EVERYWHERE} to an internet gateway, and the ${who} need it.`;
  return table === undefined ? undefined : wrong(says, it.redeploy);
};

/** A VPC's own ACL lets everything through, and the template makes no other: the first rule of each direction decides. */
const networkAcls: Ask = async (it, { who }, { subnets }) => {
  const Filters = [{ Name: 'association.subnet-id', Values: subnets }];
  const acls = await list(it.client(EC2).paginateDescribeNetworkAcls({ Filters }), 'NetworkAcls');
  const ways = acls.flatMap((acl) => [{ ...acl, way: 'ingress' } as const, { ...acl, way: 'egress' } as const]);
  for (const { NetworkAclId = '', Entries = [], way } of ways) {
    const rules = Entries.filter((rule) => rule.Egress === (way === 'egress') && rule.CidrBlock !== undefined);
    const [first] = rules.sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0));
    if (first?.RuleAction === 'allow' && first.Protocol === '-1' && first.CidrBlock === EVERYWHERE) continue;
    const number = first?.RuleNumber ?? LAST_RULE;
    const rule = `--network-acl-id ${NetworkAclId} --rule-number ${number < LAST_RULE ? number : 100} --${way}`;
    const open = `${rule} --protocol=-1 --rule-action allow --cidr-block ${EVERYWHERE}`;
    return wrong(
      `The network ACL ${NetworkAclId} does not let all traffic of the ${who} through.`,
      number < LAST_RULE ? it.aws('ec2 delete-network-acl-entry', rule) : it.aws('ec2 create-network-acl-entry', open),
    );
  }
  return undefined;
};

const wayOut: Ask = async (it, { who }, container) => {
  const groups = await it.groups(container.groups);
  if (!closed(groups, EVERYWHERE, HTTPS)) return undefined;
  return wrong(`${named(groups)} does not let the ${who} out to ${EVERYWHERE}.`, it.redeploy);
};

/** The rules speak of the guide's port (2-3), wherever the database of a local AWS listens. */
const wayToDatabase: Ask = async (it, _, container) => {
  const { VpcSecurityGroups = [] } = await it.database();
  const groups = await it.groups(VpcSecurityGroups.map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId));
  const way = closed(await it.groups(container.groups), groups, DATABASE_PORT);
  return wrongIf([way], (what) => `${what}: connect ETIMEDOUT.`, it.redeploy);
};

const image: Ask = async (it, { who, tagOption }, container) => {
  const { repository: repositoryName, reference } = registryOf(container.image);
  // Before the first release there is none, neither for web tasks nor for jobs.
  if (!it.hasImage || repositoryName === '') return undefined;
  const release = `release a tag that is there: ${it.prooflink('release', `${tagOption} <tag>`)}. `;
  const which = `Which there are: ${it.aws('ecr list-images', `--repository-name ${repositoryName}`)}`;
  const imageIds = [reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference }];
  try {
    await list(it.client(ECR).paginateDescribeImages({ repositoryName, imageIds }), 'imageDetails');
  } catch (error) {
    if (!(error instanceof ImageNotFoundException)) throw error;
    return wrong(
      `${repositoryName} has no image ${reference}, which the ${who} want.`,
      `push it, or ${release}${which}`,
    );
  }
  if (reference.startsWith('sha256:')) return undefined;
  const platform = PLATFORMS[it.config.cpuArchitecture];
  const platforms = await platformsOf(it.client(ECR), repositoryName, reference);
  if (platforms.includes(platform)) return undefined;
  return wrong(
    `${repositoryName}:${reference} is for ${platforms.join(' and ')}, and the ${who} run on ${platform}.`,
    `docker build --platform ${platform}, push it under a new tag, and ${release}`.trimEnd(),
  );
};

/** What starts a container: pulling its image, reading its secrets, writing its log. */
const executionRights: Ask = async (it, { who }, { arn, executionRole, image, logGroup, secrets }) => {
  const here = arn.split(':').slice(3, 5).join(':');
  const refused = await it.refusals(executionRole, [
    [['ecr:GetAuthorizationToken'], '*'],
    [
      ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      `arn:aws:ecr:${here}:repository/${registryOf(image).repository}`,
    ],
    ...secrets.map(({ valueFrom }): [string[], string] => [['secretsmanager:GetSecretValue'], secretOf(valueFrom).arn]),
    [['logs:CreateLogStream', 'logs:PutLogEvents'], `arn:aws:logs:${here}:log-group:${logGroup}:*`],
  ]);
  return wrongIf(refused, (what) => `The ${who} cannot start: ${tail(executionRole)} may not ${what}.`, it.redeploy);
};

/** What the application itself does: it uses files of the bucket. */
const taskRights: Ask = async (it, { who }, container) => {
  const bucket = `arn:aws:s3:::${bucketOf(container)}`;
  const refused = await it.refusals(container.taskRole, [
    [['s3:ListBucket'], bucket],
    [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${bucket}/*`],
  ]);
  const says = `The ${who} get AccessDenied: ${tail(container.taskRole)} may not`;
  return wrongIf(refused, (what) => `${says} ${what}.`, it.redeploy);
};

/** ECS and Batch refuse a secret that waits for its deletion, and one that lacks a key. No value is ever told. */
const secrets: Ask = async (it, { who }, container) => {
  let unread = false;
  for (const { name = '', valueFrom } of container.secrets) {
    const { arn, key } = secretOf(valueFrom);
    const { isDeleted, value } = await it.secret(arn);
    const restore = it.aws('secretsmanager restore-secret', `--secret-id ${arn}`);
    if (isDeleted) return wrong(`The secret ${name} of the ${who} waits for its deletion.`, restore);
    unread ||= value === undefined;
    if (value === undefined || (key === '' && value.trim() !== '')) continue;
    if (key === '') return wrong(`The secret ${name} of the ${who} is empty.`, secretByHand(name));
    const values = json(value);
    if (!isRecord(values))
      return wrong(`The secret ${tail(arn)}, of which the ${who} want ${key}, is no JSON object.`, secretByHand(name));
    if (!values[key])
      return wrong(`The secret setting ${key} of the ${who} has no value.`, it.prooflink('settings', `set ${key}`));
  }
  return unread
    ? look(`The values are not known: your rights do not read secrets (secretsmanager:GetSecretValue).`)
    : undefined;
};

const secretByHand = (name: string) =>
  `“Rotating ${name === Variable.databaseUrl ? 'the database password' : 'NEXTAUTH_SECRET'}” in docs/runbook.md`;

const logGroup: Ask = async (it, { who }, { logGroup: name }) => {
  const pages = it.client(CloudWatchLogs).paginateDescribeLogGroups({ logGroupNamePrefix: name });
  const groups = await list(pages, 'logGroups');
  if (groups.some(({ logGroupName }) => logGroupName === name)) return undefined;
  return wrong(`The log group ${name} is gone: the ${who} do not start without it.`, it.redeploy);
};
