import type { ContainerProperties, SubmitJobCommandInput } from '@aws-sdk/client-batch';
import { names } from '../../support/running-dev';
import { batch, s3 } from './clients';

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

/** Registers a revision of the import's job definition by hand. */
export async function withJobDefinition(
  change: (container: ContainerProperties) => Partial<ContainerProperties>,
): Promise<void> {
  const wanted = { jobDefinitionName: names.jobDefinition, status: 'ACTIVE' };
  const { jobDefinitions = [] } = await batch.describeJobDefinitions(wanted);
  const [newest] = jobDefinitions.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
  const { containerProperties: container = {}, platformCapabilities, timeout } = newest ?? {};
  await batch.registerJobDefinition({
    jobDefinitionName: names.jobDefinition,
    type: 'container',
    platformCapabilities,
    timeout,
    containerProperties: { ...container, ...change(container) },
  });
}
