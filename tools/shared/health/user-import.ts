import { BatchClient, DescribeJobDefinitionsCommand, type JobStatus, paginateListJobs } from '@aws-sdk/client-batch';
import type { DeployedStack } from '../deployed-stack';
import { inTokyo } from '../times';
import { type Part, version } from './part';

const HOURS = 24;
const UNDERWAY: readonly JobStatus[] = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING'];

/** The user import: its version, and the jobs that failed lately. */
export async function userImportPart({ ids, clientConfig }: DeployedStack, now = new Date()): Promise<Part> {
  const [jobQueue] = ids('AWS::Batch::JobQueue');
  const [definition = ''] = ids('AWS::Batch::JobDefinition');
  const client = new BatchClient(clientConfig);
  const { jobDefinitions = [] } = await client.send(
    new DescribeJobDefinitionsCommand({ jobDefinitions: [definition] }),
  );
  const jobs = async (jobStatus: JobStatus) => {
    const found = [];
    for await (const page of paginateListJobs({ client }, { jobQueue, jobStatus }))
      found.push(...(page.jobSummaryList ?? []));
    return found;
  };
  const underway = (await Promise.all(UNDERWAY.map(jobs))).flat();
  const ended = ({ stoppedAt = 0, createdAt = 0 }) => stoppedAt || createdAt;
  const failed = (await jobs('FAILED'))
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
