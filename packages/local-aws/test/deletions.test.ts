import { CloudFormation, type StackResource } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { Route53, type ResourceRecordSet } from '@aws-sdk/client-route-53';
import { S3 } from '@aws-sdk/client-s3';
import { Account } from './support/account';
import { groups, logGroup } from './support/log-groups';
import { allowing, awsCall, databaseIn, functionWith } from './support/resources';

const account = Account.shared({
  usedBefore: true,
  hostedZones: [{ id: 'Z0000000SILENT', name: 'silent.example', delegated: false }],
});
const rds = new RDS(account.client);
const s3 = new S3(account.client);

const bucket = (BucketName: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });

/** Function that fills a bucket. */
const fills = functionWith({ Policies: [{ PolicyName: 's3', PolicyDocument: allowing('s3:PutObject') }] });
const fill = (Bucket: string, DependsOn: string) => awsCall('s3', 'PutObject', { Bucket, Key: 'file' }, { DependsOn });

it('RetainExceptOnCreate deletes a new resource on rollback, and retains it on stack deletion', async () => {
  const Kept = logGroup('except', { DeletionPolicy: 'RetainExceptOnCreate' });
  await new CloudWatchLogs(account.client).createLogGroup({ logGroupName: 'taken' });
  await account.refuses('create', 'rollback', { Kept, Fails: logGroup('taken', { DependsOn: 'Kept' }) }, {});
  expect(await groups(account, 'except')).toEqual({});
  await account.deploy('except', { Kept });
  expect(await account.remove('except')).toBeUndefined();
  expect(await groups(account, 'except')).toEqual({ except: undefined });
});

it('a retained database blocks the deletion of its security group, subnet group and subnet', async () => {
  const resources = databaseIn('held', { AvailabilityZone: 'ap-northeast-1a' }, { DeletionPolicy: 'Retain' });
  await account.deploy('held', resources);
  await expect(account.remove('held', { DeletionMode: 'FORCE_DELETE_STACK' })).rejects.toThrow('DELETE_FAILED state');
  await account.refuses(
    'remove',
    'held',
    {},
    {
      Group: 'has a dependent object',
      SubnetGroup: 'at least one database instance: held is still using it',
      held: 'failed to delete: [',
    },
  );
  expect((await account.failures('held'))['held']).toMatch(/\[(Group, SubnetGroup|SubnetGroup, Group)\]/);
  expect(await account.remove('held')).toBe('DELETE_FAILED');

  await rds.deleteDBInstance({ DBInstanceIdentifier: 'held', SkipFinalSnapshot: true });
  expect(await account.remove('held')).toBeUndefined();
  const { Vpcs = [] } = await new EC2(account.client).describeVpcs({});
  expect(Vpcs.filter(({ CidrBlock }) => CidrBlock === '10.0.0.0/16')).toEqual([]);
});

it('a forced deletion abandons what cannot be deleted', async () => {
  await account.deploy('left', databaseIn('left', {}, { DeletionPolicy: 'Retain' }));
  expect(await account.remove('left')).toBe('DELETE_FAILED');
  expect(await account.remove('left', { DeletionMode: 'FORCE_DELETE_STACK' })).toBeUndefined();
});

it('deletion protection of a database and of a load balancer fails the stack deletion', async () => {
  const Balancer = {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: {
      Scheme: 'internal',
      Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetC' }],
      LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
    },
  };
  await account.deploy('guarded', { ...databaseIn('guarded', { DeletionProtection: true }), Balancer });
  await account.refuses(
    'remove',
    'guarded',
    {},
    {
      Database: 'Cannot delete protected DB Instance',
      Balancer: 'because deletion protection is enabled',
    },
  );
  await rds.modifyDBInstance({ DBInstanceIdentifier: 'guarded', DeletionProtection: false });
  await account.refuses('remove', 'guarded', {}, { guarded: 'failed to delete: [Balancer]' });
});

/** Status of each resource by its logical id. */
function statusesOf(
  resources: readonly Pick<StackResource, 'LogicalResourceId' | 'ResourceStatus'>[] = [],
): Record<string, string | undefined> {
  return Object.fromEntries(
    resources.map(({ LogicalResourceId = '', ResourceStatus }) => [LogicalResourceId, ResourceStatus]),
  );
}

describe('a bucket with objects', () => {
  it('fails a rollback, and keeps its dependencies', async () => {
    const resources = {
      Log: logGroup('filled'),
      Other: logGroup('filled-other'),
      Files: { ...bucket('filled'), DependsOn: 'Log' },
      ...fills,
      Fill: fill('filled', 'Files'),
      Broken: logGroup('taken', { DependsOn: 'Fill' }),
    };
    expect(await account.create('filled', resources)).toBe('ROLLBACK_FAILED');
    expect(await account.failures('filled')).toMatchObject({
      Files: expect.stringContaining('not empty') as string,
      filled: 'The following resource(s) failed to delete: [Files]. ',
    });
    expect(await groups(account, 'filled')).toEqual({ filled: undefined });
    const stack = { StackName: 'filled' };
    const cloudFormation = new CloudFormation(account.client);
    const { StackResources } = await cloudFormation.describeStackResources(stack);
    const { StackResourceSummaries } = await cloudFormation.listStackResources(stack);
    const ownStatuses = { Files: 'DELETE_FAILED', Log: 'CREATE_COMPLETE' };
    expect(statusesOf(StackResources)).toMatchObject(ownStatuses);
    expect(statusesOf(StackResourceSummaries)).toMatchObject(ownStatuses);

    await s3.deleteObject({ Bucket: 'filled', Key: 'file' });
    expect(await account.remove('filled')).toBeUndefined();
    expect(await groups(account, 'filled')).toEqual({});
  });

  it('fails the stack deletion', async () => {
    await account.deploy('full', { Files: bucket('full') });
    await s3.putObject({ Bucket: 'full', Key: 'file', Body: 'full' });
    await account.refuses('remove', 'full', {}, { Files: 'not empty' });
  });
});

it('a DNS record is created once, and again after its deletion', async () => {
  const route53 = new Route53(account.client);
  const change = (Action: 'CREATE' | 'DELETE', Name: string) => {
    const record: ResourceRecordSet = { Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '10.0.0.1' }] };
    const ChangeBatch = { Changes: [{ Action, ResourceRecordSet: record }] };
    return route53.changeResourceRecordSets({ HostedZoneId: 'Z0000000SILENT', ChangeBatch });
  };
  for (const name of ['a.silent.example', 'b.silent.example']) await change('CREATE', name);
  await expect(change('CREATE', 'a.silent.example')).rejects.toThrow('already exists');
  await change('DELETE', 'a.silent.example');
  await change('CREATE', 'a.silent.example');
});

describe('a certificate that is never issued', () => {
  const DomainName = 'www.silent.example';
  const withBucket = (dependsOn: string[]) => ({
    Certificate: {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: {
        DomainName,
        ValidationMethod: 'DNS',
        DomainValidationOptions: [{ DomainName, HostedZoneId: 'Z0000000SILENT' }],
      },
    },
    Later: logGroup('silent-later', { DependsOn: 'Certificate' }),
    Filled: { ...bucket('silent-filled'), DependsOn: dependsOn },
    ...fills,
    Fill: fill('silent-filled', 'Filled'),
  });

  it('does not delay independent resources: the rollback fails on the filled bucket', async () => {
    expect(await account.create('silent', withBucket([]))).toBe('ROLLBACK_FAILED');
    const failures = await account.failures('silent');
    expect(failures['Certificate']).toContain('timed out');
    expect(failures).not.toHaveProperty('Later');
    expect(failures['Filled']).toContain('not empty');
    await s3.deleteObject({ Bucket: 'silent-filled', Key: 'file' });
    await account.remove('silent');
  });

  it('is rolled back if the bucket depends on it', async () => {
    expect(await account.create('patient', withBucket(['Certificate']))).toBe('ROLLBACK_COMPLETE');
    expect(await groups(account, 'silent-later')).toEqual({});
  });
});
