import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { databaseIn } from './support/resources';

const account = Account.shared({ usedBefore: true });

async function changes(name: string, before: Resources, after: Resources): Promise<void> {
  expect(await account.create(name, before)).toBe('CREATE_COMPLETE');
  expect(await account.update(name, after)).toBe('UPDATE_COMPLETE');
}

describe('an omitted field of a deployment configuration', () => {
  const alarms = (AlarmNames: string[]) => ({ AlarmNames, Enable: AlarmNames.length > 0, Rollback: true });
  const serviceOf = (name: string, DeploymentConfiguration: Resources | undefined): Resources => ({
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: name } },
    Definition: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Family: name, ContainerDefinitions: [{ Name: 'web', Image: 'web', Memory: 128 }] },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        ServiceName: name,
        Cluster: { Ref: 'Cluster' },
        TaskDefinition: { Ref: 'Definition' },
        ...(DeploymentConfiguration && { DeploymentConfiguration }),
      },
    },
  });
  const configurationOf = async (name: string) => {
    const { services } = await new ECS(account.client).describeServices({ cluster: name, services: [name] });
    return services?.[0]?.deploymentConfiguration;
  };
  const before = { MaximumPercent: 200, MinimumHealthyPercent: 50, Alarms: alarms(['bad']) };

  it('is kept by CloudFormation and by UpdateService', async () => {
    await changes('merged', serviceOf('merged', before), serviceOf('merged', { MinimumHealthyPercent: 100 }));
    const kept = { maximumPercent: 200, alarms: { alarmNames: ['bad'], enable: true, rollback: true } };
    expect(await configurationOf('merged')).toEqual({ ...kept, minimumHealthyPercent: 100 });
    const deploymentConfiguration = { minimumHealthyPercent: 0 };
    await new ECS(account.client).updateService({ cluster: 'merged', service: 'merged', deploymentConfiguration });
    expect(await configurationOf('merged')).toEqual({ ...kept, minimumHealthyPercent: 0 });
  });

  it('is kept if the whole configuration is omitted', async () => {
    await changes('whole', serviceOf('whole', before), serviceOf('whole', undefined));
    expect(await configurationOf('whole')).toMatchObject({ minimumHealthyPercent: 50, alarms: { enable: true } });
  });

  it('is cleared by an empty value', async () => {
    await changes('emptied', serviceOf('emptied', before), serviceOf('emptied', { Alarms: alarms([]) }));
    const configuration = await configurationOf('emptied');
    expect(configuration?.alarms).toEqual({ alarmNames: [], enable: false, rollback: true });
  });
});

describe('a bucket that loses a property', () => {
  const s3 = () => new S3({ ...account.client, forcePathStyle: true });
  const bucket = (Properties: Resources): Resources => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties } });

  it('has its versioning suspended, which cannot be removed', async () => {
    const named = { BucketName: 'versions' };
    await changes('Versions', bucket({ ...named, VersioningConfiguration: { Status: 'Enabled' } }), bucket(named));
    expect((await s3().getBucketVersioning({ Bucket: 'versions' })).Status).toBe('Suspended');
  });

  it('keeps its public access block', async () => {
    const named = { BucketName: 'closed' };
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
    await changes('Closed', bucket({ ...named, PublicAccessBlockConfiguration }), bucket(named));
    const { PublicAccessBlockConfiguration: now } = await s3().getPublicAccessBlock({ Bucket: 'closed' });
    expect(now?.BlockPublicAcls).toBe(true);
  });
});

it('a bucket without a lifecycle is told by S3’s error', async () => {
  const s3 = new S3({ ...account.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'for-ever' });
  const asked = s3.getBucketLifecycleConfiguration({ Bucket: 'for-ever' });
  await expect(asked).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
});

it('an endpoint without a type is a gateway, which can be deleted', async () => {
  const ec2 = new EC2(account.client);
  const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
  const wanted = { VpcId: vpc?.VpcId, ServiceName: 'com.amazonaws.ap-northeast-1.s3' };
  const { VpcEndpoint: made } = await ec2.createVpcEndpoint(wanted);
  expect(made?.VpcEndpointType).toBe('Gateway');
  expect(await ec2.deleteVpcEndpoints({ VpcEndpointIds: [made?.VpcEndpointId ?? ''] })).toMatchObject({
    $metadata: { httpStatusCode: 200 },
  });
});

describe('a database that loses a property', () => {
  const database = async (DBInstanceIdentifier: string) =>
    (await new RDS(account.client).describeDBInstances({ DBInstanceIdentifier })).DBInstances?.[0];

  it('ends storage autoscaling', async () => {
    await changes('growing', databaseIn('growing', { MaxAllocatedStorage: 100 }), databaseIn('growing', {}));
    expect(await database('growing')).not.toHaveProperty('MaxAllocatedStorage');
  });

  it('keeps its backup retention period', async () => {
    await changes('backed-up', databaseIn('backed-up', { BackupRetentionPeriod: 9 }), databaseIn('backed-up', {}));
    expect((await database('backed-up'))?.BackupRetentionPeriod).toBe(9);
  });
});
