import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { Part } from '@infra/commands/app';
import { definitionName } from '../deployed/arn';
import { type DeployedStack, physicalIdOf, readStack } from '../deployed/deployed-stack';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { prooflinkCommand } from '../deployed/printed-commands';
import { isRealAws } from '../deployed/real-aws';
import { checkCsvFile } from './check-csv-file';
import { submitImport } from './submit-import';
import { UnknownJobError } from './submit-job';
import { type BegunJob, leaveJob, notFollowed, watchJob } from './watch-job';
import { words } from './words';

/** Either a file to import, or the job of an earlier import to follow. */
export interface ImportRequest {
  readonly csvPath?: string;
  readonly jobId?: string;
}

/** Exit codes of `npm run prooflink -- import`; 2 is that of an error, which is thrown: no import was begun or followed. */
const ImportExitCode = {
  imported: 0,
  /** The job has failed. Its own exit code is printed only: it could be one of these, with another meaning. */
  notImported: 1,
  /** A job may have begun, and its end is not known. */
  outcomeUnknown: 3,
} as const;

type ImportExitCode = (typeof ImportExitCode)[keyof typeof ImportExitCode];

/** Imports the users of a CSV file, or follows an earlier import, until the job ends. */
export async function runImport(
  environmentName: EnvironmentName,
  { csvPath = '', jobId }: ImportRequest,
): Promise<ImportExitCode> {
  try {
    const job = await (jobId === undefined ? begin(environmentName, csvPath) : findJob(environmentName, jobId));
    const ended = await watchJob(job);
    printEnd(environmentName, ended);
    return ended.status === 'SUCCEEDED' ? ImportExitCode.imported : ImportExitCode.notImported;
  } catch (error) {
    if (!(error instanceof UnknownJobError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return ImportExitCode.outcomeUnknown;
  }
}

async function begin(environmentName: EnvironmentName, csvPath: string): Promise<BegunJob> {
  // Check the file first: this needs no AWS.
  const csvFile = await checkCsvFile(csvPath);
  const stack = await readStack(environmentName);
  const { jobId, isInterrupted } = await submitImport(stack, csvFile);
  const job = importJob(stack, jobId);
  if (isInterrupted) leaveJob(job);
  return job;
}

/** Finds an earlier import. Refuses a job of another definition, which a team may have added to the queue. */
async function findJob(environmentName: EnvironmentName, jobId: string): Promise<BegunJob> {
  const stack = await readStack(environmentName);
  const begunJob = importJob(stack, jobId);
  const answer = await stack
    .client(Batch)
    .describeJobs({ jobs: [jobId] })
    .catch((error: unknown) => {
      throw notFollowed(begunJob, error);
    });
  const [job] = answer.jobs ?? [];
  if (!job) throw new CannotTellError(words.forgottenJob({ jobId }));
  const definition = definitionName(job.jobDefinition);
  const importDefinition = definitionName(physicalIdOf(stack, Part.jobDefinition));
  if (definition === importDefinition) return begunJob;
  throw new CannotTellError(words.otherJob({ jobId, definition, importDefinition, region: stack.region }));
}

function importJob(stack: DeployedStack, jobId: string): BegunJob {
  return { stack, jobId, followCommand: prooflinkCommand(stack.environmentName, 'import', `--job ${jobId}`) };
}

/** Exit code of a program that SIGKILL has ended. */
const KILLED = 137;

function printEnd(environmentName: EnvironmentName, { status, statusReason = '', container }: JobDetail): void {
  if (status === 'SUCCEEDED') {
    console.log(words.imported);
    return;
  }
  const hasLog = container?.logStreamName !== undefined;
  const logCommand = hasLog ? prooflinkCommand(environmentName, 'logs', '--import') : undefined;
  console.log(words.notImported({ exitCode: container?.exitCode, logCommand }));
  // AWS Batch kills a container whose time is over, too.
  const isOverdue = /timeout/i.test(statusReason);
  if (container?.exitCode === KILLED && !isOverdue) console.log(words.moreMemory({ environmentName }));
  if (!hasLog && !isRealAws()) console.log(words.noLocalImage);
}
