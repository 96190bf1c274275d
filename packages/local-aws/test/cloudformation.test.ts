import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { Account, type Resources } from './support/account';

const account = Account.shared();
const logs = () => new CloudWatchLogs(account.client);

const group = (LogGroupName: unknown, properties: Resources = {}, attributes: Resources = {}) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName, ...properties },
  ...attributes,
});

async function groups(prefix: string): Promise<Record<string, number | undefined>> {
  const { logGroups = [] } = await logs().describeLogGroups({ logGroupNamePrefix: prefix });
  return Object.fromEntries(logGroups.map((one) => [one.logGroupName ?? '', one.retentionInDays]));
}

describe('the local CloudFormation', () => {
  it('rolls back a failed creation, and reports the reason', async () => {
    await logs().createLogGroup({ logGroupName: 'rb-taken' });
    const resources = { First: group('rb-first'), Second: group('rb-taken', {}, { DependsOn: 'First' }) };
    expect(await account.create('rb', resources)).toBe('ROLLBACK_COMPLETE');
    expect(await account.failures('rb')).toEqual({ Second: expect.stringContaining('already exists') as string });
    expect(await groups('rb-')).toEqual({ 'rb-taken': undefined });
  });

  it('deletes a partially created resource', async () => {
    const CorsConfiguration = { CorsRules: [{ AllowedMethods: ['NONSENSE'], AllowedOrigins: ['*'] }] };
    await account.create('hw', { Files: { Type: 'AWS::S3::Bucket', Properties: { CorsConfiguration } } });
    const { StackEvents = [] } = await account.cloudFormation.describeStackEvents({ StackName: 'hw' });
    const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed).toMatchObject({ LogicalResourceId: 'Files', PhysicalResourceId: '' });
    const s3 = new S3({ ...account.client, forcePathStyle: true });
    expect((await s3.listBuckets({})).Buckets ?? []).toEqual([]);
  });

  it('updates in place or replaces as AWS does', async () => {
    const template = (days: number, suffix: string) => ({
      Kept: group('ip-kept', { RetentionInDays: days }),
      Moved: group(`ip-${suffix}`),
    });
    await account.create('ip', template(3, 'old'));
    expect(await account.update('ip', template(7, 'new'))).toBe('UPDATE_COMPLETE');
    expect(await groups('ip-')).toEqual({ 'ip-kept': 7, 'ip-new': undefined });
  });

  it('rolls back a failed update', async () => {
    await account.create('ur', { Kept: group('ur-kept', { RetentionInDays: 3 }) });
    const failing = {
      Kept: group('ur-kept', { RetentionInDays: 7 }),
      More: group('ur-more', {}, { DependsOn: 'Kept' }),
      Broken: { Type: 'AWS::Nothing::Known', DependsOn: 'More' },
    };
    expect(await account.update('ur', failing)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('ur'))['Broken']).toContain('no model of AWS::Nothing::Known');
    expect(await groups('ur-')).toEqual({ 'ur-kept': 3 });
  });

  it('keeps the previous value of a parameter, including its default', async () => {
    const Parameters = { Tag: { Type: 'String', Default: 'one' } };
    const template = (days: number) => ({ Group: group({ 'Fn::Sub': 'pv-${Tag}' }, { RetentionInDays: days }) });
    await account.create('pv', template(3), { Parameters });
    await account.cloudFormation.updateStack({
      StackName: 'pv',
      TemplateBody: JSON.stringify({ Resources: template(7), Parameters }),
      Parameters: [{ ParameterKey: 'Tag', UsePreviousValue: true }],
    });
    expect(await groups('pv-')).toEqual({ 'pv-one': 7 });
  });

  it('refuses an update without changes, and a value outside of AllowedPattern', async () => {
    const resources = { Group: group('no-change') };
    await account.create('no', resources);
    await expect(account.update('no', resources)).rejects.toThrow('No updates are to be performed');
    const pattern = { Parameters: { Tag: { Type: 'String', Default: 'a b', AllowedPattern: '[a-z]+' } } };
    const refused = account.create('pa', { Group: group('pa') }, pattern);
    await expect(refused).rejects.toThrow('failed to satisfy constraint');
  });

  it('refuses to delete a protected stack, and applies deletion policies', async () => {
    await account.create('dp', { Kept: group('dp-kept', {}, { DeletionPolicy: 'Retain' }), Gone: group('dp-gone') });
    const protect = (on: boolean) =>
      account.cloudFormation.updateTerminationProtection({ StackName: 'dp', EnableTerminationProtection: on });
    await protect(true);
    await expect(account.remove('dp')).rejects.toThrow('TerminationProtection is enabled');
    await protect(false);
    await account.remove('dp');
    expect(await groups('dp-')).toEqual({ 'dp-kept': undefined });
  });

  it('resolves a dynamic reference to a generated password', async () => {
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
    const Outputs = { G: { Value: { Ref: 'Generated' } }, U: { Value: { Ref: 'Url' } } };
    await account.create('dr', { Generated, Url }, { Outputs });
    const { G, U } = await account.outputs('dr');
    const secrets = new SecretsManager(account.client);
    const valueOf = async (SecretId: string | undefined) =>
      (await secrets.getSecretValue({ SecretId })).SecretString ?? '';
    const { username, password } = JSON.parse(await valueOf(G)) as { username: string; password: string };
    expect(username).toBe('postgres');
    expect(password).toMatch(/^[A-Za-z0-9]{30}$/);
    expect(await valueOf(U)).toBe(`url:${password}`);
  });

  it('refuses an intrinsic function inside a string, which the service would take literally', async () => {
    await account.create('it', { Group: group('it-x', { RetentionInDays: '{"Ref":"Days"}' }) });
    expect((await account.failures('it'))['Group']).toContain('contains Ref in a string');
  });
});
