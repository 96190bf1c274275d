import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { groups, logGroup } from './support/log-groups';
import { databaseIn } from './support/resources';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate' };

const account = Account.shared({ usedBefore: true });
const s3 = new S3(account.client);
const group = (logGroupName: string) => new CloudWatchLogs(account.client).createLogGroup({ logGroupName });

/** Deploys like `cdk deploy --import-existing-resources`; returns the stack status. */
async function deploy(name: string, Resources: Resources, Outputs: Resources = {}): Promise<string | undefined> {
  const props = { ChangeSetType: 'CREATE', ImportExistingResources: true } as const;
  await account.cloudFormation.executeChangeSet(await account.changeSet(name, { Resources, Outputs }, props));
  return account.statusOf(name);
}

describe('cdk deploy --import-existing-resources', () => {
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
    const set = await account.changeSet(
      'listed',
      { Resources: resources },
      {
        ChangeSetType: 'CREATE',
        ImportExistingResources: true,
      },
    );
    const { Changes = [] } = await account.cloudFormation.describeChangeSet(set);
    expect(Changes.map(({ ResourceChange: it }) => `${it?.Action} ${it?.PhysicalResourceId}`)).toEqual([
      ...['Import /old', 'Add undefined', 'Import old', 'Import old'],
    ]);
    const outputs = { Uri: { Value: { 'Fn::GetAtt': ['Images', 'RepositoryUri'] } } };
    expect(await deploy('imports', resources, outputs)).toBe('CREATE_COMPLETE');
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
    expect(await deploy('after', kept)).toBe('CREATE_COMPLETE');
  });

  it.each([
    ['without a retaining DeletionPolicy', 'deleted', {}, '/deleted'],
    ['with a computed name', 'joined', KEPT, { 'Fn::Join': ['', ['/', 'joined']] }],
  ])('does not import a resource %s', async (_, name, attributes, LogGroupName) => {
    await group(`/${name}`);
    expect(await deploy(name, { Group: logGroup(LogGroupName, attributes) })).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures(name))['Group']).toContain('already exists');
  });

  it('keeps the existing resource on rollback', async () => {
    await group('/survives');
    const Fails = { Type: 'AWS::Nothing::Known', DependsOn: 'Group' };
    expect(await deploy('fails', { Group: logGroup('/survives', KEPT), Fails })).toBe('ROLLBACK_COMPLETE');
    expect(await groups(account, '/survives')).toEqual({ '/survives': undefined });
  });
});
