import { createReadStream } from 'node:fs';
import { parse } from 'node:path';
import { BatchClient, type JobDetail, SubmitJobCommand } from '@aws-sdk/client-batch';
import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { awsClient, itemsOf } from '../shared/aws';
import { type DeployedStack, errorText, readStack } from '../shared/deployed-stack';
import type { EnvironmentName } from '../shared/environment-argument';
import { CannotTellError } from '../shared/outcome';
import { runSteps } from '../shared/steps';
import { count } from '../shared/words';
import { checkFile, type CsvFile } from './check-file';
import { follow } from './follow';

/** How long a part of a file, 5 MiB, may take to upload, in milliseconds. */
const UPLOAD_PATIENCE = 5 * 60_000;

/** What was asked for: a file to import, or the job of an import to follow on. */
export type Wanted = { readonly file: string; readonly job?: undefined } | { readonly job: string };

/** Imports the users of a CSV file and stays until the job ends; returns the exit code, which is the job's. */
export async function runImport(environment: EnvironmentName, wanted: Wanted): Promise<number> {
  const csv = wanted.job === undefined ? await checkFile(wanted.file) : undefined;
  const stack = await readStack(environment);
  const id = csv ? await begin(stack, csv) : (wanted.job ?? '');
  const goOn = `npm run prooflink -- import ${environment} --job ${id}`;
  const leave = (): void => {
    console.log(`\nThe import goes on without you. To follow it on:\n\n  ${goOn}`);
    console.log(`\nTo end it:\n\n  aws batch terminate-job --job-id ${id} --reason <why> --region ${stack.region}`);
    process.exit(130);
  };
  process.once('SIGINT', leave);
  try {
    return tell(stack, await follow(stack.region, id, console.log));
  } catch (error) {
    if (error instanceof CannotTellError) throw error;
    throw new CannotTellError(
      `The import could not be followed: ${errorText(error)}\nIt may go on. To follow it on: ${goOn}`,
    );
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Uploads a file and submits its job; returns the job's id. */
async function begin(stack: DeployedStack, { path, bytes, rows }: CsvFile): Promise<string> {
  const { region, environment } = stack;
  const [jobQueue] = stack.ids('AWS::Batch::JobQueue');
  const [jobDefinition] = stack.ids('AWS::Batch::JobDefinition');
  const bucket = stack.outputs['BucketName'] ?? '';
  if (!jobQueue || !jobDefinition) {
    throw new CannotTellError(`${environment} has no user import: userImport in lib/config/${environment}.ts.`);
  }
  const { name, ext } = parse(path);
  // A file that another job still waits to read stays as it is.
  const key = `imports/${name}-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}${ext}`;
  console.log(`${path}: ${count(rows, 'line')} below the header, ${count(bytes, 'byte')}`);
  let id = '';
  await runSteps([
    { title: 'Check that the database runs', work: () => requireDatabase(stack) },
    {
      title: `Upload to s3://${bucket}/${key}`,
      work: async (say) => {
        const upload = new Upload({
          // The local AWS knows no host names of buckets.
          client: awsClient(S3Client, { region, patience: UPLOAD_PATIENCE }, { forcePathStyle: true }),
          params: { Bucket: bucket, Key: key, Body: createReadStream(path), ContentType: 'text/csv; charset=utf-8' },
        });
        upload.on('httpUploadProgress', ({ loaded = 0 }) => {
          if (process.stdout.isTTY) say(`Upload to s3://${bucket}/${key}: ${Math.round((loaded / bytes) * 100)} %`);
        });
        await upload.done();
      },
    },
    {
      title: 'Submit the job',
      work: async (say) => {
        const environmentOfJob = [{ name: 'IMPORT_FILE_KEY', value: key }];
        const submitted = await awsClient(BatchClient, { region }).send(
          new SubmitJobCommand({
            jobName: 'user-import',
            jobQueue,
            jobDefinition,
            containerOverrides: { environment: environmentOfJob },
          }),
        );
        id = submitted.jobId ?? '';
        say(`Submit the job: ${id}`);
      },
    },
  ]).catch((error: unknown) => {
    throw error instanceof CannotTellError ? error : new CannotTellError(`No import was begun: ${errorText(error)}`);
  });
  return id;
}

/** At night the job would wait for a database that nobody starts, and fail. */
async function requireDatabase({ ids, region, environment }: DeployedStack): Promise<void> {
  const [DBInstanceIdentifier] = ids('AWS::RDS::DBInstance');
  const found = paginateDescribeDBInstances({ client: awsClient(RDSClient, { region }) }, { DBInstanceIdentifier });
  const [database] = await itemsOf(found, (page) => page.DBInstances);
  const state = database?.DBInstanceStatus ?? 'not there';
  if (!/stop|start|not there/.test(state)) return;
  throw new CannotTellError(
    `The database is ${state}: the import would find none. First: npm run prooflink -- start ${environment}`,
  );
}

/** Says how a job ended; returns its exit code, 1 where it failed without one. */
function tell({ outputs }: DeployedStack, { status, container }: JobDetail): number {
  if (status === 'SUCCEEDED') {
    console.log('Imported.');
    return 0;
  }
  const code = container?.exitCode;
  console.log(
    `Not imported${code === undefined ? '' : `: exit code ${code}`}. The log: ${outputs['ImportLogs'] ?? ''}`,
  );
  return code || 1;
}
