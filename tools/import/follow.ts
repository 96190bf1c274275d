import {
  BatchClient,
  DescribeJobsCommand,
  type JobDetail,
  paginateDescribeJobDefinitions,
} from '@aws-sdk/client-batch';
import { WAITS_LONG } from '../shared/times';
import { CannotTellError } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { awsClient, list } from '../shared/aws';
import { logReader } from '../shared/log-stream';
import { pause } from '../shared/pause';

const SECONDS_BETWEEN = 2;

/**
 * Shows a job's states and its log until it ends; returns how it ended.
 * @param doctor - The command that says why a job does not start.
 */
export async function follow(
  region: string,
  jobId: string,
  doctor: string,
  show: (line: string) => void,
): Promise<JobDetail> {
  const batch = awsClient(BatchClient, { region });
  let news: (() => Promise<string[]>) | undefined;
  let [before, said] = ['', ''];
  let isStuck = false;
  for (;;) {
    const [job] = (await batch.send(new DescribeJobsCommand({ jobs: [jobId] }))).jobs ?? [];
    if (!job) throw new CannotTellError(`AWS Batch knows no job ${jobId} (it forgets one a week after its end).`);
    const { status = '', statusReason = '', container, createdAt = 0 } = job;
    const ended = status === 'SUCCEEDED' || status === 'FAILED';
    if (status !== before || statusReason !== said) show([status, statusReason].filter(Boolean).join(': '));
    [before, said] = [status, statusReason];
    if (!isStuck && status === 'RUNNABLE' && Date.now() - createdAt > WAITS_LONG) {
      show(`It has waited for more than a minute. Why: ${doctor}`);
      isStuck = true;
    }
    // The last lines may reach CloudWatch after Batch has heard of the end.
    if (ended) await pause(SECONDS_BETWEEN);
    if (container?.logStreamName) news ??= logReader({ region }, await logGroupOf(batch, job), container.logStreamName);
    for (const line of (await news?.()) ?? []) show(`  ${visible(line, '\n\t')}`);
    if (ended) return job;
    await pause(SECONDS_BETWEEN);
  }
}

async function logGroupOf(client: BatchClient, { jobDefinition = '' }: JobDetail): Promise<string> {
  const wanted = paginateDescribeJobDefinitions({ client }, { jobDefinitions: [jobDefinition] });
  const [definition] = await list(wanted, 'jobDefinitions');
  return definition?.containerProperties?.logConfiguration?.options?.['awslogs-group'] ?? '';
}
