import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { databaseIn, logGroup } from './support/resources';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate' };

const account = Account.shared({ usedBefore: true });
const logs = () => new CloudWatchLogs(account.client);
const s3 = () => new S3({ ...account.client, forcePathStyle: true });

const group = (logGroupName: string) => logs().createLogGroup({ logGroupName });
const groups = async () => (await logs().describeLogGroups({})).logGroups?.map(({ logGroupName }) => logGroupName);

/** Deploys like `cdk deploy --import-existing-resources`; returns the stack status. */
async function deploy(StackName: string, Resources: Resources, Outputs: Resources = {}): Promise<string | undefined> {
  const set = { StackName, ChangeSetName: 'set' };
  const TemplateBody = JSON.stringify({ Resources, Outputs });
  await account.cloudFormation.createChangeSet({
    ...set,
    ChangeSetType: 'CREATE',
    TemplateBody,
    ImportExistingResources: true,
  });
  await account.cloudFormation.executeChangeSet(set);
  return account.statusOf(StackName);
}

describe('cdk deploy --import-existing-resources', () => {
  it('imports existing resources unchanged, and creates the rest', async () => {
    await group('/old');
    await new ECR(account.client).createRepository({ repositoryName: 'old' });
    await s3().createBucket({
      Bucket: 'old',
      CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' },
    });
    await s3().putObject({ Bucket: 'old', Key: 'kept', Body: 'x' });
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
    expect((await s3().listObjectsV2({ Bucket: 'old' })).KeyCount).toBe(1);
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
