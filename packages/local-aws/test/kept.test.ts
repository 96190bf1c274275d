import { Batch } from '@aws-sdk/client-batch';
import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { describeDatabase } from './support/databases';
import { databaseIn } from './support/resources';

const account = Account.shared({ usedBefore: true });

describe('an update that omits a field of the deployment configuration', () => {
  const ecs = new ECS(account.client);

  function withService(name: string, deploymentConfiguration: Resources | undefined): Resources {
    return {
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
          DeploymentConfiguration: deploymentConfiguration,
        },
      },
    };
  }

  const before = {
    MaximumPercent: 200,
    MinimumHealthyPercent: 50,
    Alarms: { AlarmNames: ['errors'], Enable: true, Rollback: true },
  };

  it('clears a field that it sets to an empty value, and no other one', async () => {
    const name = 'emptied';
    const after = { Alarms: { AlarmNames: [], Enable: false, Rollback: true } };
    await account.deploy(name, withService(name, before), withService(name, after));
    const { services = [] } = await ecs.describeServices({ cluster: name, services: [name] });
    expect(services[0]?.deploymentConfiguration).toEqual({
      maximumPercent: 200,
      minimumHealthyPercent: 50,
      alarms: { alarmNames: [], enable: false, rollback: true },
    });
  });
});

it('a bucket that loses a property has its versioning suspended, and keeps its public access block', async () => {
  const publicAccessBlock = { BlockPublicAcls: true };
  const withBucket = (properties: Resources) => ({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'loses', ...properties } },
  });
  const before = withBucket({
    PublicAccessBlockConfiguration: publicAccessBlock,
    VersioningConfiguration: { Status: 'Enabled' },
  });
  await account.deploy('bucket', before, withBucket({}));

  const s3 = new S3(account.client);
  expect(await s3.getBucketVersioning({ Bucket: 'loses' })).toMatchObject({ Status: 'Suspended' });
  expect(await s3.getPublicAccessBlock({ Bucket: 'loses' })).toMatchObject({
    PublicAccessBlockConfiguration: publicAccessBlock,
  });
});

it('a database that loses a property ends storage autoscaling, and keeps its backup retention period', async () => {
  const before = databaseIn('grown', { MaxAllocatedStorage: 100, BackupRetentionPeriod: 9 });
  await account.deploy('grown', before, databaseIn('grown'));
  const database = await describeDatabase(account, 'grown');
  expect(database).not.toHaveProperty('MaxAllocatedStorage');
  expect(database).toMatchObject({ BackupRetentionPeriod: 9 });
});

describe('the previous revision of a job definition', () => {
  const batch = new Batch(account.client);

  beforeAll(async () => {
    const { computeEnvironmentArn } = await batch.createComputeEnvironment({
      computeEnvironmentName: 'environment',
      type: 'UNMANAGED',
      state: 'ENABLED',
    });
    await batch.createJobQueue({
      jobQueueName: 'queue',
      priority: 1,
      state: 'ENABLED',
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentArn }],
    });
  });

  function withDefinition(name: string, image: string, properties: Resources = {}): Resources {
    return {
      Definition: {
        Type: 'AWS::Batch::JobDefinition',
        Properties: {
          JobDefinitionName: name,
          Type: 'container',
          ContainerProperties: { Image: image, Vcpus: 1, Memory: 512 },
          ...properties,
        },
      },
    };
  }

  const submit = (jobDefinition = '') => batch.submitJob({ jobName: 'job', jobQueue: 'queue', jobDefinition });

  /** Answer of a revision to a job. */
  async function answerOf(jobDefinition: string | undefined): Promise<string> {
    try {
      await submit(jobDefinition);
      return 'accepts a job';
    } catch (error) {
      if (String(error).endsWith('is not in ACTIVE state.')) return 'is inactive';
      throw error;
    }
  }

  /** Answer of each revision to a job, by its number. */
  async function answersOf(name: string): Promise<Record<string, string>> {
    const { jobDefinitions = [] } = await batch.describeJobDefinitions({ jobDefinitionName: name });
    const answers: Record<string, string> = {};
    for (const { revision, jobDefinitionArn } of jobDefinitions) {
      answers[`${revision}`] = await answerOf(jobDefinitionArn);
    }
    return answers;
  }

  it('accepts no job', async () => {
    await account.deploy('retired', withDefinition('retired', 'one'), withDefinition('retired', 'two'));
    expect(await answersOf('retired')).toEqual({ 1: 'is inactive', 2: 'accepts a job' });
  });

  it('stays active with SkipDeregisterOnUpdate, even after the stack’s deletion', async () => {
    const skip = { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } };
    await account.deploy('kept', withDefinition('kept', 'one', skip), withDefinition('kept', 'two', skip));
    expect(await answersOf('kept')).toEqual({ 1: 'accepts a job', 2: 'accepts a job' });
    await account.remove('kept');
    expect(await answersOf('kept')).toEqual({ 1: 'accepts a job', 2: 'is inactive' });
  });
});

describe('the automated backups of a database', () => {
  const rds = new RDS(account.client);

  /** Status of the automated backups of each database, also of deleted ones. */
  async function backupStatuses(): Promise<Record<string, unknown>> {
    const { DBInstanceAutomatedBackups = [] } = await rds.describeDBInstanceAutomatedBackups({});
    const statuses: Record<string, unknown> = {};
    for (const { DBInstanceIdentifier = '', Status } of DBInstanceAutomatedBackups) {
      statuses[DBInstanceIdentifier] = Status;
    }
    return statuses;
  }

  /** Source of a restore: a database, or the resource id of a deleted one. */
  type RestoreSource = { SourceDBInstanceIdentifier: string } | { SourceDbiResourceId: string | undefined };

  const restore = (target: string, source: RestoreSource) =>
    rds.restoreDBInstanceToPointInTime({
      ...source,
      TargetDBInstanceIdentifier: target,
      UseLatestRestorableTime: true,
    });

  it.each([
    {
      title: 'are retained if DeleteAutomatedBackups is false',
      name: 'retained',
      properties: { BackupRetentionPeriod: 7, DeleteAutomatedBackups: false },
      status: 'retained',
    },
    {
      title: 'do not exist without a retention period',
      name: 'none',
      properties: { BackupRetentionPeriod: 0, DeleteAutomatedBackups: false },
      status: undefined,
    },
  ])('$title', async ({ name, properties, status }) => {
    await account.deploy(name, databaseIn(name, properties));
    expect(await account.remove(name)).toBeUndefined();
    const statuses = await backupStatuses();
    expect(statuses[name]).toBe(status);
  });

  it('are deleted with the database by default, and cannot be restored', async () => {
    await account.deploy('discarded', databaseIn('discarded', { BackupRetentionPeriod: 7 }));
    const database = await describeDatabase(account, 'discarded');
    await rds.deleteDBInstance({ DBInstanceIdentifier: 'discarded', SkipFinalSnapshot: true });
    const restoration = restore('discarded', { SourceDbiResourceId: database?.DbiResourceId });
    await expect(restoration).rejects.toMatchObject({ name: 'DBInstanceAutomatedBackupNotFoundFault' });
  });

  it('that do not exist fail a point-in-time restore', async () => {
    await account.deploy('plain', databaseIn('plain', { BackupRetentionPeriod: 0 }));
    const restoration = restore('other', { SourceDBInstanceIdentifier: 'plain' });
    await expect(restoration).rejects.toMatchObject({ name: 'PointInTimeRestoreNotEnabledFault' });
  });
});
