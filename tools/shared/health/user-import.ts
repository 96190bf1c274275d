import {
  BatchClient,
  type JobStatus,
  type JobSummary,
  paginateDescribeJobDefinitions,
  paginateListJobs,
} from '@aws-sdk/client-batch';
import { awsClient, itemsOf } from '../aws';
import type { DeployedStack } from '../deployed-stack';
import { inTokyo } from '../times';
import { type Part, version } from './part';

/** A job that waits longer, in milliseconds, mostly waits for what somebody must do: Fargate has room within seconds. */
export const WAITS_LONG = 60_000;
const HOURS = 24;
const UNDERWAY: readonly JobStatus[] = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING'];

/** The user import: its version, and the jobs that failed lately. */
export async function userImportPart(stack: DeployedStack, now = new Date()): Promise<Part> {
  const [definition = ''] = stack.ids('AWS::Batch::JobDefinition');
  const client = awsClient(BatchClient, stack);
  const wanted = paginateDescribeJobDefinitions({ client }, { jobDefinitions: [definition] });
  const [current] = await itemsOf(wanted, (page) => page.jobDefinitions);
  const underway = (await Promise.all(UNDERWAY.map((status) => jobsOf(stack, status)))).flat();
  const ended = ({ stoppedAt = 0, createdAt = 0 }) => stoppedAt || createdAt;
  const failed = (await jobsOf(stack, 'FAILED'))
    .filter((job) => ended(job) > now.getTime() - HOURS * 3_600_000)
    .sort((one, other) => ended(other) - ended(one));
  return {
    rows: [
      ['version', version(current?.containerProperties?.image, definition)],
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
export async function jobsOf(stack: DeployedStack, jobStatus: JobStatus): Promise<JobSummary[]> {
  const [jobQueue] = stack.ids('AWS::Batch::JobQueue');
  const client = awsClient(BatchClient, stack);
  return await itemsOf(paginateListJobs({ client }, { jobQueue, jobStatus }), (page) => page.jobSummaryList);
}
