import { Batch } from '@aws-sdk/client-batch';
import { Account, type Resources } from './support/account';

const account = Account.shared({ usedBefore: true });
const batch = new Batch(account.client);
const submit = (jobDefinition = '') => batch.submitJob({ jobName: 'job', jobQueue: 'queue', jobDefinition });

beforeAll(async () => {
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

describe('the previous revision of a job definition', () => {
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
