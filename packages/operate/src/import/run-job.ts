import type { JobDetail } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { jobPart, Part } from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { type DeployedStack, physicalIdOf, readStack, webImageTag } from '../deployed/deployed-stack';
import { awsCommand } from '../deployed/printed-commands';
import { requireDatabase } from './submit-import';
import { submitJob, UnknownJobError } from './submit-job';
import { newImportId } from './upload';
import { leaveJob, watchJob } from './watch-job';
import { words } from './words';

/** Exit code for a job that may have begun, and whose end is not known. */
const OUTCOME_UNKNOWN = 3;

/** Runs a configured job now, and shows it until it ends. Returns the job's exit code; 1 if it failed without one. */
export async function runJob(environmentName: EnvironmentName, name: string): Promise<number> {
  const names = (configOf(environmentName).jobs ?? []).map((job) => job.name);
  if (!names.includes(name)) throw new CannotTellError(words.run.notConfigured({ environmentName, name, names }));
  const stack = await readStack(environmentName);
  if (webImageTag(stack) === '') throw new CannotTellError(words.run.noImage({ environmentName }));
  await requireDatabase(stack);
  try {
    return exitCodeOf(await submitAndWatch(stack, name));
  } catch (error) {
    if (!(error instanceof UnknownJobError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return OUTCOME_UNKNOWN;
  }
}

async function submitAndWatch(stack: DeployedStack, name: string): Promise<JobDetail> {
  const { region } = stack;
  const { jobId, isInterrupted } = await submitJob(region, {
    jobName: `${name}-${newImportId()}`,
    jobQueue: physicalIdOf(stack, Part.jobsQueue),
    jobDefinition: physicalIdOf(stack, jobPart(name)),
  });
  const job = { stack, jobId, followCommand: awsCommand(region, 'batch describe-jobs', `--jobs ${jobId}`) };
  if (isInterrupted) leaveJob(job);
  return await watchJob(job);
}

function exitCodeOf({ status, container }: JobDetail): number {
  return status === 'SUCCEEDED' ? 0 : container?.exitCode || 1;
}
