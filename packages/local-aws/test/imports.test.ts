import { CreateChangeSetCommand, ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { databaseIn, logGroup } from './support/resources';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate' };

const account = Account.shared({ usedBefore: true });
let logs: CloudWatchLogsClient;
let s3: S3Client;

beforeAll(() => {
  logs = new CloudWatchLogsClient(account.client);
  s3 = new S3Client({ ...account.client, forcePathStyle: true });
});

const group = (logGroupName: string) => logs.send(new CreateLogGroupCommand({ logGroupName }));
const groups = async () =>
  (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map(({ logGroupName }) => logGroupName);

/** Deploys like `cdk deploy --import-existing-resources`; returns the stack status. */
async function deploy(StackName: string, Resources: Resources, Outputs: Resources = {}): Promise<string | undefined> {
  const set = { StackName, ChangeSetName: 'set' };
  const TemplateBody = JSON.stringify({ Resources, Outputs });
  await account.cloudFormation.send(
    new CreateChangeSetCommand({ ...set, ChangeSetType: 'CREATE', TemplateBody, ImportExistingResources: true }),
  );
  await account.cloudFormation.send(new ExecuteChangeSetCommand(set));
  return account.statusOf(StackName);
}

describe('cdk deploy --import-existing-resources', () => {
  it('imports existing resources unchanged, and creates the rest', async () => {
    await group('/old');
    await new ECRClient(account.client).send(new CreateRepositoryCommand({ repositoryName: 'old' }));
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'old',
        CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' },
      }),
    );
    await s3.send(new PutObjectCommand({ Bucket: 'old', Key: 'kept', Body: 'x' }));
    const outputs = { Uri: { Value: { 'Fn::GetAtt': ['Images', 'RepositoryUri'] } } };
    const status = await deploy(
      'imports',
      {
        Old: logGroup('/old', KEPT),
        New: logGroup('/new', KEPT),
        Images: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'old' }, ...KEPT },
        Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'old' }, ...KEPT },
      },
      outputs,
    );
    expect(status).toBe('CREATE_COMPLETE');
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'old' }))).KeyCount).toBe(1);
    expect(await groups()).toEqual(['/new', '/old']);
  });

  it('imports a database and its subnet group', async () => {
    const resources = databaseIn('left', { DeletionProtection: true }, KEPT);
    const kept = { ...resources, SubnetGroup: { ...(resources['SubnetGroup'] as Resources), ...KEPT } };
    expect(await account.create('before', kept)).toBe('CREATE_COMPLETE');
    const retained = ['Vpc', 'SubnetA', 'SubnetC', 'Group'];
    await account.remove('before');
    await account.remove('before', { RetainResources: retained });
    expect(await account.statusOf('before')).toBeUndefined();
    expect(await account.create('as-new', kept)).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures('as-new'))['SubnetGroup']).toContain('already exists');
    expect(await deploy('after', kept)).toBe('CREATE_COMPLETE');
  });

  it.each([
    ['without a retaining DeletionPolicy', 'deleted', {}, '/deleted'],
    ['with a computed name', 'joined', KEPT, { 'Fn::Join': ['', ['/', 'joined']] }],
  ])('does not import a resource %s', async (_, name, attributes, LogGroupName) => {
    await group(`/${name}`);
    const resource = { ...logGroup('', attributes), Properties: { LogGroupName } };
    expect(await deploy(name, { Group: resource })).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures(name))['Group']).toContain('already exists');
  });

  it('keeps the existing resource on rollback', async () => {
    await group('/survives');
    const Fails = { Type: 'AWS::Nothing::Known', DependsOn: 'Group' };
    expect(await deploy('fails', { Group: logGroup('/survives', KEPT), Fails })).toBe('ROLLBACK_COMPLETE');
    expect(await groups()).toContain('/survives');
  });
});
