import type { StackSummary } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { logGroup, logGroupNames } from './support/log-groups';
import { awsCall, databaseIn, functionWith, roleAllowing } from './support/resources';

/** Zone to which no registrar delegates: a certificate for its names is never issued. */
const SILENT_ZONE = 'Z0000000SILENT';

const account = Account.shared({
  usedBefore: true,
  hostedZones: [{ id: SILENT_ZONE, name: 'silent.example.', delegated: false }],
});
const rds = new RDS(account.client);
const s3 = new S3(account.client);

beforeAll(() => new CloudWatchLogs(account.client).createLogGroup({ logGroupName: 'taken' }));

function bucket(name: string, dependsOn?: string): Resources {
  return { Type: 'AWS::S3::Bucket', Properties: { BucketName: name }, DependsOn: dependsOn };
}

/** Custom resource `Fill` that puts an object into a bucket once that is created. */
function withFill(bucketName: string, bucketId: string): Resources {
  return {
    ...functionWith(roleAllowing('s3:PutObject')),
    Fill: awsCall({
      client: 's3',
      command: 'PutObject',
      parameters: { Bucket: bucketName, Key: 'file' },
      dependsOn: bucketId,
    }),
  };
}

describe('a resource whose DeletionPolicy is RetainExceptOnCreate', () => {
  const Kept = logGroup('except', { DeletionPolicy: 'RetainExceptOnCreate' });

  it('is deleted by the rollback of its creation', async () => {
    const resources = { Kept, Fails: logGroup('taken', { DependsOn: 'Kept' }) };
    await account.refusesCreation('rollback', resources, { Fails: 'already exists' });
    expect(await logGroupNames(account, 'except')).toEqual([]);
  });

  it('is retained by the deletion of its stack', async () => {
    await account.deploy('except', { Kept });
    expect(await account.remove('except')).toBeUndefined();
    expect(await logGroupNames(account, 'except')).toEqual(['except']);
  });
});

describe('a deleted stack', () => {
  const { cloudFormation } = account;
  let deletedStack: StackSummary | undefined;

  beforeAll(async () => {
    await cloudFormation.createStack({
      StackName: 'remembered',
      TemplateBody: JSON.stringify({ Resources: { Group: logGroup('remembered') } }),
      Tags: [{ Key: 'Made', Value: 'for-a-while' }],
    });
    await cloudFormation.deleteStack({ StackName: 'remembered', ClientRequestToken: 'no-longer-needed' });
    const { StackSummaries = [] } = await cloudFormation.listStacks({ StackStatusFilter: ['DELETE_COMPLETE'] });
    deletedStack = StackSummaries.find(({ StackName }) => StackName === 'remembered');
  });

  it('is listed with the time of its deletion', () => {
    expect(deletedStack?.DeletionTime).toBeInstanceOf(Date);
  });

  it('is described under its ARN, with its tags', async () => {
    const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: deletedStack?.StackId });
    expect(Stacks).toHaveLength(1);
    expect(Stacks[0]).toMatchObject({
      StackStatus: 'DELETE_COMPLETE',
      Tags: [{ Key: 'Made', Value: 'for-a-while' }],
    });
  });

  it('has events with the token of its deletion', async () => {
    const { StackEvents = [] } = await cloudFormation.describeStackEvents({ StackName: deletedStack?.StackId });
    const deletion = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'DELETE_COMPLETE');
    expect(deletion?.ClientRequestToken).toBe('no-longer-needed');
  });
});

it('an interface endpoint that others created holds its subnets, and its security group the VPC', async () => {
  const ec2 = new EC2(account.client);
  await account.deploy('watched', {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.9.1.0/24' } },
  });
  const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'cidr-block', Values: ['10.9.1.0/24'] }] });
  const { VpcId, SubnetId = '' } = Subnets[0] ?? {};
  const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: 'watcher', Description: 'Watcher', VpcId });
  const { VpcEndpoint } = await ec2.createVpcEndpoint({
    VpcId,
    ServiceName: 'com.amazonaws.ap-northeast-1.guardduty-data',
    VpcEndpointType: 'Interface',
    SubnetIds: [SubnetId],
    SecurityGroupIds: [GroupId],
  });

  await account.refusesDeletion('watched', { Subnet: 'has dependencies and cannot be deleted' });
  await expect(ec2.deleteSecurityGroup({ GroupId })).rejects.toThrow('has a dependent object');
  await ec2.deleteVpcEndpoints({ VpcEndpointIds: [VpcEndpoint?.VpcEndpointId ?? ''] });
  await account.refusesDeletion('watched', { Vpc: 'has dependencies and cannot be deleted' });
  await ec2.deleteSecurityGroup({ GroupId });
  expect(await account.remove('watched')).toBeUndefined();
});

it('a forced deletion abandons resources that cannot be deleted', async () => {
  await account.deploy('left', databaseIn('left', {}, { DeletionPolicy: 'Retain' }));
  expect(await account.remove('left')).toBe('DELETE_FAILED');
  expect(await account.remove('left', { DeletionMode: 'FORCE_DELETE_STACK' })).toBeUndefined();
});

describe('deletion protection', () => {
  beforeAll(() =>
    account.deploy('guarded', {
      ...databaseIn('guarded', { DeletionProtection: true }),
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Scheme: 'internal',
          Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetC' }],
          LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
        },
      },
    }),
  );

  it('of a database and of a load balancer fails the deletion of their stack', async () => {
    await account.refusesDeletion('guarded', {
      Database: 'Cannot delete protected DB Instance',
      Balancer: 'because deletion protection is enabled',
    });
  });

  it('of the load balancer alone still fails it', async () => {
    await rds.modifyDBInstance({ DBInstanceIdentifier: 'guarded', DeletionProtection: false });
    await account.refusesDeletion('guarded', { guarded: 'failed to delete: [Balancer]' });
  });
});

describe('a certificate that is never issued', () => {
  const domainName = 'www.silent.example';
  const Certificate = {
    Type: 'AWS::CertificateManager::Certificate',
    Properties: {
      DomainName: domainName,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: domainName, HostedZoneId: SILENT_ZONE }],
    },
  };
  const Later = logGroup('silent-later', { DependsOn: 'Certificate' });

  it('does not delay independent resources: the rollback fails on a bucket that was filled meanwhile', async () => {
    const status = await account.create('silent', {
      Certificate,
      Later,
      Files: bucket('silent-files'),
      ...withFill('silent-files', 'Files'),
    });
    expect(status).toBe('ROLLBACK_FAILED');
    const failures = await account.failures('silent');
    expect(failures['Certificate']).toContain('timed out');
    expect(failures).not.toHaveProperty('Later');
    expect(failures['Files']).toContain('not empty');
    await s3.deleteObject({ Bucket: 'silent-files', Key: 'file' });
    await account.remove('silent');
  });

  it('is waited for by a bucket that depends on it, which stays empty: the rollback completes', async () => {
    const status = await account.create('patient', {
      Certificate,
      Later,
      Files: bucket('silent-files', 'Certificate'),
      ...withFill('silent-files', 'Files'),
    });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(await logGroupNames(account, 'silent-later')).toEqual([]);
  });
});
