import { Batch } from '@aws-sdk/client-batch';
import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
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

describe('the previous revision of a job definition', () => {
  const batch = new Batch(account.client);
  const submit = (jobDefinition = '') => batch.submitJob({ jobName: 'job', jobQueue: 'queue', jobDefinition });

  beforeAll(async () => {
    const environment = { computeEnvironmentName: 'environment', type: 'UNMANAGED', state: 'ENABLED' } as const;
    const { computeEnvironmentArn: computeEnvironment } = await batch.createComputeEnvironment(environment);
    const computeEnvironmentOrder = [{ order: 1, computeEnvironment }];
    await batch.createJobQueue({ jobQueueName: 'queue', priority: 1, state: 'ENABLED', computeEnvironmentOrder });
  });

  const definition = (JobDefinitionName: string, Image: string, more: Resources = {}) => ({
    Definition: {
      Type: 'AWS::Batch::JobDefinition',
      Properties: {
        JobDefinitionName,
        Type: 'container',
        ContainerProperties: { Image, Vcpus: 1, Memory: 512 },
        ...more,
      },
    },
  });

  /** Answer of each revision to a job, oldest first. */
  async function revisions(jobDefinitionName: string): Promise<string[]> {
    const { jobDefinitions = [] } = await batch.describeJobDefinitions({ jobDefinitionName });
    const inOrder = jobDefinitions.toSorted((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
    const answers = inOrder.map(({ jobDefinitionArn }) => submit(jobDefinitionArn).then(() => 'accepted', String));
    return (await Promise.all(answers)).map((said) => said.replace(/.* (is not in ACTIVE state)\.$/, '$1'));
  }

  const retired = 'is not in ACTIVE state';

  it('accepts no job', async () => {
    await account.deploy('retired', definition('retired', 'one'), definition('retired', 'two'));
    expect(await revisions('retired')).toEqual([retired, 'accepted']);
  });

  it('is skipped by a job without a revision', async () => {
    await account.deploy('named', definition('named', 'one'));
    const containerProperties = { image: 'two', vcpus: 1, memory: 512 };
    const name = { jobDefinitionName: 'named', type: 'container' } as const;
    const { jobDefinitionArn } = await batch.registerJobDefinition({ ...name, containerProperties });
    await batch.deregisterJobDefinition({ jobDefinition: jobDefinitionArn });
    const { jobId = '' } = await submit('named');
    const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
    expect(jobs[0]?.jobDefinition).toMatch(/job-definition\/named:1$/);
  });

  it('stays active with SkipDeregisterOnUpdate, even after the stack’s deletion', async () => {
    const kept = { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } };
    await account.deploy('kept', definition('kept', 'one', kept), definition('kept', 'two', kept));
    expect(await revisions('kept')).toEqual(['accepted', 'accepted']);
    await account.remove('kept');
    expect(await revisions('kept')).toEqual(['accepted', retired]);
  });
});

describe('the automated backups of a database', () => {
  const rds = new RDS(account.client);

  async function backups(): Promise<Record<string, unknown>> {
    const { DBInstanceAutomatedBackups: found = [] } = await rds.describeDBInstanceAutomatedBackups({});
    return Object.fromEntries(found.map(({ DBInstanceIdentifier: id, Status }) => [id, Status] as [string, string]));
  }

  const restore = (TargetDBInstanceIdentifier: string, source: object) =>
    rds.restoreDBInstanceToPointInTime({ TargetDBInstanceIdentifier, ...source, UseLatestRestorableTime: true });

  it.each([
    ['deleted with their stack by default', 'by-default', {}, undefined],
    ['retained if DeleteAutomatedBackups is false', 'retained', { DeleteAutomatedBackups: false }, 'retained'],
    [
      'absent without a retention period',
      'none',
      { DeleteAutomatedBackups: false, BackupRetentionPeriod: 0 },
      undefined,
    ],
  ])('are %s', async (_, name, more, status) => {
    await account.deploy(name, databaseIn(name, { BackupRetentionPeriod: 7, ...more }));
    expect(await account.remove(name)).toBeUndefined();
    expect((await backups())[name]).toBe(status);
  });

  it('DeleteDBInstance retains automated backups on request only, and a restore finds no others', async () => {
    const names = ['lost', 'discarded'] as const;
    for (const name of names) await account.create(name, databaseIn(name, { BackupRetentionPeriod: 7, MultiAZ: true }));
    expect(await backups()).toMatchObject({ lost: 'active', discarded: 'active' });
    const [lost, discarded] = await Promise.all(
      names.map(async (name) => (await database(account, name))?.DbiResourceId),
    );
    const skip = { SkipFinalSnapshot: true };
    await rds.deleteDBInstance({ ...skip, DBInstanceIdentifier: 'discarded' });
    await rds.deleteDBInstance({ ...skip, DBInstanceIdentifier: 'lost', DeleteAutomatedBackups: false });
    expect(await backups()).toMatchObject({ lost: 'retained' });
    await expect(restore('discarded', { SourceDbiResourceId: discarded })).rejects.toMatchObject({
      name: 'DBInstanceAutomatedBackupNotFoundFault',
    });
    await expect(restore('lost', { SourceDBInstanceIdentifier: 'lost' })).rejects.toThrow('not found');
    const { DBInstance } = await restore('lost', { SourceDbiResourceId: lost });
    expect(DBInstance).toMatchObject({ DBInstanceIdentifier: 'lost', MultiAZ: false });
  });

  it('a point-in-time restore fails without a retention period', async () => {
    await account.create('plain', databaseIn('plain', { BackupRetentionPeriod: 0 }));
    await expect(restore('other', { SourceDBInstanceIdentifier: 'plain' })).rejects.toMatchObject({
      name: 'PointInTimeRestoreNotEnabledFault',
    });
  });
});
