import { resource, reviewResource, reviewStack } from './support/assemblies';

const database = (properties: object = {}, attributes: object = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  UpdateReplacePolicy: 'Snapshot',
  DeletionPolicy: 'Snapshot',
  ...attributes,
  Properties: { StorageEncrypted: true, BackupRetentionPeriod: 7, ...properties },
});
const bucket = (properties: object = {}, attributes: object = {}) => ({
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Delete',
  ...attributes,
  Properties: properties,
});

describe('a resource with data is removed', () => {
  it.each([
    {
      title: 'a bucket that a custom resource empties',
      removed: bucket({ Tags: [{ Key: 'aws-cdk:auto-delete-objects', Value: 'true' }] }),
      says: 'all of its data is lost',
    },
    {
      title: 'a bucket that is retained except on the rollback of its creation',
      removed: bucket({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
      says: 'outside the stack (`RetainExceptOnCreate`)',
    },
    {
      title: 'a database with a last snapshot by default',
      removed: database({}, { DeletionPolicy: undefined }),
      says: 'It is deleted after a final snapshot',
    },
    {
      title: 'a database with deletion protection',
      removed: database({ DeletionProtection: true }),
      says: 'has deletion protection, so the deletion fails',
    },
    {
      title: 'a registry whose images are not deleted',
      removed: { Type: 'AWS::ECR::Repository' },
      says: 'It is deleted if it is empty',
    },
    {
      title: 'a type that the schemas call stateful, of which CloudFormation makes no snapshot',
      removed: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Snapshot' },
      says: 'all of its data is lost',
    },
  ])('$title', ({ removed, says }) => {
    const { exitCode, stdout } = reviewResource(removed, undefined);
    expect(stdout).toContain(`⛔ **\`Thing\` (\`${removed.Type}\`)**: Removed.`);
    expect(stdout).toContain(says);
    // Data that AWS keeps somewhere is left behind.
    expect(exitCode).toBe(says.includes('all of its data is lost') ? 1 : 4);
  });

  it('says that a kept name stays taken', () => {
    const { stdout } = reviewResource(bucket({ BucketName: 'prooflink-dev' }, { DeletionPolicy: 'Retain' }), undefined);
    expect(stdout).toContain('The name `prooflink-dev` stays in use: creating it again fails');
  });
});

describe('a resource with data is replaced', () => {
  it('names the property that can only be set at creation, first', () => {
    const { exitCode, stdout } = reviewResource(
      database({ AllowMajorVersionUpgrade: false }),
      database({ AllowMajorVersionUpgrade: true, StorageEncrypted: false }),
    );
    expect(stdout).toContain(
      'Replaced: `StorageEncrypted` can only be set at creation. The new resource is empty. ' +
        'The old resource is deleted after a final snapshot. The data can only be restored from that snapshot.\n' +
        '  - `StorageEncrypted`: `true` → `false` (replaces)\n' +
        '  - `AllowMajorVersionUpgrade`: `false` → `true`\n',
    );
    expect(exitCode).toBe(4);
  });

  it('because something that it refers to is replaced', () => {
    const subnets = (description: string) =>
      resource('AWS::RDS::DBSubnetGroup', { DBSubnetGroupName: description, SubnetIds: ['a', 'b'] });
    const { exitCode, stdout } = reviewStack(
      { resources: { Subnets: subnets('one'), Database: database({ DBSubnetGroupName: { Ref: 'Subnets' } }) } },
      { resources: { Subnets: subnets('two'), Database: database({ DBSubnetGroupName: { Ref: 'Subnets' } }) } },
    );
    expect(stdout).toContain('Replaced: `DBSubnetGroupName` can only be set at creation.');
    expect(exitCode).toBe(4);
  });

  it('not where RDS changes the running instance', () => {
    const { exitCode, stdout } = reviewResource(database(), database({ BackupRetentionPeriod: 14, MultiAZ: true }));
    expect(stdout).toContain('No data is at risk');
    // `cdk diff` takes the schema's word, which is reported beside it.
    const [findings, more] = stdout.split('<code>cdk diff</code> reports more than this review: 1 destructive change');
    expect(findings).not.toContain('eplace');
    expect(more).toContain('may be replaced');
    expect(exitCode).toBe(0);
  });
});

it('a resource with a fixed name cannot be replaced, whatever it holds', () => {
  const group = (GroupName: string, GroupDescription: string) =>
    resource('AWS::EC2::SecurityGroup', { GroupName, GroupDescription });
  const { exitCode, stdout } = reviewResource(group('web', '1'), group('web', '2'));
  expect(stdout).toContain('Replaced: `GroupDescription` can only be set at creation.');
  expect(stdout).toContain('is still in use by the resource that it replaces');
  expect(exitCode).toBe(3);
  expect(reviewResource(group('web', '1'), group('other', '2')).stdout).not.toContain('is still in use');
});

it('a name that another resource gives is not fixed', () => {
  const policy = (bucketId: string) =>
    resource('AWS::S3::BucketPolicy', { Bucket: { Ref: bucketId }, PolicyDocument: { Statement: [] } });
  const { exitCode, stdout } = reviewResource(policy('One'), policy('Two'));
  expect(stdout).toContain('Replaced: `Bucket` can only be set at creation.');
  expect(exitCode).toBe(0);
});

describe('a new revision is normal', () => {
  const jobWithTimeout = (seconds: number) =>
    resource('AWS::Batch::JobDefinition', { Timeout: { AttemptDurationSeconds: seconds } });
  const taskWithCpu = (cpu: string) => resource('AWS::ECS::TaskDefinition', { Cpu: cpu });

  it.each([
    { noun: 'task definition', before: taskWithCpu('256'), after: taskWithCpu('512') },
    { noun: 'job definition', before: jobWithTimeout(60), after: jobWithTimeout(90) },
  ])('of a $noun', ({ noun, before, after }) => {
    const { exitCode, stdout } = reviewResource(before, after);
    expect(stdout).toContain(`New revision of the ${noun}, as expected.`);
    expect(stdout).toContain('No data is at risk');
    expect(exitCode).toBe(0);
  });
});

it('a safeguard on a replacement becomes the default instead of the database; the way back is harmless', () => {
  const strongDatabase = database({}, { UpdateReplacePolicy: 'Retain' });
  const weakDatabase = database({}, { UpdateReplacePolicy: undefined });
  const weakened = reviewResource(strongDatabase, weakDatabase);
  expect(weakened.stdout).toContain('It is less protected when it is replaced.');
  expect(weakened.stdout).toContain('`UpdateReplacePolicy`: `Retain` → `Delete`');
  expect(weakened.exitCode).toBe(1);
  const strengthened = reviewResource(weakDatabase, strongDatabase);
  expect(strengthened.stdout).not.toContain('less protected');
  expect(strengthened.exitCode).toBe(0);
});
