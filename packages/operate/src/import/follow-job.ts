import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { type Message, untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { doctorAdvice } from '../deployed/advice';
import { awsClient } from '../deployed/aws-client';
import { askPatiently, Wait, type WaitProps } from '../deployed/wait';
import { LONG_WAIT_MS } from '../deployed/long-wait';
import { pause } from '@infra/commands/pause';
import { jobLogReader } from './job-logs';
import { words } from './words';

const POLL_INTERVAL_SECONDS = 2;

type ShowLine = (line: string) => void;

/** A job of AWS Batch to follow. */
interface FollowProps {
  readonly region: string;
  readonly jobId: string;
  readonly environmentName: string;
  readonly showLine: ShowLine;
}

/** Shows the states and the logs of a job until it ends. Returns the job as it ended. */
export async function followJob({ region, jobId, environmentName, showLine }: FollowProps): Promise<JobDetail> {
  const batch = awsClient(Batch, { region });
  const readNewLines = jobLogReader(batch, region);
  let shownState = '';
  for (;;) {
    const job = await describeJob(batch, jobId, showLine);
    const advice = waitsLong(job) ? doctorAdvice(environmentName) : undefined;
    const state = `${stateOf(job)} ${advice ?? ''}`;
    if (state !== shownState) showState(job, advice, showLine);
    shownState = state;
    // The last lines may reach CloudWatch after AWS Batch reports the end.
    if (hasEnded(job)) await pause(POLL_INTERVAL_SECONDS);
    for (const line of await readNewLines(job)) {
      showLine(`  ${escapeInvisible(line, '\n\t')}`);
    }
    if (hasEnded(job)) return job;
    await pause(POLL_INTERVAL_SECONDS);
  }
}

async function describeJob(batch: Batch, jobId: string, showLine: ShowLine): Promise<JobDetail> {
  const { jobs = [] } = await askPatiently(() => batch.describeJobs({ jobs: [jobId] }), showLine);
  const [job] = jobs;
  if (job) return job;
  throw new CannotTellError(words.forgottenJob({ jobId }));
}

function stateOf({ status, statusReason }: JobDetail): string {
  return [status, statusReason].filter(Boolean).join(': ');
}

function showState(job: JobDetail, advice: Message | undefined, showLine: ShowLine): void {
  const state = untranslated(stateOf(job));
  if (hasEnded(job)) showLine(state);
  else new Wait({ ...endOfState(job), advice, showLine }).say(state);
}

function hasEnded({ status }: JobDetail): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED';
}

function waitsLong({ status, createdAt = 0 }: JobDetail): boolean {
  return status === 'RUNNABLE' && Date.now() - createdAt > LONG_WAIT_MS;
}

/** A job waits for its start without a limit. Once it runs, AWS Batch ends it after its timeout. */
function endOfState({
  status,
  createdAt,
  startedAt,
  timeout,
}: JobDetail): Pick<WaitProps, 'goal' | 'startMs' | 'minutes'> {
  if (status !== 'RUNNING') return { goal: words.startOfJob, startMs: createdAt };
  const { attemptDurationSeconds: seconds } = timeout ?? {};
  return { goal: words.endOfJob, startMs: startedAt, minutes: seconds === undefined ? undefined : seconds / 60 };
}
