import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { Part } from '@infra/commands/app';
import { definitionName } from '../deployed/arn';
import { errorText } from '../deployed/aws-errors';
import { type DeployedStack, physicalIdOf, readStack } from '../deployed/deployed-stack';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { prooflinkCommand } from '../deployed/printed-commands';
import { isRealAws } from '../deployed/real-aws';
import { INTERRUPTED_EXIT_CODE } from '@infra/commands/steps';
import { checkCsvFile } from './check-csv-file';
import { followJob } from './follow-job';
import { submitImport } from './submit-import';
import { UnknownJobError } from './submit-job';
import { words } from './words';

/** A file to import, or the job of an earlier import to follow. */
export type ImportRequest = { readonly csvPath: string } | { readonly jobId: string };

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
export async function runImport(environmentName: EnvironmentName, request: ImportRequest): Promise<ImportExitCode> {
  if ('jobId' in request) {
    const stack = await readStack(environmentName);
    try {
      await requireImportJob(stack, request.jobId);
    } catch (error) {
      return reportUnknownOutcome(stack, request.jobId, error);
    }
    return await followImport(stack, request.jobId);
  }
  // Check the file first: this needs no AWS.
  const csvFile = await checkCsvFile(request.csvPath);
  const stack = await readStack(environmentName);
  try {
    const { jobId, isInterrupted } = await submitImport(stack, csvFile);
    if (isInterrupted) leaveImport(stack, jobId);
    return await followImport(stack, jobId);
  } catch (error) {
    if (!(error instanceof UnknownJobError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return ImportExitCode.outcomeUnknown;
  }
}

/** Refuses a job of another definition, which a team may have added to the queue. */
async function requireImportJob(stack: DeployedStack, jobId: string): Promise<void> {
  const { jobs = [] } = await stack.client(Batch).describeJobs({ jobs: [jobId] });
  const [job] = jobs;
  if (!job) return;
  const definition = definitionName(job.jobDefinition);
  const importDefinition = definitionName(physicalIdOf(stack, Part.jobDefinition));
  if (definition === importDefinition) return;
  throw new CannotTellError(words.otherJob({ jobId, definition, importDefinition, region: stack.region }));
}

/** Shows the job until it ends, or until Ctrl-C. */
async function followImport(stack: DeployedStack, jobId: string): Promise<ImportExitCode> {
  const { environmentName, region } = stack;
  const leave = () => leaveImport(stack, jobId);
  process.once('SIGINT', leave);
  try {
    const job = await followJob({ region, jobId, environmentName, showLine: console.log });
    printEnd(stack, job);
    return job.status === 'SUCCEEDED' ? ImportExitCode.imported : ImportExitCode.notImported;
  } catch (error) {
    return reportUnknownOutcome(stack, jobId, error);
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Reports an error of AWS that leaves the outcome unknown. Throws an error that says more. */
function reportUnknownOutcome(stack: DeployedStack, jobId: string, error: unknown): ImportExitCode {
  if (error instanceof CannotTellError) throw error;
  const explanation = words.notFollowed({ reason: errorText(error), followCommand: followCommand(stack, jobId) });
  process.stderr.write(`${explanation}\n`);
  return ImportExitCode.outcomeUnknown;
}

/** Ends this process. The job runs on in AWS. */
function leaveImport(stack: DeployedStack, jobId: string): never {
  const farewell = words.left({ followCommand: followCommand(stack, jobId), jobId, region: stack.region });
  console.log(`\n${farewell}`);
  process.exit(INTERRUPTED_EXIT_CODE);
}

function followCommand({ environmentName }: DeployedStack, jobId: string): string {
  return `npm run prooflink -- import ${environmentName} --job ${jobId}`;
}

/** Exit code of a program that SIGKILL has ended. */
const KILLED = 137;

function printEnd({ environmentName }: DeployedStack, { status, statusReason = '', container }: JobDetail): void {
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
