import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2, type Route, type RouteTable } from '@aws-sdk/client-ec2';
import { ECR, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { isRecord, json } from '@infra/common/values';
import { DATABASE_PORT, Variable } from '../../../../lib/contract';
import { type Container, registryOf, secretOf } from '../../../deployed/containers';
import { undefinedIf, lastPart } from '../../../deployed/deployed-stack';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { PLATFORMS, platformsOf } from '../../../deployed/image-manifest';
import { type Answer, look, type Question, when, wrong, wrongIf } from '../question';
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
  readonly container: (environment: Environment) => Promise<Container>;
  /** Command that restores the stack's definition. */
  readonly fix: (environment: Environment, container: Container) => string;
  readonly applies?: Question['applies'];
}

type Ask = (environment: Environment, container: Container) => Promise<Answer | undefined> | Answer | undefined;

/** Needs of a container that starts, from its definition to the database. Without a NAT gateway each has its own. */
export function containerQuestions({ who, tagOption, container: read, fix, applies }: Kind): Question[] {
  const cause = (id: string, words: string, ask: Ask) =>
    when(applies).cause(`${id}-${tagOption.slice(2)}`, words, async (environment) =>
      ask(environment, await read(environment)),
    );
  return [
    /** A definition that was registered by hand may name another image, role, bucket, secret or log group. */
    cause('own-parts', `The ${who} use what the stack made`, (environment, container) => {
      const { image, executionRole, taskRole, logGroup, secrets } = container;
      const other = (type: string, name: string, says: string) => !environment.ids(type).includes(name) && says;
      const faults = [
        other('AWS::ECR::Repository', registryOf(image).repository, `the image ${image}`),
        other('AWS::IAM::Role', lastPart(executionRole), `the execution role ${lastPart(executionRole) || '(none)'}`),
        other('AWS::IAM::Role', lastPart(taskRole), `the task role ${lastPart(taskRole) || '(none)'}`),
        other('AWS::S3::Bucket', bucketOf(container), `the bucket ${bucketOf(container) || '(none)'}`),
        !secrets.some(({ name }) => name === Variable.databaseUrl) && 'no DATABASE_URL',
        ...secrets
          .map(({ valueFrom }) => secretOf(valueFrom).arn)
          .map((arn) => other('AWS::SecretsManager::Secret', arn, `the secret ${lastPart(arn)}`)),
        other('AWS::Logs::LogGroup', logGroup, `the log group ${logGroup || '(none)'}`),
      ];
      const says = `The ${who} run ${container.arn.split('/').at(-1) ?? ''}, with what the stack did not make`;
      return wrongIf(faults, (others) => `${says}: ${others}.`, fix(environment, container));
    }),
    cause('public-address', `The ${who} get a public address`, (environment, container) => {
      if (container.hasPublicAddress) return undefined;
      const says = `The ${who} get no public address: they reach neither ECR nor Secrets Manager.`;
      return wrong(says, fix(environment, container));
    }),
    cause('route', `There is a route from the ${who} to the internet`, async (environment, { subnets }) => {
      const Filters = [{ Name: 'vpc-id', Values: [environment.physicalId('AWS::EC2::VPC')] }];
      const all = await readAll(environment.client(EC2).paginateDescribeRouteTables({ Filters }), 'RouteTables');
      const leads = (subnet?: string) => (table: RouteTable) =>
        table.Associations?.some(({ SubnetId, Main }) => (subnet === undefined ? Main : SubnetId === subnet));
      const tables = subnets.map((subnet) => all.find(leads(subnet)) ?? all.find(leads()));
      const isOut = ({ DestinationCidrBlock, GatewayId = '', State }: Route) =>
        DestinationCidrBlock === EVERYWHERE && GatewayId.startsWith('igw-') && State === 'active';
      const table = tables.find((each) => !each?.Routes?.some(isOut))?.RouteTableId;
      const says = `${table ?? ''} has no route ${EVERYWHERE} to an internet gateway, and the ${who} need it.`;
      return table === undefined ? undefined : wrong(says, environment.redeployCommand);
    }),
    /** A VPC's own ACL lets everything through, and the template makes no other: the first rule of each way decides. */
    cause('network-acl', `The network ACLs let the ${who} through`, async (environment, { subnets }) => {
      const Filters = [{ Name: 'association.subnet-id', Values: subnets }];
      const acls = await readAll(environment.client(EC2).paginateDescribeNetworkAcls({ Filters }), 'NetworkAcls');
      const ways = acls.flatMap((acl) => [{ ...acl, way: 'ingress' } as const, { ...acl, way: 'egress' } as const]);
      for (const { NetworkAclId = '', Entries = [], way } of ways) {
        const rules = Entries.filter((rule) => rule.Egress === (way === 'egress') && rule.CidrBlock !== undefined);
        const [first] = rules.sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0));
        if (first?.RuleAction === 'allow' && first.Protocol === '-1' && first.CidrBlock === EVERYWHERE) continue;
        const number = first?.RuleNumber ?? LAST_RULE;
        const rule = (of: number) => `--network-acl-id ${NetworkAclId} --rule-number ${of} --${way}`;
        const open = `${rule(100)} --protocol=-1 --rule-action allow --cidr-block ${EVERYWHERE}`;
        return wrong(
          `The network ACL ${NetworkAclId} does not let all traffic of the ${who} through.`,
          number < LAST_RULE
            ? environment.awsCommand('ec2 delete-network-acl-entry', rule(number))
            : environment.awsCommand('ec2 create-network-acl-entry', open),
        );
      }
      return undefined;
    }),
    cause('way-out', `The ${who} may reach the internet`, async (environment, container) => {
      const groups = await environment.readSecurityGroups(container.securityGroups);
      if (!closed(groups, EVERYWHERE, HTTPS)) return undefined;
      return wrong(`${named(groups)} does not let the ${who} out to ${EVERYWHERE}.`, environment.redeployCommand);
    }),
    cause('image', `The image of the ${who} is there`, async (environment, container) => {
      const { repository: repositoryName, reference } = registryOf(container.image);
      // Before the first release there is none, neither for web tasks nor for jobs.
      if (!environment.hasImage || repositoryName === '') return undefined;
      const isDigest = reference.startsWith('sha256:');
      const release = `release a tag that is there: ${environment.prooflinkCommand('release', `${tagOption} <tag>`)}.`;
      const which = `Which there are: ${environment.awsCommand('ecr list-images', `--repository-name ${repositoryName}`)}`;
      const imageIds = [isDigest ? { imageDigest: reference } : { imageTag: reference }];
      const pages = environment.client(ECR).paginateDescribeImages({ repositoryName, imageIds });
      const images = await readAll(pages, 'imageDetails').catch(undefinedIf(ImageNotFoundException));
      const none = `${repositoryName} has no image ${reference}, which the ${who} want.`;
      if (!images) return wrong(none, `push it, or ${release} ${which}`);
      const platform = PLATFORMS[environment.config.cpuArchitecture];
      const platforms = isDigest ? [platform] : await platformsOf(environment.client(ECR), repositoryName, reference);
      if (platforms.includes(platform)) return undefined;
      return wrong(
        `${repositoryName}:${reference} is for ${platforms.join(' and ')}, and the ${who} run on ${platform}.`,
        `docker build --platform ${platform}, push it under a new tag, and ${release}`,
      );
    }),
    /** Rights to start a container: pulling its image, reading its secrets, writing its log. */
    cause('execution-role', `The ${who} may be started with their role`, async (environment, container) => {
      const { arn, executionRole, image, logGroup, secrets } = container;
      const here = arn.split(':').slice(3, 5).join(':');
      const repository = `arn:aws:ecr:${here}:repository/${registryOf(image).repository}`;
      const refused = await environment.refusedActions(executionRole, [
        [['ecr:GetAuthorizationToken'], '*'],
        [['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], repository],
        ...secrets.map((each) => [['secretsmanager:GetSecretValue'], secretOf(each.valueFrom).arn] as const),
        [['logs:CreateLogStream', 'logs:PutLogEvents'], `arn:aws:logs:${here}:log-group:${logGroup}:*`],
      ]);
      return wrongIf(
        refused,
        (what) => `The ${who} cannot start: ${lastPart(executionRole)} may not ${what}.`,
        environment.redeployCommand,
      );
    }),
    /** ECS and Batch refuse a secret that waits for its deletion, and one that lacks a key. No value is ever shown. */
    cause('secrets', `The secrets of the ${who} have a value`, async (environment, container) => {
      let unread = false;
      for (const { name = '', valueFrom } of container.secrets) {
        const { arn, key } = secretOf(valueFrom);
        const { isDeleted, value } = await environment.readSecret(arn);
        const restore = environment.awsCommand('secretsmanager restore-secret', `--secret-id ${arn}`);
        if (isDeleted) return wrong(`The secret ${name} of the ${who} waits for its deletion.`, restore);
        unread ||= value === undefined;
        if (value === undefined || (key === '' && value.trim() !== '')) continue;
        const which = name === Variable.databaseUrl ? 'the database password' : 'NEXTAUTH_SECRET';
        const byHand = `“Rotating ${which}” in docs/runbook.md`;
        if (key === '') return wrong(`The secret ${name} of the ${who} is empty.`, byHand);
        const values = json(value);
        if (!isRecord(values))
          return wrong(`The secret ${lastPart(arn)}, of which the ${who} want ${key}, is no JSON object.`, byHand);
        if (!values[key])
          return wrong(
            `The secret setting ${key} of the ${who} has no value.`,
            environment.prooflinkCommand('settings', `set ${key}`),
          );
      }
      if (!unread) return undefined;
      return look(`The values are not known: your rights do not read secrets (secretsmanager:GetSecretValue).`);
    }),
    cause('log-group', `The log group of the ${who} is there`, async (environment, { logGroup: name }) => {
      const pages = environment.client(CloudWatchLogs).paginateDescribeLogGroups({ logGroupNamePrefix: name });
      if ((await readAll(pages, 'logGroups')).some(({ logGroupName }) => logGroupName === name)) return undefined;
      return wrong(`The log group ${name} is gone: the ${who} do not start without it.`, environment.redeployCommand);
    }),
    /** The rules speak of the guide's port (2-3), wherever the database of a local AWS listens. */
    cause('way-to-database', `The ${who} may reach the database`, async (environment, container) => {
      const { VpcSecurityGroups = [] } = await environment.describeDatabase();
      const groups = await environment.readSecurityGroups(
        VpcSecurityGroups.map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId),
      );
      const way = closed(await environment.readSecurityGroups(container.securityGroups), groups, DATABASE_PORT);
      return wrongIf([way], (what) => `${what}: connect ETIMEDOUT.`, environment.redeployCommand);
    }),
    /** Rights of the application itself: it uses files of the bucket. */
    cause('task-role', `The ${who} may use their bucket`, async (environment, container) => {
      const bucket = `arn:aws:s3:::${bucketOf(container)}`;
      const refused = await environment.refusedActions(container.taskRole, [
        [['s3:ListBucket'], bucket],
        [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${bucket}/*`],
      ]);
      const says = `The ${who} get AccessDenied: ${lastPart(container.taskRole)} may not`;
      return wrongIf(refused, (what) => `${says} ${what}.`, environment.redeployCommand);
    }),
  ];
}

/** The bucket in a container's environment. */
const bucketOf = ({ environment }: Container) =>
  environment.find(({ name }) => name === 'AWS_S3_BUCKET_NAME')?.value ?? '';
