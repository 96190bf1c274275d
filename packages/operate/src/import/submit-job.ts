import { writeSync } from 'node:fs';
import { Batch, type SubmitJobRequest } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient } from '../deployed/aws-client';
import { errorText, isRefusal } from '../deployed/aws-errors';
import { readAll } from '../deployed/pages';
import { awsCommand } from '../deployed/printed-commands';
import { pause } from '@infra/commands/pause';
import { words } from './words';

/** Questions after which a job that the queue does not show is taken for unknown: AWS Batch may show a new one late. */
const MOST_QUESTIONS = 5;
const SECONDS_BETWEEN_QUESTIONS = 2;

/** It is not known whether there is a job. The message says so, and how to look for the job. */
export class UnknownJobError extends Error {}

/** A job that AWS Batch has. */
export interface SubmittedJob {
  readonly jobId: string;
  /** True if the user pressed Ctrl-C before AWS Batch had answered. */
  readonly isInterrupted: boolean;
}

/**
 * Submits a job. Ctrl-C does not end this process meanwhile: there may be a job, whose id is not known yet.
 *
 * @throws UnknownJobError if there may be a job, and the queue does not show it.
 */
export async function submitJob(region: string, job: SubmitJobRequest): Promise<SubmittedJob> {
  let isInterrupted = false;
  const onInterrupt = () => {
    // Listr captures texts that are written to `process.stderr`.
    if (!isInterrupted) writeSync(process.stderr.fd, `\n${words.waitingForBatch}\n`);
    isInterrupted = true;
  };
  process.on('SIGINT', onInterrupt);
  try {
    const jobId = await submitJobOnce(region, job);
    return { jobId, isInterrupted };
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/**
 * Submits a job whose name no other job has. Sends the request once: AWS Batch has no token for it, so that a repeat would
 * run a second job. If the answer is lost, asks the queue for the job. Returns the id of the job.
 */
async function submitJobOnce(region: string, job: SubmitJobRequest): Promise<string> {
  const batch = awsClient(Batch, { region }, { maxAttempts: 1 });
  try {
    const { jobId = '' } = await batch.submitJob(job);
    return jobId;
  } catch (error) {
    if (error instanceof CannotTellError || isRefusal(error)) throw error;
    const jobId = await findJob(awsClient(Batch, { region }), job);
    if (jobId !== undefined) return jobId;
    throw unknownJobError(region, job, error);
  }
}

function unknownJobError(
  region: string,
  { jobQueue, jobName = '' }: SubmitJobRequest,
  error: unknown,
): UnknownJobError {
  const options = `--job-queue ${jobQueue} --filters name=JOB_NAME,values=${jobName}`;
  const listCommand = awsCommand(region, 'batch list-jobs', options);
  return new UnknownJobError(words.unknownJob({ jobName, reason: errorText(error), listCommand }));
}

/** Id of the job with the name of a request; `undefined` if the queue does not show it, or cannot be asked. */
async function findJob(batch: Batch, { jobQueue, jobName = '' }: SubmitJobRequest): Promise<string | undefined> {
  for (let question = 0; question < MOST_QUESTIONS; question += 1) {
    if (question > 0) await pause(SECONDS_BETWEEN_QUESTIONS);
    const pages = batch.paginateListJobs({ jobQueue, filters: [{ name: 'JOB_NAME', values: [jobName] }] });
    const jobs = await readAll(pages, 'jobSummaryList').catch(() => []);
    const [job] = jobs;
    if (job?.jobId !== undefined) return job.jobId;
  }
  return undefined;
}
