import { reviewResource, reviewStack } from './support/assemblies';

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
    ['deleted', bucket({ Tags: [{ Key: 'aws-cdk:auto-delete-objects', Value: 'true' }] }), 'all of its data is lost'],
    ['a bucket that nothing empties', bucket(), 'It is deleted if it is empty. Otherwise the deletion fails'],
    ['retained', bucket({}, { DeletionPolicy: 'Retain' }), 'It is retained outside the stack (`Retain`)'],
    ['retained', bucket({}, { DeletionPolicy: 'RetainExceptOnCreate' }), 'outside the stack (`RetainExceptOnCreate`)'],
    ['snapshotted', database(), 'It is deleted after a final snapshot'],
    ['snapshotted by default', database({}, { DeletionPolicy: undefined }), 'It is deleted after a final snapshot'],
    ['deleted at once', database({}, { DeletionPolicy: 'Delete' }), 'all of its data is lost'],
    ['protected', database({ DeletionProtection: true }), 'has deletion protection, so the deletion fails'],
    ['protected', database({ DeletionProtection: 'true' }), 'has deletion protection, so the deletion fails'],
    ['of a cluster', database({ DBClusterIdentifier: 'c' }, { DeletionPolicy: undefined }), 'all of its data is lost'],
    ['images', { Type: 'AWS::ECR::Repository', Properties: { EmptyOnDelete: true } }, 'all of its data is lost'],
    ['images', { Type: 'AWS::ECR::Repository' }, 'It is deleted if it is empty'],
    ['a secret', { Type: 'AWS::SecretsManager::Secret' }, 'all of its data is lost'],
    ['a log group', { Type: 'AWS::Logs::LogGroup' }, 'all of its data is lost'],
    ['a queue of jobs', { Type: 'AWS::Batch::JobQueue' }, 'all of its data is lost'],
    ['what the schemas call stateful', { Type: 'AWS::DynamoDB::Table' }, 'all of its data is lost'],
  ])('%s', (_case, resource, consequence) => {
    const { exitCode, stdout } = reviewResource(resource, undefined);
    expect(stdout).toContain(`⛔ **\`Thing\` (\`${resource.Type}\`)**: Removed.`);
    expect(stdout).toContain(consequence);
    expect(exitCode).toBe(1);
  });

  it('says that a kept name stays taken', () => {
    const { stdout } = reviewResource(bucket({ BucketName: 'prooflink-dev' }, { DeletionPolicy: 'Retain' }), undefined);
    expect(stdout).toContain('The name `prooflink-dev` stays in use: creating it again fails');
  });
});

it('a resource without data may go', () => {
  const { exitCode, stdout } = reviewResource({ Type: 'AWS::EC2::RouteTable' }, undefined);
  expect(stdout).toContain('**`Thing` (`AWS::EC2::RouteTable`)**: Removed. It is deleted.');
  expect(exitCode).toBe(0);
});

describe('a resource with data is replaced', () => {
  it('names the property that can only be set when it is made, first', () => {
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
    expect(exitCode).toBe(1);
  });

  it('because something that it refers to is replaced', () => {
    const subnets = (description: string) => ({
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: { DBSubnetGroupName: description, SubnetIds: ['a', 'b'] },
    });
    const { exitCode, stdout } = reviewStack(
      { resources: { Subnets: subnets('one'), Database: database({ DBSubnetGroupName: { Ref: 'Subnets' } }) } },
      { resources: { Subnets: subnets('two'), Database: database({ DBSubnetGroupName: { Ref: 'Subnets' } }) } },
    );
    expect(stdout).toContain('Replaced: `DBSubnetGroupName` can only be set at creation.');
    expect(exitCode).toBe(1);
  });

  it('reads the weaker of two policies for the old one', () => {
    const { stdout } = reviewResource(
      database({}, { UpdateReplacePolicy: 'Retain' }),
      database({ StorageEncrypted: false }, { UpdateReplacePolicy: 'Delete' }),
    );
    expect(stdout).toContain('The old resource is deleted, and all of its data is lost.');
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

it.each([
  ['AWS::Batch::JobQueue', { JobQueueName: 'jobs' }, 'Tags'],
  ['AWS::EC2::SecurityGroup', { GroupName: 'alb' }, 'GroupDescription'],
  ['AWS::IAM::Role', { RoleName: 'task' }, 'Path'],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'web' }, 'Port'],
])('%s with a fixed name cannot be replaced, whatever it holds', (Type, name, property) => {
  const resource = (value: string, more: object = name) => ({ Type, Properties: { ...more, [property]: value } });
  const { exitCode, stdout } = reviewResource(resource('1'), resource('2'));
  expect(stdout).toContain(`Replaced: \`${property}\` can only be set at creation.`);
  expect(stdout).toContain('is still in use by the resource that it replaces');
  expect(exitCode).toBe(1);
  const other = Object.fromEntries(Object.keys(name).map((key) => [key, 'other']));
  expect(reviewResource(resource('1'), resource('2', other)).stdout).not.toContain('is still in use');
});

it('a name that another resource gives is not fixed', () => {
  const policy = (bucketId: string) => ({
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: bucketId }, PolicyDocument: { Statement: [] } },
  });
  const { exitCode, stdout } = reviewResource(policy('One'), policy('Two'));
  expect(stdout).toContain('Replaced: `Bucket` can only be set at creation.');
  expect(exitCode).toBe(0);
});

const jobs = (seconds: number) => ({ Timeout: { AttemptDurationSeconds: seconds } });
it.each([
  ['AWS::ECS::TaskDefinition', { Cpu: '256' }, { Cpu: '512' }, 'task definition'],
  ['AWS::Batch::JobDefinition', jobs(60), jobs(90), 'job definition'],
])('a new revision of %s is normal', (Type, before, after, noun) => {
  const { exitCode, stdout } = reviewResource({ Type, Properties: before }, { Type, Properties: after });
  expect(stdout).toContain(`New revision of the ${noun}, as expected.`);
  expect(stdout).toContain('No data is at risk');
  expect(exitCode).toBe(0);
});

describe('a safeguard', () => {
  it.each([
    ['DeletionPolicy', 'Retain', 'Snapshot', 'removed from the stack'],
    ['DeletionPolicy', 'Snapshot', 'Delete', 'removed from the stack'],
    ['UpdateReplacePolicy', 'Retain', undefined, 'replaced'],
  ])('%s %s → %s is less, and the way back is not', (attribute, before, after, day) => {
    const [strong, weak] = [before, after].map((policy) => database({}, { [attribute]: policy }));
    const there = reviewResource(strong, weak);
    expect(there.stdout).toContain(`It is less protected when it is ${day}.`);
    expect(there.stdout).toContain(`\`${attribute}\`: \`${before}\` → \`${after ?? 'Delete'}\``);
    expect(there.exitCode).toBe(1);
    const back = reviewResource(weak, strong);
    expect([back.exitCode, back.stdout]).toEqual([0, expect.not.stringContaining('less protected')]);
  });

  it('of a load balancer is opened or weakened, and the way back is harmless', () => {
    const balancer = (Value: string) => ({
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value }] },
    });
    expect(reviewResource(balancer('true'), balancer('false')).stdout).toMatch(
      /⚠️ .*Deletion protection is turned off/,
    );
    expect(reviewResource(balancer('false'), balancer('true')).stdout).toContain('nothing is opened or weakened');
  });
});

it('a change that no rule knows is to look at', () => {
  const thing = (PasswordLength: number) => ({ Type: 'AWS::X::Y', Properties: { Anything: { PasswordLength } } });
  const { stdout } = reviewResource(thing(30), thing(40));
  expect(stdout).toContain('**1 change to check in `ProoflinkDev`.**');
  expect(stdout).toContain('👀 **`Thing` (`AWS::X::Y`)**:\n  - `Anything.PasswordLength`: `30` → `40`\n');
});
