import type { ContainerProperties } from '@aws-sdk/client-batch';
import { names } from '@infra/local/test/support/running-dev';
import { until } from '@infra/common/test/support/until';
import { batch, s3 } from '../health/clients';

/** Imports users who are there, so that the last import is one that succeeded. */
export async function importWell(Bucket: string | undefined): Promise<void> {
  const file = 'imports/good.csv';
  await s3.putObject({ Bucket, Key: file, Body: 'email,name\nann@example.com,Ann\n' });
  const { jobId = '' } = await batch.submitJob({
    jobName: 'users',
    jobQueue: names.jobQueue,
    jobDefinition: names.jobDefinition,
    containerOverrides: { environment: [{ name: 'IMPORT_FILE_KEY', value: file }] },
  });
  await until(
    () => batch.describeJobs({ jobs: [jobId] }),
    ({ jobs = [] }) => jobs[0]?.status === 'SUCCEEDED',
  );
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
