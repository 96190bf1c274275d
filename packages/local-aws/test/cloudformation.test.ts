import type { GetTemplateCommandInput } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { Account, type Resources } from './support/account';
import { logGroup, logGroupNames, logGroupRetentions } from './support/log-groups';
import { partialBucket, unknownResource } from './support/resources';

const account = Account.shared({ usedBefore: true });
const s3 = new S3(account.client);

/** Creates a log group outside of any stack. */
async function createLogGroup(name: string): Promise<void> {
  await new CloudWatchLogs(account.client).createLogGroup({ logGroupName: name });
}

describe('a failed creation', () => {
  it('is rolled back, and its event has the reason', async () => {
    await createLogGroup('rb-taken');
    const resources = {
      First: logGroup('rb-first'),
      Second: logGroup('rb-taken', { DependsOn: 'First' }),
    };
    await account.refusesCreation('rb', resources, { Second: 'already exists' });
    expect(await logGroupNames(account, 'rb-')).toEqual(['rb-taken']);
  });

  it('deletes a partially created resource', async () => {
    await account.create('partial', { Files: partialBucket() });
    const { StackEvents = [] } = await account.cloudFormation.describeStackEvents({ StackName: 'partial' });
    const failure = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failure).toMatchObject({ LogicalResourceId: 'Files', PhysicalResourceId: '' });
    const { Buckets = [] } = await s3.listBuckets({});
    expect(Buckets).toEqual([]);
  });
});

describe('an update', () => {
  beforeAll(() =>
    account.deploy(
      'updated',
      { Kept: logGroup('updated-kept', { RetentionInDays: 3 }), Moved: logGroup('updated-old') },
      { Kept: logGroup('updated-kept', { RetentionInDays: 7 }), Moved: logGroup('updated-new') },
    ),
  );

  it('changes retention in place, and replaces a log group whose name changes', async () => {
    expect(await logGroupRetentions(account, 'updated-')).toEqual({ 'updated-kept': 7, 'updated-new': undefined });
  });

  it('leaves each resource its own status, not that of the replaced one’s later deletion', async () => {
    const { StackResourceSummaries = [] } = await account.cloudFormation.listStackResources({ StackName: 'updated' });
    expect(StackResourceSummaries).toHaveLength(2);
    expect(StackResourceSummaries).toMatchObject([
      { PhysicalResourceId: 'updated-kept', ResourceStatus: 'UPDATE_COMPLETE' },
      { PhysicalResourceId: 'updated-new', ResourceStatus: 'CREATE_COMPLETE' },
    ]);
  });

  it('without changes is refused', async () => {
    const resources = { Group: logGroup('no-change') };
    await account.create('no-change', resources);
    await expect(account.update('no-change', resources)).rejects.toThrow('No updates are to be performed');
  });
});

describe('a letter outside ASCII', () => {
  const name = '請交月報 🔗';
  const json = JSON.stringify({
    Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'letters', Description: name } } },
    Outputs: { Name: { Value: name } },
  });
  const description = async () => {
    const { Description } = await new SecretsManager(account.client).describeSecret({ SecretId: 'letters' });
    return Description;
  };
  const templateBody = async (id: GetTemplateCommandInput) => {
    const { TemplateBody } = await account.cloudFormation.getTemplate(id);
    return TemplateBody;
  };

  it('is deployed, but GetTemplate and the outputs have a question mark for it', async () => {
    await account.cloudFormation.createStack({ StackName: 'letters', TemplateBody: json });
    expect(await description()).toBe(name);
    expect(await templateBody({ StackName: 'letters' })).toBe(json.replaceAll(name, '???? ?'));
    expect(await account.outputs('letters')).toEqual({ Name: '???? ?' });
  });
});

it('a dynamic reference is resolved to the generated password of a secret', async () => {
  const reference = ['url:{{resolve:secretsmanager:', { Ref: 'Generated' }, ':SecretString:password::}}'];
  const resources = {
    Generated: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {
          SecretStringTemplate: '{"username":"postgres"}',
          GenerateStringKey: 'password',
          PasswordLength: 30,
          ExcludePunctuation: true,
        },
      },
    },
    Url: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { SecretString: { 'Fn::Join': ['', reference] } },
    },
  };
  const Outputs = {
    GeneratedArn: { Value: { Ref: 'Generated' } },
    UrlArn: { Value: { Ref: 'Url' } },
  };
  await account.create('reference', resources, { Outputs });

  const { GeneratedArn, UrlArn } = await account.outputs('reference');
  const secrets = new SecretsManager(account.client);
  const { SecretString: generated = '' } = await secrets.getSecretValue({ SecretId: GeneratedArn });
  expect(generated).toMatch(/^\{"username": "postgres", "password": "[A-Za-z0-9]{30}"\}$/);
  const { password } = JSON.parse(generated) as { password: string };
  const { SecretString: url } = await secrets.getSecretValue({ SecretId: UrlArn });
  expect(url).toBe(`url:${password}`);
});

describe('cdk deploy --import-existing-resources', () => {
  /** Policy that lets an existing resource be imported. */
  const IMPORTABLE = { DeletionPolicy: 'RetainExceptOnCreate' };

  /** Deploys like the CDK CLI; returns the stack's status and what the change set does to each resource. */
  async function deploy(stackName: string, resources: Resources, outputs: Resources = {}) {
    const template = { Resources: resources, Outputs: outputs };
    const changes = await account.execute(stackName, template, {
      ChangeSetType: 'CREATE',
      ImportExistingResources: true,
    });
    return {
      status: await account.statusOf(stackName),
      actions: changes.map(({ Action, LogicalResourceId }) => `${Action} ${LogicalResourceId}`),
    };
  }

  it('imports existing resources unchanged, and creates the others', async () => {
    await createLogGroup('/old');
    await s3.createBucket({
      Bucket: 'old',
      CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' },
    });
    await s3.putObject({ Bucket: 'old', Key: 'kept', Body: 'x' });

    const resources = {
      Old: logGroup('/old', IMPORTABLE),
      New: logGroup('/new', IMPORTABLE),
      Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'old' }, ...IMPORTABLE },
    };
    const outputs = { Uri: { Value: { 'Fn::GetAtt': ['Files', 'Arn'] } } };
    expect(await deploy('imports', resources, outputs)).toEqual({
      status: 'CREATE_COMPLETE',
      actions: ['Import Old', 'Add New', 'Import Files'],
    });
    const { KeyCount } = await s3.listObjectsV2({ Bucket: 'old' });
    expect(KeyCount).toBe(1);
    expect(await logGroupNames(account, '/')).toEqual(['/new', '/old']);
  });

  it('does not import a resource with a computed name', async () => {
    await createLogGroup('/joined');
    const name = { 'Fn::Join': ['', ['/', 'joined']] };
    const { status } = await deploy('joined', { Group: logGroup(name, IMPORTABLE) });
    expect(status).toBe('ROLLBACK_COMPLETE');
    const failures = await account.failures('joined');
    expect(failures['Group']).toContain('already exists');
  });

  it('keeps an imported resource on rollback', async () => {
    await createLogGroup('/survives');
    const { status } = await deploy('fails', {
      Group: logGroup('/survives', IMPORTABLE),
      Broken: unknownResource('Group'),
    });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(await logGroupNames(account, '/survives')).toEqual(['/survives']);
  });
});
