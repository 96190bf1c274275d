import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { Account, type Resources } from './support/account';
import { groups, logGroup } from './support/log-groups';
import { databaseIn } from './support/resources';

const account = Account.shared({ usedBefore: true });
const s3 = new S3(account.client);
const group = (logGroupName: string) => new CloudWatchLogs(account.client).createLogGroup({ logGroupName });
const kept = (days: number) => logGroup('kept', {}, { RetentionInDays: days });

describe('the local CloudFormation', () => {
  it('rolls back a failed creation, and reports the reason', async () => {
    await group('rb-taken');
    const resources = { First: logGroup('rb-first'), Second: logGroup('rb-taken', { DependsOn: 'First' }) };
    await account.refuses('create', 'rb', resources, { Second: 'already exists' });
    expect(await groups(account, 'rb-')).toEqual({ 'rb-taken': undefined });
  });

  it('deletes a partially created resource', async () => {
    const CorsConfiguration = { CorsRules: [{ AllowedMethods: ['NONSENSE'], AllowedOrigins: ['*'] }] };
    await account.create('hw', { Files: { Type: 'AWS::S3::Bucket', Properties: { CorsConfiguration } } });
    const { StackEvents = [] } = await account.cloudFormation.describeStackEvents({ StackName: 'hw' });
    const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed).toMatchObject({ LogicalResourceId: 'Files', PhysicalResourceId: '' });
    expect((await s3.listBuckets({})).Buckets ?? []).toEqual([]);
  });

  it('updates in place or replaces as AWS does, and rolls back a failed update', async () => {
    await account.deploy(
      'up',
      { Kept: kept(3), Moved: logGroup('moved-old') },
      { Kept: kept(7), Moved: logGroup('moved-new') },
    );
    expect({ ...(await groups(account, 'kept')), ...(await groups(account, 'moved')) }).toEqual({
      kept: 7,
      'moved-new': undefined,
    });
    const { StackResourceSummaries = [] } = await account.cloudFormation.listStackResources({ StackName: 'up' });
    const statuses = StackResourceSummaries.map((each) => [each.PhysicalResourceId, each.ResourceStatus]);
    // The deletion of the replaced group is newer.
    expect(Object.fromEntries(statuses)).toEqual({ kept: 'UPDATE_COMPLETE', 'moved-new': 'CREATE_COMPLETE' });
    const failing = {
      Kept: kept(14),
      Moved: logGroup('moved-new'),
      More: logGroup('more', { DependsOn: 'Kept' }),
      Broken: { Type: 'AWS::Nothing::Known', DependsOn: 'More' },
    };
    await account.refuses('update', 'up', failing, { Broken: 'no model of AWS::Nothing::Known' });
    expect({ ...(await groups(account, 'kept')), ...(await groups(account, 'more')) }).toEqual({ kept: 7 });
  });

  it('keeps the previous value of a parameter, including its default', async () => {
    const Parameters = { Tag: { Type: 'String', Default: 'one' } };
    const template = (RetentionInDays: number) => ({
      Group: logGroup({ 'Fn::Sub': 'pv-${Tag}' }, {}, { RetentionInDays }),
    });
    await account.create('pv', template(3), { Parameters });
    await account.cloudFormation.updateStack({
      StackName: 'pv',
      TemplateBody: JSON.stringify({ Resources: template(7), Parameters }),
      Parameters: [{ ParameterKey: 'Tag', UsePreviousValue: true }],
    });
    expect(await groups(account, 'pv-')).toEqual({ 'pv-one': 7 });
  });

  it('refuses an update without changes, and a value outside of AllowedPattern', async () => {
    const resources = { Group: logGroup('no-change') };
    await account.create('no', resources);
    await expect(account.update('no', resources)).rejects.toThrow('No updates are to be performed');
    const pattern = { Parameters: { Tag: { Type: 'String', Default: 'a b', AllowedPattern: '[a-z]+' } } };
    await expect(account.create('pa', resources, pattern)).rejects.toThrow('failed to satisfy constraint');
  });

  it('refuses to delete a protected stack, and applies deletion policies', async () => {
    const resources = { Kept: logGroup('dp-kept', { DeletionPolicy: 'Retain' }), Gone: logGroup('dp-gone') };
    await account.create('dp', resources);
    const protect = (EnableTerminationProtection: boolean) =>
      account.cloudFormation.updateTerminationProtection({ StackName: 'dp', EnableTerminationProtection });
    await protect(true);
    await expect(account.remove('dp')).rejects.toThrow('TerminationProtection is enabled');
    await protect(false);
    await account.remove('dp');
    expect(await groups(account, 'dp-')).toEqual({ 'dp-kept': undefined });
  });

  it('resolves a dynamic reference to a generated password', async () => {
    const secret = (Properties: object) => ({ Type: 'AWS::SecretsManager::Secret', Properties });
    const GenerateSecretString = {
      SecretStringTemplate: '{"username":"postgres"}',
      GenerateStringKey: 'password',
      PasswordLength: 30,
      ExcludePunctuation: true,
    };
    const reference = ['url:{{resolve:secretsmanager:', { Ref: 'Generated' }, ':SecretString:password::}}'];
    const Generated = secret({ GenerateSecretString });
    const Url = secret({ SecretString: { 'Fn::Join': ['', reference] } });
    const Outputs = { G: { Value: { Ref: 'Generated' } }, U: { Value: { Ref: 'Url' } } };
    await account.create('dr', { Generated, Url }, { Outputs });
    const { G, U } = await account.outputs('dr');
    const secrets = new SecretsManager(account.client);
    const { SecretString: generated = '' } = await secrets.getSecretValue({ SecretId: G });
    expect(generated).toMatch(/^\{"username": "postgres", "password": "[A-Za-z0-9]{30}"\}$/);
    const { password } = JSON.parse(generated) as { password: string };
    expect(await secrets.getSecretValue({ SecretId: U })).toMatchObject({ SecretString: `url:${password}` });
  });

  it('refuses an intrinsic function inside a string, which the service would take literally', async () => {
    const resources = { Group: logGroup('it-x', {}, { RetentionInDays: '{"Ref":"Days"}' }) };
    await account.refuses('create', 'it', resources, { Group: 'contains Ref in a string' });
  });
});

describe('cdk deploy --import-existing-resources', () => {
  const KEPT = { DeletionPolicy: 'RetainExceptOnCreate' };

  /** Deploys like `cdk deploy --import-existing-resources`; returns the stack status and the changes. */
  async function deploy(name: string, Resources: Resources, Outputs: Resources = {}) {
    const props = { ChangeSetType: 'CREATE', ImportExistingResources: true } as const;
    const changes = await account.execute(name, { Resources, Outputs }, props);
    return [await account.statusOf(name), ...changes.map((each) => `${each.Action} ${each.PhysicalResourceId}`)];
  }

  it('imports existing resources unchanged, and creates the rest', async () => {
    await group('/old');
    await new ECR(account.client).createRepository({ repositoryName: 'old' });
    const CreateBucketConfiguration = { LocationConstraint: 'ap-northeast-1' } as const;
    await s3.createBucket({ Bucket: 'old', CreateBucketConfiguration });
    await s3.putObject({ Bucket: 'old', Key: 'kept', Body: 'x' });
    const resources = {
      Old: logGroup('/old', KEPT),
      New: logGroup('/new', KEPT),
      Images: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'old' }, ...KEPT },
      Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'old' }, ...KEPT },
    };
    const outputs = { Uri: { Value: { 'Fn::GetAtt': ['Images', 'RepositoryUri'] } } };
    expect(await deploy('imports', resources, outputs)).toEqual([
      ...['CREATE_COMPLETE', 'Import /old', 'Add undefined', 'Import old', 'Import old'],
    ]);
    expect((await s3.listObjectsV2({ Bucket: 'old' })).KeyCount).toBe(1);
    expect(Object.keys(await groups(account, '/'))).toEqual(['/new', '/old']);
  });

  it('imports a database and its subnet group', async () => {
    const resources = databaseIn('left', { DeletionProtection: true }, KEPT);
    const kept = { ...resources, SubnetGroup: { ...(resources['SubnetGroup'] as Resources), ...KEPT } };
    await account.deploy('before', kept);
    await account.remove('before');
    const RetainResources = ['Vpc', 'SubnetA', 'SubnetC', 'Group'];
    expect(await account.remove('before', { RetainResources })).toBeUndefined();
    await account.refuses('create', 'as-new', kept, { SubnetGroup: 'already exists' });
    expect(await deploy('after', kept)).toContain('CREATE_COMPLETE');
  });

  it('refuses to create what exists, where no retaining DeletionPolicy lets it be imported', async () => {
    await group('/deleted');
    expect(await deploy('deleted', { Group: logGroup('/deleted') })).toEqual(['REVIEW_IN_PROGRESS', 'Add undefined']);
  });

  it('does not import a resource with a computed name', async () => {
    await group('/joined');
    const LogGroupName = { 'Fn::Join': ['', ['/', 'joined']] };
    expect(await deploy('joined', { Group: logGroup(LogGroupName, KEPT) })).toContain('ROLLBACK_COMPLETE');
    expect((await account.failures('joined'))['Group']).toContain('already exists');
  });

  it('keeps the existing resource on rollback', async () => {
    await group('/survives');
    const Fails = { Type: 'AWS::Nothing::Known', DependsOn: 'Group' };
    expect(await deploy('fails', { Group: logGroup('/survives', KEPT), Fails })).toContain('ROLLBACK_COMPLETE');
    expect(await groups(account, '/survives')).toEqual({ '/survives': undefined });
  });
});
