import { Batch } from '@aws-sdk/client-batch';
import { Account, type Resources } from './support/account';

const account = Account.shared({ usedBefore: true });
let batch: Batch;

beforeAll(async () => {
  batch = new Batch(account.client);
  const environment = { computeEnvironmentName: 'environment', type: 'UNMANAGED', state: 'ENABLED' } as const;
  const { computeEnvironmentArn: computeEnvironment } = await batch.createComputeEnvironment(environment);
  const computeEnvironmentOrder = [{ order: 1, computeEnvironment }];
  await batch.createJobQueue({ jobQueueName: 'queue', priority: 1, state: 'ENABLED', computeEnvironmentOrder });
}, 60_000);

const definition = (JobDefinitionName: string, Image: string, more: Resources = {}) => ({
  Definition: {
    Type: 'AWS::Batch::JobDefinition',
    Properties: {
      JobDefinitionName,
      Type: 'container',
      ContainerProperties: {
        Image,
        ResourceRequirements: [
          { Type: 'VCPU', Value: '1' },
          { Type: 'MEMORY', Value: '512' },
        ],
      },
      ...more,
    },
  },
});

/** Each revision, oldest first: true if it accepts a job. */
async function revisions(jobDefinitionName: string): Promise<boolean[]> {
  const { jobDefinitions = [] } = await batch.describeJobDefinitions({ jobDefinitionName });
  const inOrder = jobDefinitions.toSorted((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
  return Promise.all(
    inOrder.map(({ jobDefinitionArn: jobDefinition }) =>
      batch.submitJob({ jobName: 'job', jobQueue: 'queue', jobDefinition }).then(
        () => true,
        (error: unknown) => {
          expect(String(error)).toContain('is not in ACTIVE state');
          return false;
        },
      ),
    ),
  );
}

describe('the previous revision of a job definition', () => {
  it('accepts no job', async () => {
    await account.create('retired', definition('retired', 'one'));
    expect(await account.update('retired', definition('retired', 'two'))).toBe('UPDATE_COMPLETE');
    expect(await revisions('retired')).toEqual([false, true]);
  });

  it('is skipped by a job without a revision', async () => {
    await account.create('named', definition('named', 'one'));
    const containerProperties = { image: 'two', vcpus: 1, memory: 512 };
    const name = { jobDefinitionName: 'named', type: 'container' } as const;
    const { jobDefinitionArn } = await batch.registerJobDefinition({ ...name, containerProperties });
    await batch.deregisterJobDefinition({ jobDefinition: jobDefinitionArn });
    const job = { jobName: 'job', jobQueue: 'queue', jobDefinition: 'named' };
    const { jobId = '' } = await batch.submitJob(job);
    const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
    expect(jobs[0]?.jobDefinition).toMatch(/job-definition\/named:1$/);
  });

  it('stays active with SkipDeregisterOnUpdate, even after the stack’s deletion', async () => {
    const kept = { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } };
    await account.create('kept', definition('kept', 'one', kept));
    expect(await account.update('kept', definition('kept', 'two', kept))).toBe('UPDATE_COMPLETE');
    expect(await revisions('kept')).toEqual([true, true]);
    await account.remove('kept');
    expect(await revisions('kept')).toEqual([true, false]);
  });
});
