import type { ContainerProperties, JobStatus, SubmitJobCommandInput } from '@aws-sdk/client-batch';
import { names } from '../../support/running-dev';
import { batch, s3 } from './clients';

/** Submits an import of a file, or of another command, and returns the job's id. */
export async function submit(
  file: string,
  overrides: Partial<SubmitJobCommandInput['containerOverrides']> = {},
): Promise<string> {
  const { jobId = '' } = await batch.submitJob({
    jobName: 'users',
    jobQueue: names.jobQueue,
    jobDefinition: names.jobDefinition,
    containerOverrides: { environment: [{ name: 'IMPORT_FILE_KEY', value: file }], ...overrides },
  });
  return jobId;
}

/** Waits until a job has a status. */
export async function until(jobId: string, status: JobStatus): Promise<void> {
  for (;;) {
    const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
    if (jobs[0]?.status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Imports users who are there, so that the last import is one that succeeded. */
export async function importWell(Bucket: string | undefined): Promise<void> {
  await s3.putObject({ Bucket, Key: 'imports/good.csv', Body: 'email,name\nann@example.com,Ann\n' });
  await until(await submit('imports/good.csv'), 'SUCCEEDED');
}

/** Registers a revision of the import's job definition by hand. */
export async function withJobDefinition(
  change: (container: ContainerProperties) => Partial<ContainerProperties>,
): Promise<void> {
  const { jobDefinitions = [] } = await batch.describeJobDefinitions({
    jobDefinitionName: names.jobDefinition,
    status: 'ACTIVE',
  });
  const revisions = jobDefinitions.map(({ revision = 0 }) => revision);
  const newest = jobDefinitions.find(({ revision }) => revision === Math.max(...revisions));
  const { containerProperties: container = {}, platformCapabilities, timeout } = newest ?? {};
  await batch.registerJobDefinition({
    jobDefinitionName: names.jobDefinition,
    type: 'container',
    platformCapabilities,
    timeout,
    containerProperties: { ...container, ...change(container) },
  });
}
