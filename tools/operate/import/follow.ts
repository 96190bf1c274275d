import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { WAITS_LONG } from '../../deployed/times';
import { CannotTellError } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { awsClient, readAll } from '../../deployed/aws';
import { logReader } from '../../deployed/log-stream';
import { pause } from '../../program/pause';

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
  const batch = awsClient(Batch, { region });
  // Each attempt has a log of its own.
  const logs = new Map<string, () => Promise<string[]>>();
  let [before, said] = ['', ''];
  let isStuck = false;
  for (; ; await pause(SECONDS_BETWEEN)) {
    const [job] = (await batch.describeJobs({ jobs: [jobId] })).jobs ?? [];
    if (!job) throw new CannotTellError(`AWS Batch knows no job ${jobId} (it forgets one a week after its end).`);
    const { status = '', statusReason = '', createdAt = 0, attempts = [] } = job;
    const ended = status === 'SUCCEEDED' || status === 'FAILED';
    if (status !== before || statusReason !== said) show([status, statusReason].filter(Boolean).join(': '));
    [before, said] = [status, statusReason];
    if (!isStuck && status === 'RUNNABLE' && Date.now() - createdAt > WAITS_LONG) {
      show(`It has waited for more than a minute. Why: ${doctor}`);
      isStuck = true;
    }
    // The last lines may reach CloudWatch after Batch has heard of the end.
    if (ended) await pause(SECONDS_BETWEEN);
    for (const { container } of [...attempts, job]) {
      const stream = container?.logStreamName;
      if (stream && !logs.has(stream)) logs.set(stream, logReader({ region }, await logGroupOf(batch, job), stream));
    }
    for (const news of logs.values()) for (const line of await news()) show(`  ${visible(line, '\n\t')}`);
    if (ended) return job;
  }
}

async function logGroupOf(batch: Batch, { jobDefinition = '' }: JobDetail): Promise<string> {
  const wanted = batch.paginateDescribeJobDefinitions({ jobDefinitions: [jobDefinition] });
  const [definition] = await readAll(wanted, 'jobDefinitions');
  return definition?.containerProperties?.logConfiguration?.options?.['awslogs-group'] ?? '';
}
