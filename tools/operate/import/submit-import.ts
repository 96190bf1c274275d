import { writeSync } from 'node:fs';
import { Batch } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { countText } from '@infra/common/words';
import * as environments from '../../../lib/config';
import { Output, Part, Variable } from '../../../lib/contract';
import { errorText } from '../../deployed/aws-errors';
import { availabilityOf, databaseRemedy, describeDatabase } from '../../deployed/database';
import { type DeployedStack, hasPart, physicalIdOf } from '../../deployed/deployed-stack';
import { runSteps, type Step } from '../../program/steps';
import type { CsvFile } from './check-csv-file';
import { newObjectKey, type ObjectLocation, uploadCsvFile } from './upload';

/** Exit code of a program that Ctrl-C has ended, as a shell sets it. */
export const INTERRUPTED_EXIT_CODE = 130;

/** An import whose job was submitted. */
export interface SubmittedImport {
  readonly jobId: string;
  /** True if the user pressed Ctrl-C after the request for the job was sent. */
  readonly isInterrupted: boolean;
}

/** ARNs of the resources that run imports. */
interface ImportResources {
  readonly jobQueue: string;
  readonly jobDefinition: string;
}

/** Uploads a file and submits the job that imports it. Ctrl-C ends this process, unless a job may have begun. */
export async function submitImport(stack: DeployedStack, csvFile: CsvFile): Promise<SubmittedImport> {
  const resources = findImportResources(stack);
  const submission = new ImportSubmission(stack, resources, csvFile);
  const rows = countText(csvFile.recordCount, 'row');
  const bytes = countText(csvFile.byteCount, 'byte');
  console.log(`${csvFile.path}: ${rows} below the header, ${bytes}`);
  return await submission.run();
}

function findImportResources(stack: DeployedStack): ImportResources {
  const { environmentName } = stack;
  const { userImport } = environments[environmentName];
  if (userImport === undefined && !hasPart(stack, Part.jobQueue)) {
    throw new CannotTellError(`${environmentName} has no user import: userImport in lib/config/${environmentName}.ts.`);
  }
  return {
    jobQueue: physicalIdOf(stack, Part.jobQueue),
    jobDefinition: physicalIdOf(stack, Part.jobDefinition),
  };
}

class ImportSubmission {
  private readonly location: ObjectLocation;
  private readonly fileUrl: string;
  private jobId = '';
  /** True once the request for the job is sent: from then on, a job may run. */
  private mayHaveJob = false;
  private isInterrupted = false;

  constructor(
    private readonly stack: DeployedStack,
    private readonly resources: ImportResources,
    private readonly csvFile: CsvFile,
  ) {
    this.location = { Bucket: stack.outputs[Output.bucketName] ?? '', Key: newObjectKey(csvFile.path) };
    this.fileUrl = `s3://${this.location.Bucket}/${this.location.Key}`;
  }

  public async run(): Promise<SubmittedImport> {
    const steps: Step[] = [
      { title: 'Check that the database runs', work: () => requireDatabase(this.stack) },
      { title: `Upload to ${this.fileUrl}`, work: (setTitle) => this.uploadFile(setTitle) },
      { title: 'Submit the job', work: (setTitle) => this.submitJob(setTitle) },
    ];
    const onCtrlC = () => {
      this.interrupt();
    };
    try {
      await runSteps(steps, onCtrlC);
    } catch (error) {
      if (error instanceof CannotTellError) throw error;
      throw new CannotTellError(`No import was begun: ${errorText(error)}`);
    }
    return { jobId: this.jobId, isInterrupted: this.isInterrupted };
  }

  private async uploadFile(setTitle: (title: string) => void): Promise<void> {
    await uploadCsvFile(this.stack.region, this.location, this.csvFile, (percent) => {
      if (process.stdout.isTTY) {
        setTitle(`Upload to ${this.fileUrl}: ${percent} %`);
      }
    });
  }

  private async submitJob(setTitle: (title: string) => void): Promise<void> {
    this.mayHaveJob = true;
    const fileKeyVariable = { name: Variable.importFileKey, value: this.location.Key };
    const { jobId = '' } = await this.stack.client(Batch).submitJob({
      jobName: 'user-import',
      jobQueue: this.resources.jobQueue,
      jobDefinition: this.resources.jobDefinition,
      containerOverrides: { environment: [fileKeyVariable] },
    });
    this.jobId = jobId;
    setTitle(`Submit the job: ${jobId}`);
  }

  private interrupt(): void {
    this.isInterrupted = true;
    // Wait for the answer of AWS Batch: it says whether there is a job.
    if (this.mayHaveJob) return;
    // Write to the descriptor: runSteps captures texts that are written to `process.stdout` and `process.stderr`.
    writeSync(process.stderr.fd, `\nNo job has begun. If the file was uploaded, nothing reads it: ${this.fileUrl}\n`);
    process.exit(INTERRUPTED_EXIT_CODE);
  }
}

/** Refuses to go on while the database takes no connections: the job would wait for the database, and fail. */
async function requireDatabase(stack: DeployedStack): Promise<void> {
  const database = await describeDatabase(stack);
  if (availabilityOf(database) === 'available') return;
  const remedy = databaseRemedy(stack, environments[stack.environmentName], database);
  throw new CannotTellError(
    `The database is ${database.DBInstanceStatus}: the import would find none. First: ${remedy}`,
  );
}
