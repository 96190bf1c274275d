import type {
  ContainerProperties,
  SubmitJobCommandInput,
  UpdateComputeEnvironmentCommandInput,
} from '@aws-sdk/client-batch';
import { names } from '../support/running-dev';
import { batch, s3 } from './clients';
import type { Restore } from './breaking';

export async function submit(
  file: string,
  more: Partial<SubmitJobCommandInput['containerOverrides']> = {},
): Promise<string> {
  const environment = [{ name: 'IMPORT_FILE_KEY', value: file }];
  const job = { jobName: 'users', jobQueue: names.jobQueue, jobDefinition: names.jobDefinition };
  const containerOverrides = { environment, ...more };
  return (await batch.submitJob({ ...job, containerOverrides })).jobId ?? '';
}

export async function until(jobId: string, ...wanted: readonly string[]): Promise<void> {
  for (;;) {
    const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
    if (wanted.includes(jobs[0]?.status ?? '')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Imports users who are there, so that the last import is one that succeeded. */
export async function importWell(Bucket: string | undefined): Promise<void> {
  const Body = 'email,name\nann@example.com,Ann\n';
  await s3.putObject({ Bucket, Key: 'imports/good.csv', Body });
  await until(await submit('imports/good.csv'), 'SUCCEEDED');
}

export async function withEnvironment(
  change: Omit<UpdateComputeEnvironmentCommandInput, 'computeEnvironment'>,
): Promise<Restore> {
  const wanted = { computeEnvironments: [names.computeEnvironment] };
  const [before] = (await batch.describeComputeEnvironments(wanted)).computeEnvironments ?? [];
  const it = { computeEnvironment: names.computeEnvironment };
  await batch.updateComputeEnvironment({ ...it, ...change });
  const { subnets, maxvCpus } = before?.computeResources ?? {};
  const computeResources = { subnets, maxvCpus };
  return () => batch.updateComputeEnvironment({ ...it, state: 'ENABLED', computeResources });
}

export async function withoutQueue(): Promise<Restore> {
  const it = { jobQueue: names.jobQueue };
  await batch.updateJobQueue({ ...it, state: 'DISABLED' });
  return () => batch.updateJobQueue({ ...it, state: 'ENABLED' });
}

/** Registers a revision of the import's job definition by hand, and deregisters it again. */
export async function withJobDefinition(
  change: (container: ContainerProperties) => Partial<ContainerProperties>,
): Promise<Restore> {
  const wanted = { jobDefinitionName: names.jobDefinition, status: 'ACTIVE' };
  const { jobDefinitions = [] } = await batch.describeJobDefinitions(wanted);
  const [newest] = jobDefinitions.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
  const { containerProperties: container = {}, platformCapabilities } = newest ?? {};
  const { jobDefinitionArn: jobDefinition } = await batch.registerJobDefinition({
    jobDefinitionName: names.jobDefinition,
    type: 'container',
    platformCapabilities,
    containerProperties: { ...container, ...change(container) },
  });
  return () => batch.deregisterJobDefinition({ jobDefinition });
}
