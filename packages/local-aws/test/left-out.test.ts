import { ECS } from '@aws-sdk/client-ecs';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { database } from './support/databases';
import { databaseIn } from './support/resources';

const account = Account.shared({ usedBefore: true });

describe('an omitted field of a deployment configuration', () => {
  const ecs = new ECS(account.client);
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
  const before = { MaximumPercent: 200, MinimumHealthyPercent: 50, Alarms: alarms(['bad']) };
  const kept = { maximumPercent: 200, alarms: { alarmNames: ['bad'], enable: true, rollback: true } };
  const configurationOf = async (name: string) =>
    (await ecs.describeServices({ cluster: name, services: [name] })).services?.[0]?.deploymentConfiguration;

  it.each([
    ['is kept', 'merged', { MinimumHealthyPercent: 100 }, { ...kept, minimumHealthyPercent: 100 }],
    ['is kept with the whole configuration', 'whole', undefined, { ...kept, minimumHealthyPercent: 50 }],
    [
      'is cleared by an empty value only',
      'emptied',
      { Alarms: alarms([]) },
      { maximumPercent: 200, minimumHealthyPercent: 50, alarms: { alarmNames: [], enable: false, rollback: true } },
    ],
  ])('%s', async (_, name, after, expected) => {
    await account.deploy(name, serviceOf(name, before), serviceOf(name, after));
    expect(await configurationOf(name)).toEqual(expected);
  });

  it('is kept by UpdateService, too', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 0 };
    await ecs.updateService({ cluster: 'merged', service: 'merged', deploymentConfiguration });
    expect(await configurationOf('merged')).toEqual({ ...kept, minimumHealthyPercent: 0 });
  });
});

it('a bucket that loses a property has its versioning suspended, and keeps its public access block', async () => {
  const s3 = new S3(account.client);
  const bucket = (more: Resources) => ({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'loses', ...more } },
  });
  const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
  const VersioningConfiguration = { Status: 'Enabled' };
  await account.deploy('bucket', bucket({ PublicAccessBlockConfiguration, VersioningConfiguration }), bucket({}));
  expect((await s3.getBucketVersioning({ Bucket: 'loses' })).Status).toBe('Suspended');
  expect(await s3.getPublicAccessBlock({ Bucket: 'loses' })).toMatchObject({ PublicAccessBlockConfiguration });
});

it('a database that loses a property ends storage autoscaling, and keeps its backup retention period', async () => {
  const before = databaseIn('grown', { MaxAllocatedStorage: 100, BackupRetentionPeriod: 9 });
  await account.deploy('grown', before, databaseIn('grown', {}));
  expect(await database(account, 'grown')).not.toHaveProperty('MaxAllocatedStorage');
  expect(await database(account, 'grown')).toMatchObject({ BackupRetentionPeriod: 9 });
});
