import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { awsClient } from '../../deployed/aws';
import { WAITS_LONG } from '../../deployed/times';
import { pause } from '../../program/pause';
import { JobLogs } from './job-logs';

const SECONDS_BETWEEN_QUESTIONS = 2;

type Show = (line: string) => void;

/**
 * Shows the states and the logs of a job until it ends; returns how it ended.
 *
 * @param doctorCommand - The command that says why a job does not start.
 */
export async function follow(region: string, jobId: string, doctorCommand: string, show: Show): Promise<JobDetail> {
  const batch = awsClient(Batch, { region });
  const states = new JobStates(doctorCommand, show);
  const logs = new JobLogs(batch, region);
  for (;;) {
    const job = await describeJob(batch, jobId);
    const hasEnded = job.status === 'SUCCEEDED' || job.status === 'FAILED';
    states.showIfNew(job);
    states.explainLongWait(job);
    // The last lines may reach CloudWatch after Batch has heard of the end.
    if (hasEnded) await pause(SECONDS_BETWEEN_QUESTIONS);
    await logs.addStreamsOf(job);
    await logs.showNewLines((line) => {
      show(`  ${visible(line, '\n\t')}`);
    });
    if (hasEnded) return job;
    await pause(SECONDS_BETWEEN_QUESTIONS);
  }
}

async function describeJob(batch: Batch, jobId: string): Promise<JobDetail> {
  const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
  const [job] = jobs;
  if (job) return job;
  throw new CannotTellError(`AWS Batch knows no job ${jobId} (it forgets one a week after its end).`);
}

/** Shows each state of a job once. */
class JobStates {
  private shownStatus = '';
  private shownReason = '';
  private isWaitExplained = false;

  constructor(
    private readonly doctorCommand: string,
    private readonly show: Show,
  ) {}

  /** Shows the state of a job if it differs from the one before. */
  public showIfNew(job: JobDetail): void {
    const { status = '', statusReason = '' } = job;
    const isShown = status === this.shownStatus && statusReason === this.shownReason;
    if (isShown) return;
    this.show([status, statusReason].filter(Boolean).join(': '));
    this.shownStatus = status;
    this.shownReason = statusReason;
  }

  /** Names, once, the command that says why a job does not start. */
  public explainLongWait({ status, createdAt = 0 }: JobDetail): void {
    const waitsLong = status === 'RUNNABLE' && Date.now() - createdAt > WAITS_LONG;
    if (!waitsLong || this.isWaitExplained) return;
    this.show(`It has waited for more than a minute. Why: ${this.doctorCommand}`);
    this.isWaitExplained = true;
  }
}
