import { writeSync } from 'node:fs';
import type { Message } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { Output, Part, Variable } from '@infra/commands/app';
import { errorText } from '../deployed/aws-errors';
import { availabilityOf, databaseRemedy, describeDatabase } from '../deployed/database';
import { type DeployedStack, hasPart, physicalIdOf } from '../deployed/deployed-stack';
import { INTERRUPTED_EXIT_CODE, runSteps, type Step } from '@infra/commands/steps';
import { configOf } from '@infra/commands/environment-config';
import type { CsvFile } from './check-csv-file';
import { submitJob, type SubmittedJob, UnknownJobError } from './submit-job';
import { newImportId, type ObjectLocation, objectKeyFor, uploadCsvFile } from './upload';
import { words } from './words';

/** ARNs of the resources that run imports. */
interface ImportResources {
  readonly jobQueue: string;
  readonly jobDefinition: string;
}

/**
 * Uploads a file and submits the job that imports it. Ctrl-C ends this process, unless a job may have begun.
 *
 * @throws UnknownJobError if a job may have begun, and CannotTellError if none has.
 */
export async function submitImport(stack: DeployedStack, csvFile: CsvFile): Promise<SubmittedJob> {
  const resources = findImportResources(stack);
  const submission = new ImportSubmission(stack, resources, csvFile);
  return await submission.run();
}

function findImportResources(stack: DeployedStack): ImportResources {
  const { environmentName } = stack;
  const { userImport } = configOf(environmentName);
  if (userImport === undefined && !hasPart(stack, Part.jobQueue)) {
    throw new CannotTellError(words.notConfigured({ environmentName }));
  }
  return {
    jobQueue: physicalIdOf(stack, Part.jobQueue),
    jobDefinition: physicalIdOf(stack, Part.jobDefinition),
  };
}

class ImportSubmission {
  private readonly jobName: string;
  private readonly location: ObjectLocation;
  private readonly fileUrl: string;
  private submittedJob: SubmittedJob = { jobId: '', isInterrupted: false };
  /** True once the request for the job is sent: from then on, a job may run. */
  private mayHaveJob = false;

  constructor(
    private readonly stack: DeployedStack,
    private readonly resources: ImportResources,
    private readonly csvFile: CsvFile,
  ) {
    const importId = newImportId();
    this.jobName = `user-import-${importId}`;
    this.location = {
      Bucket: stack.outputs[Output.bucketName] ?? '',
      Key: objectKeyFor(csvFile.path, importId),
    };
    this.fileUrl = `s3://${this.location.Bucket}/${this.location.Key}`;
  }

  public async run(): Promise<SubmittedJob> {
    const { path, recordCount: rowCount, byteCount } = this.csvFile;
    console.log(words.file({ path, rowCount, byteCount, fileUrl: this.fileUrl }));
    const steps: Step[] = [
      { title: words.steps.checkDatabase, work: () => requireDatabase(this.stack) },
      { title: words.steps.upload, work: (setTitle) => this.uploadFile(setTitle) },
      { title: words.steps.submit, work: (setTitle) => this.submitJob(setTitle) },
    ];
    const onCtrlC = () => {
      this.interrupt();
    };
    try {
      await runSteps(steps, onCtrlC);
    } catch (error) {
      if (error instanceof CannotTellError || error instanceof UnknownJobError) throw error;
      throw new CannotTellError(words.notBegun({ reason: errorText(error) }));
    }
    return this.submittedJob;
  }

  private async uploadFile(setTitle: (title: Message) => void): Promise<void> {
    await uploadCsvFile(this.stack.region, this.location, this.csvFile, (percent) => {
      if (process.stdout.isTTY) {
        setTitle(words.steps.uploading({ percent }));
      }
    });
  }

  private async submitJob(setTitle: (title: Message) => void): Promise<void> {
    this.mayHaveJob = true;
    const fileKeyVariable = { name: Variable.importFileKey, value: this.location.Key };
    this.submittedJob = await submitJob(this.stack.region, {
      jobName: this.jobName,
      jobQueue: this.resources.jobQueue,
      jobDefinition: this.resources.jobDefinition,
      containerOverrides: { environment: [fileKeyVariable] },
    });
    setTitle(words.steps.submitted({ jobId: this.submittedJob.jobId }));
  }

  private interrupt(): void {
    if (this.mayHaveJob) return;
    // Listr captures texts that are written to `process.stderr`.
    writeSync(process.stderr.fd, `\n${words.nothingBegan({ fileUrl: this.fileUrl })}\n`);
    process.exit(INTERRUPTED_EXIT_CODE);
  }
}

/** Refuses to go on while the database takes no connections: the job would wait for the database, and fail. */
export async function requireDatabase(stack: DeployedStack): Promise<void> {
  const database = await describeDatabase(stack);
  if (availabilityOf(database) === 'available') return;
  const remedy = databaseRemedy(stack, configOf(stack.environmentName), database);
  const status = database.DBInstanceStatus ?? '';
  throw new CannotTellError(words.databaseNotAvailable({ status, remedy }));
}
