import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type StackEvent,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Account } from './support/account';

type Resources = Record<string, unknown>;

let account: Account;
let cloudFormation: CloudFormationClient;
let logs: CloudWatchLogsClient;
let s3: S3Client;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  account = await Account.open();
  cloudFormation = new CloudFormationClient(account.client);
  logs = new CloudWatchLogsClient(account.client);
  s3 = new S3Client({ ...account.client, forcePathStyle: true });
  secrets = new SecretsManagerClient(account.client);
}, 60_000);

afterAll(() => account.aws.stop());

const group = (LogGroupName: unknown, properties: Resources = {}, attributes: Resources = {}) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName, ...properties },
  ...attributes,
});

const body = (Resources: Resources, others: Resources = {}) => JSON.stringify({ Resources, ...others });

const create = (StackName: string, TemplateBody: string) =>
  cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody }));

const update = (StackName: string, TemplateBody: string) =>
  cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody }));

async function statusOf(StackName: string): Promise<string | undefined> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  return Stacks[0]?.StackStatus;
}

async function failureIn(StackName: string): Promise<StackEvent | undefined> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.find(({ ResourceStatus }) => /(CREATE|UPDATE)_FAILED/.test(ResourceStatus ?? ''));
}

async function groups(prefix: string): Promise<Record<string, number | undefined>> {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }));
  return Object.fromEntries(logGroups.map((one) => [one.logGroupName ?? '', one.retentionInDays]));
}

describe('the local CloudFormation', () => {
  it('rolls a failed creation back and says why', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'rb-taken' }));
    await create('rb', body({ First: group('rb-first'), Second: group('rb-taken', {}, { DependsOn: 'First' }) }));
    expect(await statusOf('rb')).toBe('ROLLBACK_COMPLETE');
    expect(await failureIn('rb')).toMatchObject({ LogicalResourceId: 'Second' });
    expect((await failureIn('rb'))?.ResourceStatusReason).toContain('already exists');
    expect(await groups('rb-')).toEqual({ 'rb-taken': undefined });
  });

  it('leaves nothing of a resource that failed half way', async () => {
    const CorsConfiguration = { CorsRules: [{ AllowedMethods: ['NONSENSE'], AllowedOrigins: ['*'] }] };
    await create('hw', body({ Files: { Type: 'AWS::S3::Bucket', Properties: { CorsConfiguration } } }));
    expect(await failureIn('hw')).toMatchObject({ LogicalResourceId: 'Files', PhysicalResourceId: '' });
    expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });

  it('changes in place what AWS does, and replaces what AWS does', async () => {
    const template = (days: number, suffix: string) =>
      body({ Kept: group('ip-kept', { RetentionInDays: days }), Moved: group(`ip-${suffix}`) });
    await create('ip', template(3, 'old'));
    await update('ip', template(7, 'new'));
    expect(await statusOf('ip')).toBe('UPDATE_COMPLETE');
    expect(await groups('ip-')).toEqual({ 'ip-kept': 7, 'ip-new': undefined });
  });

  it('takes a failed update back', async () => {
    await create('ur', body({ Kept: group('ur-kept', { RetentionInDays: 3 }) }));
    const failing = {
      Kept: group('ur-kept', { RetentionInDays: 7 }),
      More: group('ur-more', {}, { DependsOn: 'Kept' }),
    };
    await update('ur', body({ ...failing, Broken: { Type: 'AWS::Nothing::Known', DependsOn: 'More' } }));
    expect(await statusOf('ur')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await failureIn('ur'))?.ResourceStatusReason).toContain('no model of AWS::Nothing::Known');
    expect(await groups('ur-')).toEqual({ 'ur-kept': 3 });
  });

  it('keeps the previous value of a parameter, its default too', async () => {
    const parameters = { Parameters: { Tag: { Type: 'String', Default: 'one' } } };
    const template = (days: number) =>
      body({ Group: group({ 'Fn::Sub': 'pv-${Tag}' }, { RetentionInDays: days }) }, parameters);
    await create('pv', template(3));
    await cloudFormation.send(
      new UpdateStackCommand({
        StackName: 'pv',
        TemplateBody: template(7),
        Parameters: [{ ParameterKey: 'Tag', UsePreviousValue: true }],
      }),
    );
    expect(await groups('pv-')).toEqual({ 'pv-one': 7 });
  });

  it('refuses an update without a change, and a value outside the allowed pattern', async () => {
    const template = body({ Group: group('no-change') });
    await create('no', template);
    await expect(update('no', template)).rejects.toThrow('No updates are to be performed');
    const pattern = { Parameters: { Tag: { Type: 'String', Default: 'a b', AllowedPattern: '[a-z]+' } } };
    await expect(create('pa', body({ Group: group('pa') }, pattern))).rejects.toThrow('failed to satisfy constraint');
  });

  it('refuses to delete a protected stack, and honours the deletion policies', async () => {
    const kept = { Kept: group('dp-kept', {}, { DeletionPolicy: 'Retain' }), Gone: group('dp-gone') };
    await create('dp', body(kept));
    const protect = (on: boolean) =>
      cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName: 'dp', EnableTerminationProtection: on }));
    const remove = () => cloudFormation.send(new DeleteStackCommand({ StackName: 'dp' }));
    await protect(true);
    await expect(remove()).rejects.toThrow('TerminationProtection is enabled');
    await protect(false);
    await remove();
    expect(await groups('dp-')).toEqual({ 'dp-kept': undefined });
  });

  it('puts a generated password into the place of a dynamic reference', async () => {
    const Generated = {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {
          SecretStringTemplate: '{"username":"postgres"}',
          GenerateStringKey: 'password',
          PasswordLength: 30,
          ExcludePunctuation: true,
        },
      },
    };
    const reference = ['url:{{resolve:secretsmanager:', { Ref: 'Generated' }, ':SecretString:password::}}'];
    const Url = { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::Join': ['', reference] } } };
    const outputs = { Outputs: { G: { Value: { Ref: 'Generated' } }, U: { Value: { Ref: 'Url' } } } };
    await create('dr', body({ Generated, Url }, outputs));
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'dr' }));
    const ids = new Map((Stacks[0]?.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
    const valueOf = async (SecretId: string | undefined) =>
      (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
    const { username, password } = JSON.parse(await valueOf(ids.get('G'))) as { username: string; password: string };
    expect(username).toBe('postgres');
    expect(password).toMatch(/^[A-Za-z0-9]{30}$/);
    expect(await valueOf(ids.get('U'))).toBe(`url:${password}`);
  });

  it('refuses an intrinsic function that was written into a text', async () => {
    await create('it', body({ Group: group('it-x', { RetentionInDays: '{"Ref":"Days"}' }) }));
    expect((await failureIn('it'))?.ResourceStatusReason).toContain('holds Ref within a text');
  });
});
