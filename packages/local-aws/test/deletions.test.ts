import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { Account } from './support/account';
import { allowing, awsCall, databaseIn, functionWith, logGroup } from './support/resources';

const account = Account.shared({
  usedBefore: true,
  hostedZones: [{ id: 'Z0000000SILENT', name: 'silent.example', delegated: false }],
});
const logs = () => new CloudWatchLogs(account.client);
const rds = () => new RDS(account.client);
const s3 = () => new S3({ ...account.client, forcePathStyle: true });

const bucket = (BucketName: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });

/** Function that fills a bucket. */
const fills = functionWith({ Policies: [{ PolicyName: 's3', PolicyDocument: allowing('s3:PutObject') }] });

async function groups(prefix: string): Promise<(string | undefined)[]> {
  const { logGroups = [] } = await logs().describeLogGroups({ logGroupNamePrefix: prefix });
  return logGroups.map(({ logGroupName }) => logGroupName);
}

describe('RetainExceptOnCreate', () => {
  const kept = { DeletionPolicy: 'RetainExceptOnCreate' };

  it('deletes a new resource on rollback', async () => {
    await logs().createLogGroup({ logGroupName: 'taken' });
    const resources = { Kept: logGroup('reoc-rollback', kept), Fails: logGroup('taken', { DependsOn: 'Kept' }) };
    expect(await account.create('reoc-rollback', resources)).toBe('ROLLBACK_COMPLETE');
    expect(await groups('reoc-rollback')).toEqual([]);
  });

  it('retains the resource on stack deletion', async () => {
    expect(await account.create('reoc-delete', { Kept: logGroup('reoc-delete', kept) })).toBe('CREATE_COMPLETE');
    expect(await account.remove('reoc-delete')).toBeUndefined();
    expect(await groups('reoc-delete')).toEqual(['reoc-delete']);
  });
});

describe('a retained database', () => {
  it('blocks the deletion of its security group, subnet group and subnet', async () => {
    const resources = databaseIn('held', { AvailabilityZone: 'ap-northeast-1a' }, { DeletionPolicy: 'Retain' });
    expect(await account.create('held', resources)).toBe('CREATE_COMPLETE');
    expect(await account.remove('held')).toBe('DELETE_FAILED');
    const failures = await account.failures('held');
    expect(failures['Group']).toContain('has a dependent object');
    expect(failures['SubnetGroup']).toContain('at least one database instance: held is still using it');
    expect(failures['held']).toMatch(/failed to delete: \[(Group, SubnetGroup|SubnetGroup, Group)\]/);
    expect(await account.remove('held')).toBe('DELETE_FAILED');

    await rds().deleteDBInstance({ DBInstanceIdentifier: 'held', SkipFinalSnapshot: true });
    expect(await account.remove('held')).toBeUndefined();
    const { Vpcs = [] } = await new EC2(account.client).describeVpcs({});
    expect(Vpcs.filter(({ CidrBlock }) => CidrBlock === '10.0.0.0/16')).toEqual([]);
  });

  it('allows a forced deletion of its stack only after a failed one', async () => {
    await account.create('left', databaseIn('left', {}, { DeletionPolicy: 'Retain' }));
    await expect(account.remove('left', { DeletionMode: 'FORCE_DELETE_STACK' })).rejects.toThrow('DELETE_FAILED state');
    expect(await account.remove('left')).toBe('DELETE_FAILED');
    expect(await account.remove('left', { DeletionMode: 'FORCE_DELETE_STACK' })).toBeUndefined();
  });
});

describe('deletion protection', () => {
  it('of a database fails the stack deletion', async () => {
    await account.create('guarded', databaseIn('guarded', { DeletionProtection: true }));
    expect(await account.remove('guarded')).toBe('DELETE_FAILED');
    expect((await account.failures('guarded'))['Database']).toContain('Cannot delete protected DB Instance');
    await rds().modifyDBInstance({ DBInstanceIdentifier: 'guarded', DeletionProtection: false });
    expect(await account.remove('guarded')).toBeUndefined();
  });

  it('of a load balancer fails the stack deletion', async () => {
    const balancer = (value: string) => ({
      ...databaseIn('balanced', {}),
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Name: 'balanced',
          Scheme: 'internal',
          Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetC' }],
          LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: value }],
        },
      },
    });
    await account.create('balanced', balancer('true'));
    expect(await account.remove('balanced')).toBe('DELETE_FAILED');
    expect((await account.failures('balanced'))['Balancer']).toContain('because deletion protection is enabled');
  });
});

describe('a bucket with objects', () => {
  it('fails a rollback, and keeps its dependencies', async () => {
    const resources = {
      Log: logGroup('filled'),
      Other: logGroup('filled-other'),
      Files: { ...bucket('filled'), DependsOn: 'Log' },
      ...fills,
      Fill: awsCall('s3', 'PutObject', { Bucket: 'filled', Key: 'file' }, { DependsOn: 'Files' }),
      Broken: { ...logGroup('taken'), DependsOn: 'Fill' },
    };
    expect(await account.create('filled', resources)).toBe('ROLLBACK_FAILED');
    const failures = await account.failures('filled');
    expect(failures['Files']).toContain('not empty');
    expect(failures['filled']).toBe('The following resource(s) failed to delete: [Files]. ');
    expect(await groups('filled')).toEqual(['filled']);
    const { StackResources = [] } = await new CloudFormation(account.client).describeStackResources({
      StackName: 'filled',
    });
    expect(StackResources.map(({ LogicalResourceId, ResourceStatus }) => [LogicalResourceId, ResourceStatus])).toEqual(
      expect.arrayContaining([
        ['Files', 'DELETE_FAILED'],
        ['Log', 'CREATE_COMPLETE'],
      ]),
    );

    await s3().deleteObject({ Bucket: 'filled', Key: 'file' });
    expect(await account.remove('filled')).toBeUndefined();
    expect(await groups('filled')).toEqual([]);
  });

  it('fails the stack deletion', async () => {
    await account.create('full', { Files: bucket('full') });
    await s3().putObject({ Bucket: 'full', Key: 'file', Body: 'full' });
    expect(await account.remove('full')).toBe('DELETE_FAILED');
  });
});

describe('a certificate that is never issued', () => {
  const certificate = (DomainName: string) => ({
    Type: 'AWS::CertificateManager::Certificate',
    Properties: {
      DomainName,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName, HostedZoneId: 'Z0000000SILENT' }],
    },
  });
  const withBucket = (dependsOn: string[]) => ({
    Certificate: certificate('www.silent.example'),
    Later: logGroup('silent-later', { DependsOn: 'Certificate' }),
    Filled: { ...bucket('silent-filled'), DependsOn: dependsOn },
    ...fills,
    Fill: awsCall('s3', 'PutObject', { Bucket: 'silent-filled', Key: 'file' }, { DependsOn: 'Filled' }),
  });

  it('does not delay independent resources: the rollback fails on the filled bucket', async () => {
    expect(await account.create('silent', withBucket([]))).toBe('ROLLBACK_FAILED');
    const failures = await account.failures('silent');
    expect(failures['Certificate']).toContain('timed out');
    expect(failures).not.toHaveProperty('Later');
    expect(failures['Filled']).toContain('not empty');
    await s3().deleteObject({ Bucket: 'silent-filled', Key: 'file' });
    await account.remove('silent');
  });

  it('is rolled back if the bucket depends on it', async () => {
    expect(await account.create('patient', withBucket(['Certificate']))).toBe('ROLLBACK_COMPLETE');
    expect(await groups('silent-later')).toEqual([]);
  });
});
