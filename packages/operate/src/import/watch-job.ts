import type { JobDetail } from '@aws-sdk/client-batch';
import { INTERRUPTED_EXIT_CODE } from '@infra/commands/steps';
import type { DeployedStack } from '../deployed/deployed-stack';
import { reasonOf } from '../deployed/error-reason';
import { awsCommand } from '../deployed/printed-commands';
import { followJob } from './follow-job';
import { UnknownJobError } from './submit-job';
import { words } from './words';

/** A job that a command has begun, or follows. */
export interface BegunJob {
  readonly stack: DeployedStack;
  readonly jobId: string;
  /** Command that shows how the job goes. */
  readonly followCommand: string;
}

/**
 * Shows a job until it ends. Ctrl-C leaves the job to itself, and ends this process.
 *
 * @throws UnknownJobError if the end of the job is not known.
 */
export async function watchJob(job: BegunJob): Promise<JobDetail> {
  const { stack, jobId } = job;
  const { region, environmentName } = stack;
  const leave = () => leaveJob(job);
  process.once('SIGINT', leave);
  try {
    return await followJob({ region, jobId, environmentName, showLine: console.log });
  } catch (error) {
    throw notFollowed(job, error);
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Ends this process. The job runs on in AWS. */
export function leaveJob({ stack, jobId, followCommand }: BegunJob): never {
  const stopCommand = awsCommand(stack.region, 'batch terminate-job', `--job-id ${jobId} --reason <why>`);
  console.log(`\n${words.left({ followCommand, stopCommand })}`);
  process.exit(INTERRUPTED_EXIT_CODE);
}

export function notFollowed({ followCommand }: BegunJob, error: unknown): UnknownJobError {
  return new UnknownJobError(words.notFollowed({ reason: reasonOf(error), followCommand }));
}
