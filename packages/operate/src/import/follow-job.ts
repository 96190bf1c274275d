import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { doctorAdvice } from '../deployed/advice';
import { awsClient } from '../deployed/aws-client';
import { askPatiently, Wait, type WaitProps } from '../deployed/wait';
import { LONG_WAIT_MS } from '../deployed/long-wait';
import { pause } from '@infra/commands/pause';
import { JobLogs } from './job-logs';
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
  const states = new JobStates(environmentName, showLine);
  const logs = new JobLogs(batch, region);
  for (;;) {
    const job = await describeJob(batch, jobId, showLine);
    states.show(job);
    // The last lines may reach CloudWatch after AWS Batch reports the end.
    if (hasEnded(job)) await pause(POLL_INTERVAL_SECONDS);
    await logs.addStreamsOf(job);
    await logs.showNewLines((line) => {
      showLine(`  ${escapeInvisible(line, '\n\t')}`);
    });
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

/** Shows each state of a job once. */
class JobStates {
  private shownState = '';

  constructor(
    private readonly environmentName: string,
    private readonly showLine: ShowLine,
  ) {}

  /** Shows the state of a job if the last call had another one. */
  public show(job: JobDetail): void {
    const { status = '', statusReason = '' } = job;
    const advice = waitsLong(job) ? doctorAdvice(this.environmentName) : undefined;
    const state = [status, statusReason].filter(Boolean).join(': ');
    const stateWithAdvice = `${state} ${advice ?? ''}`;
    if (stateWithAdvice === this.shownState) return;
    this.shownState = stateWithAdvice;
    if (hasEnded(job)) this.showLine(state);
    else new Wait({ ...endOfState(job), advice, showLine: this.showLine }).say(untranslated(state));
  }
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
