import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRouteTablesCommand, DescribeSubnetsCommand, EC2Client, type RouteTable } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, ECRClient, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { tail } from '../shared/health/part';
import { isRecord } from '../shared/values';
import type { Cause, Check } from './check';
import type { Definition, Facts } from './facts';
import { lets, named, outbound } from './security-groups';

/** What the web tasks and the import jobs have in common: both are containers on Fargate. */
export interface Containers {
  readonly who: 'web tasks' | 'import jobs';
  /** Where their image's tag is deployed. */
  readonly image: { readonly parameter: string; readonly option: string };
  readonly definition: () => Promise<Definition>;
  readonly network: () => Promise<{ readonly subnets: string[]; readonly groups: string[] }>;
  /** What brings their definition back to the stack's. */
  readonly mend: (definition: Definition) => string;
}

/** From the way out to the rights with which a container starts. Without a NAT gateway all of it is its own. */
export function containerChecks(facts: Facts, containers: Containers): Check[] {
  const { who } = containers;
  return [
    { question: `Do the ${who} use what the stack made?`, ask: () => ownParts(facts, containers) },
    { question: `Do the ${who} get a public address?`, ask: () => publicAddress(containers) },
    { question: `Is there a route from the ${who} to the internet?`, ask: () => route(facts, containers) },
    { question: `May the ${who} reach the internet?`, ask: () => wayOut(facts, containers) },
    { question: `Is the image of the ${who} there?`, ask: () => image(facts, containers) },
    { question: `May the ${who} be started with their role?`, ask: () => executionRights(facts, containers) },
    { question: `Have the secrets of the ${who} a value?`, ask: () => secrets(facts, containers) },
    { question: `Is the log group of the ${who} there?`, ask: () => logGroup(facts, containers) },
  ];
}

/** A definition that somebody registered by hand may name another image, role, bucket, secret or log group. */
async function ownParts(facts: Facts, { who, definition, mend }: Containers): Promise<Cause | undefined> {
  const it = await definition();
  const has = (type: string, name: string) => facts.stack.ids(type).includes(name);
  const repository = registryOf(it.image)?.repository ?? '';
  const bucket = bucketOf(it);
  const others = [
    ...(has('AWS::ECR::Repository', repository) ? [] : [`the image ${it.image}`]),
    ...[it.executionRole, it.taskRole]
      .filter((role) => !has('AWS::IAM::Role', tail(role)))
      .map((role) => (role === '' ? 'no task role' : `the role ${tail(role)}`)),
    ...(has('AWS::S3::Bucket', bucket) ? [] : [`the bucket ${bucket}`]),
    ...it.secrets.flatMap(({ name = '', valueFrom = '' }) =>
      has('AWS::SecretsManager::Secret', secretOf(valueFrom).arn) ? [] : [`another secret as ${name}`],
    ),
    ...(it.secrets.some(({ name }) => name === 'DATABASE_URL') ? [] : ['no DATABASE_URL']),
    ...(has('AWS::Logs::LogGroup', it.logGroup) ? [] : [`the log group ${it.logGroup || '(none)'}`]),
  ];
  if (others.length === 0) return undefined;
  return {
    says: `The ${who} run ${tailOf(it.arn)}, with what the stack did not make: ${others.join(', ')}.`,
    mend: mend(it),
  };
}

async function publicAddress({ who, definition, mend }: Containers): Promise<Cause | undefined> {
  const it = await definition();
  if (it.hasPublicAddress) return undefined;
  return { says: `The ${who} get no public address: they reach neither ECR nor Secrets Manager.`, mend: mend(it) };
}

async function route({ stack, redeploy }: Facts, { who, network }: Containers): Promise<Cause | undefined> {
  const ec2 = new EC2Client(stack.clientConfig);
  const { subnets: SubnetIds } = await network();
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
  const Filters = [{ Name: 'vpc-id', Values: [Subnets[0]?.VpcId ?? ''] }];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const tableOf = (subnet: string): RouteTable | undefined =>
    RouteTables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet)) ??
    RouteTables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
  const leadsOut = (table: RouteTable | undefined) =>
    table?.Routes?.some(
      ({ DestinationCidrBlock, GatewayId = '', State }) =>
        DestinationCidrBlock === '0.0.0.0/0' && GatewayId.startsWith('igw-') && State === 'active',
    );
  const without = SubnetIds.map(tableOf).find((table) => !leadsOut(table));
  if (!without) return undefined;
  const says = `${without.RouteTableId ?? ''} has no route 0.0.0.0/0 to an internet gateway, and the ${who} need it.`;
  return { says, mend: redeploy };
}

async function wayOut(facts: Facts, { who, network }: Containers): Promise<Cause | undefined> {
  const groups = await facts.securityGroups((await network()).groups);
  // ECR, Secrets Manager and other services answer over HTTPS.
  if (lets(outbound(groups), 443, { range: '0.0.0.0/0' })) return undefined;
  return { says: `${named(groups)} does not let the ${who} out to 0.0.0.0/0.`, mend: facts.redeploy };
}

async function image(
  facts: Facts,
  { who, definition, image: { parameter, option } }: Containers,
): Promise<Cause | undefined> {
  const { stack, hasImage } = facts;
  // Before the first release there is none of either.
  if (!hasImage) return undefined;
  const found = registryOf((await definition()).image);
  if (!found) return undefined;
  const { repository: repositoryName, tag, digest } = found;
  const imageIds = [digest ? { imageDigest: digest } : { imageTag: tag }];
  try {
    await new ECRClient(stack.clientConfig).send(new DescribeImagesCommand({ repositoryName, imageIds }));
    return undefined;
  } catch (error) {
    if (!(error instanceof ImageNotFoundException)) throw error;
    const wanted = tag || digest;
    return {
      says: `${repositoryName} has no image ${wanted}, which the ${who} want.`,
      mend:
        `push it, or deploy a tag that is there (npm run prooflink -- image-check ${stack.environment} ${option} ${wanted} ` +
        `lists them): npx cdk deploy ${stack.description.StackName ?? ''} --parameters ${parameter}=<tag>`,
    };
  }
}

async function executionRights(facts: Facts, { who, definition }: Containers): Promise<Cause | undefined> {
  const it = await definition();
  const [, , , region, account] = it.arn.split(':');
  const repository = registryOf(it.image)?.repository ?? '';
  const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  const write = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const refused = await refusals(facts, it.executionRole, [
    { actions: ['ecr:GetAuthorizationToken'], on: '*' },
    { actions: pull, on: `arn:aws:ecr:${region}:${account}:repository/${repository}` },
    ...it.secrets.map(({ valueFrom }) => ({ actions: ['secretsmanager:GetSecretValue'], on: secretOf(valueFrom).arn })),
    { actions: write, on: `arn:aws:logs:${region}:${account}:log-group:${it.logGroup}:*` },
  ]);
  if (refused.length === 0) return undefined;
  return {
    says: `The ${who} cannot start: ${tail(it.executionRole)} may not ${refused.join(', ')}.`,
    mend: facts.redeploy,
  };
}

/** What the application itself does: files of the bucket. */
export async function taskRights(facts: Facts, { who, definition }: Containers): Promise<Cause | undefined> {
  const it = await definition();
  const bucket = `arn:aws:s3:::${bucketOf(it)}`;
  const refused = await refusals(facts, it.taskRole, [
    { actions: ['s3:ListBucket'], on: bucket },
    { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], on: `${bucket}/any` },
  ]);
  if (refused.length === 0) return undefined;
  return {
    says: `The ${who} get AccessDenied: ${tail(it.taskRole)} may not ${refused.join(', ')}.`,
    mend: facts.redeploy,
  };
}

/** Asks IAM itself what a role may, so that no policy is read here. */
async function refusals(
  { stack }: Facts,
  PolicySourceArn: string,
  wanted: readonly { readonly actions: string[]; readonly on: string }[],
): Promise<string[]> {
  const iam = new IAMClient(stack.clientConfig);
  const answers = wanted.map(async ({ actions: ActionNames, on }) => {
    const asked = new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ResourceArns: [on] });
    const { EvaluationResults = [] } = await iam.send(asked);
    return EvaluationResults.filter(({ EvalDecision }) => EvalDecision !== 'allowed').map(
      ({ EvalActionName = '' }) => `${EvalActionName} on ${tailOf(on)}`,
    );
  });
  return (await Promise.all(answers)).flat();
}

/** A secret that waits for its deletion is refused, and so is one that lacks the key. Values are never told. */
async function secrets({ stack }: Facts, { who, definition }: Containers): Promise<Cause | undefined> {
  const client = new SecretsManagerClient(stack.clientConfig);
  const faults = (await definition()).secrets.map(async ({ name = '', valueFrom }): Promise<Cause | undefined> => {
    const { arn: SecretId, key } = secretOf(valueFrom);
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
    if (DeletedDate) {
      const mend = `aws secretsmanager restore-secret --region ${stack.region} --secret-id ${SecretId}`;
      return { says: `The secret ${name} of the ${who} waits for its deletion.`, mend };
    }
    if (key === '') return undefined;
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    if (hasValue(SecretString, key)) return undefined;
    const mend = `npm run prooflink -- settings ${stack.environment} set ${key}`;
    return { says: `The secret setting ${key} of the ${who} has no value.`, mend };
  });
  return (await Promise.all(faults)).find(Boolean);
}

function hasValue(text: string, key: string): boolean {
  try {
    const values: unknown = JSON.parse(text);
    return isRecord(values) && Boolean(values[key]);
  } catch {
    return false;
  }
}

async function logGroup({ stack, redeploy }: Facts, { who, definition }: Containers): Promise<Cause | undefined> {
  const { logGroup: logGroupNamePrefix } = await definition();
  const wanted = new DescribeLogGroupsCommand({ logGroupNamePrefix });
  const { logGroups = [] } = await new CloudWatchLogsClient(stack.clientConfig).send(wanted);
  if (logGroups.some(({ logGroupName }) => logGroupName === logGroupNamePrefix)) return undefined;
  return { says: `The log group ${logGroupNamePrefix} is gone: the ${who} do not start without it.`, mend: redeploy };
}

/** `123456789012.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or with `@sha256:…`. */
function registryOf(name: string): { repository: string; tag: string; digest: string } | undefined {
  const found = /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(name);
  return found ? { repository: found[1] ?? '', tag: found[2] ?? '', digest: found[3] ?? '' } : undefined;
}

/** `arn:aws:secretsmanager:<region>:<account>:secret:<name>`, and behind it perhaps `:<key>:<stage>:<version>`. */
export function secretOf(valueFrom = ''): { arn: string; key: string } {
  const parts = valueFrom.split(':');
  return { arn: parts.slice(0, 7).join(':'), key: parts[7] ?? '' };
}

function bucketOf({ environment }: Definition): string {
  return environment.find(({ name }) => name === 'AWS_S3_BUCKET_NAME')?.value ?? '(none)';
}

function tailOf(arn: string): string {
  return (
    arn
      .split(':')
      .slice(5)
      .join(':')
      .replace(/^(task-definition|job-definition|repository)\//, '') || arn
  );
}
