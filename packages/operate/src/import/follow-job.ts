import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { awsClient } from '@infra/deployed/aws-client';
import { LONG_WAIT_MS } from '@infra/deployed/long-wait';
import { pause } from '@infra/commands/pause';
import { JobLogs } from './job-logs';
import { words } from './words';

const POLL_INTERVAL_SECONDS = 2;

type ShowLine = (line: string) => void;

/** A job of AWS Batch to follow. */
interface FollowProps {
  readonly region: string;
  readonly jobId: string;
  /** Command that says why a job does not start. */
  readonly doctorCommand: string;
  readonly showLine: ShowLine;
}

/** Shows the states and the logs of a job until it ends. Returns the job as it ended. */
export async function followJob({ region, jobId, doctorCommand, showLine }: FollowProps): Promise<JobDetail> {
  const batch = awsClient(Batch, { region });
  const states = new JobStates(doctorCommand, showLine);
  const logs = new JobLogs(batch, region);
  for (;;) {
    const job = await describeJob(batch, jobId);
    const hasEnded = job.status === 'SUCCEEDED' || job.status === 'FAILED';
    states.showIfNew(job);
    states.explainLongWait(job);
    // The last lines may reach CloudWatch after AWS Batch reports the end.
    if (hasEnded) await pause(POLL_INTERVAL_SECONDS);
    await logs.addStreamsOf(job);
    await logs.showNewLines((line) => {
      showLine(`  ${escapeInvisible(line, '\n\t')}`);
    });
    if (hasEnded) return job;
    await pause(POLL_INTERVAL_SECONDS);
  }
}

async function describeJob(batch: Batch, jobId: string): Promise<JobDetail> {
  const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
  const [job] = jobs;
  if (job) return job;
  throw new CannotTellError(words.forgottenJob({ jobId }));
}

/** Shows each state of a job once. */
class JobStates {
  private shownStatus = '';
  private shownReason = '';
  private isLongWaitExplained = false;

  constructor(
    private readonly doctorCommand: string,
    private readonly showLine: ShowLine,
  ) {}

  /** Shows the state of a job if the last call had another one. */
  public showIfNew(job: JobDetail): void {
    const { status = '', statusReason = '' } = job;
    const isShown = status === this.shownStatus && statusReason === this.shownReason;
    if (isShown) return;
    this.showLine([status, statusReason].filter(Boolean).join(': '));
    this.shownStatus = status;
    this.shownReason = statusReason;
  }

  /** Shows, once, the command that says why a job does not start. */
  public explainLongWait({ status, createdAt = 0 }: JobDetail): void {
    const waitsLong = status === 'RUNNABLE' && Date.now() - createdAt > LONG_WAIT_MS;
    if (!waitsLong || this.isLongWaitExplained) return;
    this.showLine(words.longWait({ doctorCommand: this.doctorCommand }));
    this.isLongWaitExplained = true;
  }
}
