import {
  BatchClient,
  DescribeJobDefinitionsCommand,
  type JobStatus,
  type JobSummary,
  paginateListJobs,
} from '@aws-sdk/client-batch';
import type { DeployedStack } from '../deployed-stack';
import { inTokyo } from '../times';
import { type Part, version } from './part';

/** A job that waits longer, in milliseconds, mostly waits for what somebody must do: Fargate has room within seconds. */
export const WAITS_LONG = 60_000;
const HOURS = 24;
const UNDERWAY: readonly JobStatus[] = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING'];

/** The user import: its version, and the jobs that failed lately. */
export async function userImportPart(stack: DeployedStack, now = new Date()): Promise<Part> {
  const { ids, clientConfig } = stack;
  const [definition = ''] = ids('AWS::Batch::JobDefinition');
  const client = new BatchClient(clientConfig);
  const { jobDefinitions = [] } = await client.send(
    new DescribeJobDefinitionsCommand({ jobDefinitions: [definition] }),
  );
  const underway = (await Promise.all(UNDERWAY.map((status) => jobsOf(stack, status)))).flat();
  const ended = ({ stoppedAt = 0, createdAt = 0 }) => stoppedAt || createdAt;
  const failed = (await jobsOf(stack, 'FAILED'))
    .filter((job) => ended(job) > now.getTime() - HOURS * 3_600_000)
    .sort((one, other) => ended(other) - ended(one));
  return {
    rows: [
      ['version', version(jobDefinitions[0]?.containerProperties?.image, definition)],
      ['underway', String(underway.length)],
      [`failed in ${HOURS} hours`, String(failed.length)],
      ...failed.map((job) => {
        const code = job.container?.exitCode;
        const says = [job.statusReason, code === undefined ? undefined : `exit code ${code}`]
          .filter(Boolean)
          .join(', ');
        return [job.jobName ?? '', `${inTokyo(ended(job))}: ${says} (${job.jobId ?? ''})`] as const;
      }),
    ],
    wrong: failed.map(({ jobId = '', jobName = '' }) => `The import ${jobName} failed (${jobId}).`),
  };
}

/** The jobs of the queue in a state; AWS Batch forgets one a week after its end. */
export async function jobsOf({ ids, clientConfig }: DeployedStack, jobStatus: JobStatus): Promise<JobSummary[]> {
  const [jobQueue] = ids('AWS::Batch::JobQueue');
  const client = new BatchClient(clientConfig);
  const found: JobSummary[] = [];
  for await (const page of paginateListJobs({ client }, { jobQueue, jobStatus }))
    found.push(...(page.jobSummaryList ?? []));
  return found;
}
