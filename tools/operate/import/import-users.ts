import type { JobDetail } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { Output } from '../../../lib/contract';
import { errorText } from '../../deployed/aws-errors';
import { type DeployedStack, readStack } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { checkFile } from './check-file';
import { follow } from './follow';
import { submitImport } from './submit-import';

/** The file to import, or the id of the job of an earlier import to follow. */
export type ImportRequest = { readonly file: string; readonly job?: undefined } | { readonly job: string };

/** Imports the users of a CSV file and stays until the job ends; returns the exit code, which is the job's. */
export async function runImport(environmentName: EnvironmentName, request: ImportRequest): Promise<number> {
  if (request.job !== undefined) {
    const stack = await readStack(environmentName);
    return await followImport(stack, request.job);
  }
  const csv = await checkFile(request.file);
  const stack = await readStack(environmentName);
  const { jobId, isInterrupted } = await submitImport(stack, csv);
  if (isInterrupted) leaveImport(stack, jobId);
  return await followImport(stack, jobId);
}

/** Shows the job until it ends, or until Ctrl-C; returns the exit code of this command. */
async function followImport(stack: DeployedStack, jobId: string): Promise<number> {
  const { environmentName, region } = stack;
  const leave = () => leaveImport(stack, jobId);
  process.once('SIGINT', leave);
  try {
    const doctorCommand = `npm run prooflink -- doctor ${environmentName}`;
    const job = await follow(region, jobId, doctorCommand, console.log);
    return printEnd(stack, job);
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

/** Ends this process and leaves the job running. */
function leaveImport(stack: DeployedStack, jobId: string): never {
  console.log(`\nThe import goes on without you. To follow it on:\n\n  ${followCommand(stack, jobId)}`);
  console.log(`\nTo end it:\n\n  aws batch terminate-job --job-id ${jobId} --reason <why> --region ${stack.region}`);
  process.exit(130);
}

function followCommand({ environmentName }: DeployedStack, jobId: string): string {
  return `npm run prooflink -- import ${environmentName} --job ${jobId}`;
}

/** Prints how a job ended; returns its exit code, or 1 if it failed without one. */
function printEnd({ outputs }: DeployedStack, { status, container }: JobDetail): number {
  if (status === 'SUCCEEDED') {
    console.log('Imported.');
    return 0;
  }
  const exitCode = container?.exitCode;
  const result = exitCode === undefined ? 'Not imported' : `Not imported: exit code ${exitCode}`;
  console.log(`${result}. The log: ${outputs[Output.importLogs] ?? ''}`);
  return exitCode || 1;
}
