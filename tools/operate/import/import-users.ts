import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { Output, Part } from '../../../lib/contract';
import { definitionName } from '../../deployed/arn';
import { errorText } from '../../deployed/aws-errors';
import { type DeployedStack, physicalIdOf, readStack } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { en } from '../en';
import { checkCsvFile } from './check-csv-file';
import { followJob } from './follow-job';
import { INTERRUPTED_EXIT_CODE, submitImport } from './submit-import';

/** A file to import, or the job of an earlier import to follow. */
export type ImportRequest = { readonly csvPath: string } | { readonly jobId: string };

/** Imports the users of a CSV file, or follows an earlier import, until the job ends. Returns the job's exit code. */
export async function runImport(environmentName: EnvironmentName, request: ImportRequest): Promise<number> {
  if ('jobId' in request) {
    const stack = await readStack(environmentName);
    await requireImportJob(stack, request.jobId);
    return await followImport(stack, request.jobId);
  }
  // Check the file first: this needs no AWS.
  const csvFile = await checkCsvFile(request.csvPath);
  const stack = await readStack(environmentName);
  const { jobId, isInterrupted } = await submitImport(stack, csvFile);
  if (isInterrupted) leaveImport(stack, jobId);
  return await followImport(stack, jobId);
}

/** Refuses a job of another definition, which a team may have added to the queue. */
async function requireImportJob(stack: DeployedStack, jobId: string): Promise<void> {
  const { jobs = [] } = await stack.client(Batch).describeJobs({ jobs: [jobId] });
  const [job] = jobs;
  if (!job) return;
  const definition = definitionName(job.jobDefinition);
  const importDefinition = definitionName(physicalIdOf(stack, Part.jobDefinition));
  if (definition === importDefinition) return;
  throw new CannotTellError(en.import.otherJob({ jobId, definition, importDefinition, region: stack.region }));
}

/** Shows the job until it ends, or until Ctrl-C. Returns the job's exit code. */
async function followImport(stack: DeployedStack, jobId: string): Promise<number> {
  const { environmentName, region } = stack;
  const leave = () => leaveImport(stack, jobId);
  process.once('SIGINT', leave);
  try {
    const doctorCommand = `npm run prooflink -- doctor ${environmentName}`;
    const job = await followJob({ region, jobId, doctorCommand, showLine: console.log });
    printEnd(stack, job);
    return exitCodeOf(job);
  } catch (error) {
    if (error instanceof CannotTellError) throw error;
    throw new CannotTellError(
      `The import could not be followed: ${errorText(error)}\n` +
        `It may go on. To follow it on: ${followCommand(stack, jobId)}`,
    );
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Ends this process. The job runs on in AWS. */
function leaveImport(stack: DeployedStack, jobId: string): never {
  console.log(`\nThe import goes on without you. To follow it on:\n\n  ${followCommand(stack, jobId)}`);
  console.log(`\nTo end it:\n\n  aws batch terminate-job --job-id ${jobId} --reason <why> --region ${stack.region}`);
  process.exit(INTERRUPTED_EXIT_CODE);
}

function followCommand({ environmentName }: DeployedStack, jobId: string): string {
  return `npm run prooflink -- import ${environmentName} --job ${jobId}`;
}

function printEnd({ outputs }: DeployedStack, { status, container }: JobDetail): void {
  if (status === 'SUCCEEDED') {
    console.log('Imported.');
    return;
  }
  const exitCode = container?.exitCode;
  const result = exitCode === undefined ? 'Not imported' : `Not imported: exit code ${exitCode}`;
  console.log(`${result}. The log: ${outputs[Output.importLogs] ?? ''}`);
}

/** Exit code of a job that has ended. A job can fail without an exit code, or with 0, as after a timeout: that is 1. */
function exitCodeOf({ status, container }: JobDetail): number {
  if (status === 'SUCCEEDED') return 0;
  return container?.exitCode || 1;
}
