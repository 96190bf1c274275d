import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { Account } from './support/account';
import { assumeRole, type SessionClient, sessionOf } from './support/sessions';

/** Calls with the credentials of a role: as on AWS, each has an action, its resources and its condition keys. */
const account = Account.shared({ usedBefore: true });

const REGIONAL = 'ap-northeast-1:123456789012';
const VERSION_PARAMETER = '/cdk-bootstrap/hnb659fds/version';
const VERSION_ARN = `arn:aws:ssm:${REGIONAL}:parameter${VERSION_PARAMETER}`;

interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: object;
}

/** Allows what needs no right. */
const NOTHING: Statement = { Action: 'sts:GetCallerIdentity' };

/** Session of a new role with these statements, which are for every resource unless they name one. */
async function sessionWith(...statements: readonly Statement[]): Promise<SessionClient> {
  const Statement = statements.map((each) => ({ Effect: 'Allow', Resource: '*', ...each }));
  return assumeRole(account, JSON.stringify({ Version: '2012-10-17', Statement }));
}

beforeAll(async () => {
  await new SSM(account.client).putParameter({ Name: VERSION_PARAMETER, Value: '30', Type: 'String' });
  await account.deploy('shop', { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } } });
  await new ECS(account.client).createCluster({ clusterName: 'shop' });
});

afterEach(() => {
  expect(account.aws.lastErrors()).toBe('');
});

interface ResourceCase {
  readonly call: string;
  readonly right: Statement;
  readonly permitted: (client: SessionClient) => Promise<unknown>;
  readonly denied: (client: SessionClient) => Promise<unknown>;
  /** Action and resource that the error names. */
  readonly names: string;
}

const CASES: readonly ResourceCase[] = [
  {
    call: 'a stack by its name',
    right: {
      Action: 'cloudformation:DescribeStackEvents',
      Resource: `arn:aws:cloudformation:${REGIONAL}:stack/shop/*`,
    },
    permitted: (client) => new CloudFormation(client).describeStackEvents({ StackName: 'shop' }),
    denied: (client) => new CloudFormation(client).describeStackEvents({ StackName: 'other' }),
    names: `cloudformation:DescribeStackEvents on resource: arn:aws:cloudformation:${REGIONAL}:stack/other/*`,
  },
  {
    call: 'a stack of an action for all stacks or for one',
    right: { Action: 'cloudformation:DescribeStacks', Resource: `arn:aws:cloudformation:${REGIONAL}:stack/shop/*` },
    permitted: (client) => new CloudFormation(client).describeStacks({ StackName: 'shop' }),
    denied: (client) => new CloudFormation(client).describeStacks({}),
    names: 'cloudformation:DescribeStacks',
  },
  {
    call: 'each of several parameters',
    right: { Action: 'ssm:GetParameters', Resource: `arn:aws:ssm:${REGIONAL}:parameter/cdk-bootstrap/*` },
    permitted: (client) => new SSM(client).getParameters({ Names: [VERSION_PARAMETER] }),
    denied: (client) => new SSM(client).getParameters({ Names: [VERSION_PARAMETER, '/other'] }),
    names: `ssm:GetParameters on resource: arn:aws:ssm:${REGIONAL}:parameter/other`,
  },
  {
    call: 'a service in its cluster',
    right: { Action: 'ecs:DescribeServices', Resource: `arn:aws:ecs:${REGIONAL}:service/shop/*` },
    permitted: (client) => new ECS(client).describeServices({ cluster: 'shop', services: ['web'] }),
    denied: (client) => new ECS(client).describeServices({ services: ['web'] }),
    names: `ecs:DescribeServices on resource: arn:aws:ecs:${REGIONAL}:service/default/web`,
  },
  {
    call: 'an action without resources, which needs all of them',
    right: { Action: 'cloudwatch:ListMetrics' },
    permitted: (client) => new CloudWatch(client).listMetrics({}),
    denied: (client) =>
      new CloudWatch(client).getMetricData({ MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date() }),
    names: 'cloudwatch:GetMetricData',
  },
];

describe('a role may call', () => {
  it.each(CASES)('$call', async ({ right, permitted, denied, names }) => {
    const client = await sessionWith(right);
    await permitted(client);
    const user = /User: arn:aws:sts::123456789012:assumed-role\/role-[\w-]+\/test is not authorized to perform: /;
    await expect(denied(client)).rejects.toThrow(user);
    await expect(denied(client)).rejects.toThrow(
      `${names} because no identity-based policy allows the ${names.split(' ')[0]} action`,
    );
  });

  it('a bucket’s settings, each by its own action', async () => {
    const LocationConstraint = 'ap-northeast-1';
    await new S3(account.client).createBucket({ Bucket: 'photos', CreateBucketConfiguration: { LocationConstraint } });
    const Action = ['s3:GetEncryptionConfiguration', 's3:PutBucketNotification'];
    const s3 = new S3(await sessionWith({ Action, Resource: 'arn:aws:s3:::photos' }));
    await s3.putBucketNotificationConfiguration({ Bucket: 'photos', NotificationConfiguration: {} });
    await expect(s3.getBucketEncryption({ Bucket: 'photos' })).rejects.toThrow('configuration was not found');
    await expect(s3.getBucketVersioning({ Bucket: 'photos' })).rejects.toThrow('Access Denied');
    await expect(s3.listObjectsV2({ Bucket: 'photos' })).rejects.toThrow('Access Denied');
  });
});

describe('a condition on', () => {
  it('a resource’s tags is met by the resource’s own', async () => {
    const secrets = new SecretsManager(account.client);
    await secrets.createSecret({ Name: 'own', SecretString: 's', Tags: [{ Key: 'Project', Value: 'shop' }] });
    await secrets.createSecret({ Name: 'foreign', SecretString: 's' });
    const Condition = { StringEquals: { 'aws:ResourceTag/Project': 'shop' } };
    const own = new SecretsManager(await sessionWith({ Action: 'secretsmanager:DescribeSecret', Condition }));
    await own.describeSecret({ SecretId: 'own' });
    await expect(own.describeSecret({ SecretId: 'foreign' })).rejects.toThrow(/secret:foreign-\w{6} because/);
  });

  it('a cluster is met by the cluster of the request', async () => {
    const Condition = { ArnEquals: { 'ecs:cluster': `arn:aws:ecs:${REGIONAL}:cluster/shop` } };
    const ecs = new ECS(await sessionWith({ Action: 'ecs:ListTasks', Condition }));
    await ecs.listTasks({ cluster: 'shop' });
    await expect(ecs.listTasks({ cluster: 'other' })).rejects.toThrow('ecs:ListTasks');
  });
});

describe('a resource’s policy', () => {
  it('of a role is needed for assuming it: trust in the account leaves it to the caller’s policies', async () => {
    const iam = new IAM(account.client);
    const trust = (Principal: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] });
    const trusted = (RoleName: string, principal: object) =>
      iam.createRole({ RoleName, AssumeRolePolicyDocument: trust(principal) });
    await trusted('by-account', { AWS: 'arn:aws:iam::123456789012:root' });
    await trusted('by-service', { Service: 'ecs-tasks.amazonaws.com' });
    const arnOf = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    const client = await sessionWith({
      Action: 'sts:AssumeRole',
      Resource: [arnOf('by-account'), arnOf('by-service')],
    });
    await sessionOf(account, arnOf('by-account'), client);
    await expect(sessionOf(account, arnOf('by-account'), await sessionWith(NOTHING))).rejects.toThrow(
      'because no identity-based policy allows the sts:AssumeRole action',
    );
    await expect(sessionOf(account, arnOf('by-service'), client)).rejects.toThrow(
      'because no resource-based policy allows the sts:AssumeRole action',
    );
  });
});

describe('a further right is needed', () => {
  const TEMPLATE = JSON.stringify({
    Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: VERSION_PARAMETER } },
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
  });

  it('for the parameters of a template, which CloudFormation reads for the caller', async () => {
    const ofStacks = { Action: 'cloudformation:*' };
    const create = (client: SessionClient, StackName: string) =>
      new CloudFormation(client).createChangeSet({
        StackName,
        ChangeSetName: 'first',
        ChangeSetType: 'CREATE',
        TemplateBody: TEMPLATE,
      });
    // In these words (aws-cdk 20959).
    await expect(create(await sessionWith(ofStacks), 'unread')).rejects.toThrow(
      "AccessDenied. User doesn't have permission to call ssm:GetParameters",
    );
    await create(await sessionWith(ofStacks, { Action: 'ssm:GetParameters', Resource: VERSION_ARN }), 'read');
  });

  it('to pass a role to a service', async () => {
    const roleArn = 'arn:aws:iam::123456789012:role/cfn-exec';
    const passing = { Action: 'iam:PassRole', Resource: roleArn };
    const toCloudFormation = { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } };
    const toTasks = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };
    const deleteStack = async (...statements: readonly Statement[]) => {
      const client = await sessionWith({ Action: 'cloudformation:DeleteStack' }, ...statements);
      return new CloudFormation(client).deleteStack({ StackName: 'missing', RoleARN: roleArn });
    };
    await expect(deleteStack()).rejects.toThrow(`iam:PassRole on resource: ${roleArn}`);
    await expect(deleteStack({ ...passing, Condition: toTasks })).rejects.toThrow(
      `iam:PassRole on resource: ${roleArn}`,
    );
    await deleteStack({ ...passing, Condition: toCloudFormation });
  });
});

describe('the record', () => {
  it('has each decision on a role once, and calls without a map, which are allowed', async () => {
    const client = await sessionWith({ Action: 'sns:*' });
    const { Arn = '' } = await new STS(client).getCallerIdentity({});
    await new SNS(client).listTopics({});
    await new SNS(client).listTopics({});
    await new SNS(client).createTopic({ Name: 'made' });
    await expect(new ECS(client).listClusters({})).rejects.toThrow('ecs:ListClusters');
    await new EC2(client).createVpc({ CidrBlock: '10.9.0.0/16' });
    const ofRole = account.aws.judgedCalls().filter(({ role }) => Arn.includes(role));
    expect(ofRole.map(({ action, resource, decision }) => [action, resource, decision])).toEqual([
      ['sns:ListTopics', '*', 'allowed'],
      ['sns:CreateTopic', `arn:aws:sns:${REGIONAL}:made`, 'allowed'],
      ['ecs:ListClusters', '*', 'implicitDeny'],
      ['ec2:CreateVpc', null, 'no map'],
    ]);
  });
});
