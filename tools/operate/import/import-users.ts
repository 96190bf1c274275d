import { writeSync } from 'node:fs';
import { Batch, type JobDetail } from '@aws-sdk/client-batch';
import { describeDatabase } from '../../deployed/database';
import { type DeployedStack, errorText, readStack } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import { CannotTellError } from '@infra/common/outcome';
import { runSteps } from '../../program/steps';
import { count } from '@infra/common/words';
import { checkFile, type CsvFile } from './check-file';
import { follow } from './follow';
import { newKey, upload } from './upload';
import { Output, Variable } from '../../../lib/contract';

/** The request: a file to import, or the job of an import to follow. */
export type Wanted = { readonly file: string; readonly job?: undefined } | { readonly job: string };

/** Imports the users of a CSV file and stays until the job ends; returns the exit code, which is the job's. */
export async function runImport(environmentName: EnvironmentName, wanted: Wanted): Promise<number> {
  const csv = wanted.job === undefined ? await checkFile(wanted.file) : undefined;
  const stack = await readStack(environmentName);
  const { id, isLeft } = csv ? await begin(stack, csv) : { id: wanted.job ?? '', isLeft: false };
  const command = 'npm run prooflink --';
  const goOn = `${command} import ${environmentName} --job ${id}`;
  const leave = (): never => {
    console.log(`\nThe import goes on without you. To follow it on:\n\n  ${goOn}`);
    console.log(`\nTo end it:\n\n  aws batch terminate-job --job-id ${id} --reason <why> --region ${stack.region}`);
    process.exit(130);
  };
  if (isLeft) leave();
  process.once('SIGINT', leave);
  try {
    return printEnd(stack, await follow(stack.region, id, `${command} doctor ${environmentName}`, console.log));
  } catch (error) {
    if (error instanceof CannotTellError) throw error;
    throw new CannotTellError(
      `The import could not be followed: ${errorText(error)}\nIt may go on. To follow it on: ${goOn}`,
    );
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Uploads a file and submits its job; returns the job's id, and whether Ctrl-C came meanwhile. */
async function begin(stack: DeployedStack, csv: CsvFile): Promise<{ readonly id: string; readonly isLeft: boolean }> {
  const { region, environmentName: environmentName } = stack;
  const [jobQueue] = stack.ids('AWS::Batch::JobQueue');
  const [jobDefinition] = stack.ids('AWS::Batch::JobDefinition');
  const Bucket = stack.outputs[Output.bucketName] ?? '';
  if (!jobQueue || !jobDefinition) {
    throw new CannotTellError(`${environmentName} has no user import: userImport in lib/config/${environmentName}.ts.`);
  }
  const Key = newKey(csv.path);
  const file = `s3://${Bucket}/${Key}`;
  console.log(`${csv.path}: ${count(csv.rows, 'row')} below the header, ${count(csv.bytes, 'byte')}`);
  let id = '';
  let [isSubmitting, isLeft] = [false, false];
  const end = (): void => {
    isLeft = true;
    // AWS's answer says whether a job has begun.
    if (isSubmitting) return;
    writeSync(process.stderr.fd, `\nNo job has begun. If the file was uploaded, nothing reads it: ${file}\n`);
    process.exit(130);
  };
  const steps = [
    { title: 'Check that the database runs', work: () => requireDatabase(stack) },
    {
      title: `Upload to ${file}`,
      work: (say: (title: string) => void) =>
        upload(region, { Bucket, Key }, csv, (percent) => {
          if (process.stdout.isTTY) say(`Upload to ${file}: ${percent} %`);
        }),
    },
    {
      title: 'Submit the job',
      work: async (say: (title: string) => void) => {
        isSubmitting = true;
        const containerOverrides = { environment: [{ name: Variable.importFileKey, value: Key }] };
        const job = { jobName: 'user-import', jobQueue, jobDefinition, containerOverrides };
        id = (await stack.client(Batch).submitJob(job)).jobId ?? '';
        say(`Submit the job: ${id}`);
      },
    },
  ];
  await runSteps(steps, end).catch((error: unknown) => {
    throw error instanceof CannotTellError ? error : new CannotTellError(`No import was begun: ${errorText(error)}`);
  });
  return { id, isLeft };
}

/** At night the job would wait for a stopped database, and fail. */
async function requireDatabase(stack: DeployedStack): Promise<void> {
  const { DBInstanceStatus: state = '' } = await describeDatabase(stack);
  if (!/stop|start/.test(state)) return;
  throw new CannotTellError(
    `The database is ${state}: the import would find none. First: npm run prooflink -- start ${stack.environmentName}`,
  );
}

/** Says how a job ended; returns its exit code, 1 where it failed without one. */
function printEnd({ outputs }: DeployedStack, { status, container }: JobDetail): number {
  if (status === 'SUCCEEDED') {
    console.log('Imported.');
    return 0;
  }
  const code = container?.exitCode;
  console.log(
    `Not imported${code === undefined ? '' : `: exit code ${code}`}. The log: ${outputs[Output.importLogs] ?? ''}`,
  );
  return code || 1;
}
