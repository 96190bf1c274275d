import { writeSync } from 'node:fs';
import { Batch } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { count } from '@infra/common/words';
import * as environments from '../../../lib/config';
import { Output, Variable } from '../../../lib/contract';
import { errorText } from '../../deployed/aws-errors';
import { availabilityOf, databaseRemedy, describeDatabase } from '../../deployed/database';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { runSteps, type Step } from '../../program/steps';
import type { CsvFile } from './check-file';
import { newKey, type ObjectLocation, upload } from './upload';

/** An import whose job was submitted. */
export interface SubmittedImport {
  readonly jobId: string;
  /** True if Ctrl-C came while AWS Batch was asked for the job. */
  readonly isInterrupted: boolean;
}

/** Parts of the stack that run imports. */
interface ImportResources {
  readonly jobQueue: string;
  readonly jobDefinition: string;
}

/** Uploads a file and submits its job. Ctrl-C ends this process, unless a job may have begun. */
export async function submitImport(stack: DeployedStack, csv: CsvFile): Promise<SubmittedImport> {
  const resources = findImportResources(stack);
  const submission = new ImportSubmission(stack, resources, csv);
  const rows = count(csv.rows, 'row');
  const bytes = count(csv.bytes, 'byte');
  console.log(`${csv.path}: ${rows} below the header, ${bytes}`);
  return await submission.run();
}

function findImportResources({ environmentName, ids }: DeployedStack): ImportResources {
  const [jobQueue] = ids('AWS::Batch::JobQueue');
  const [jobDefinition] = ids('AWS::Batch::JobDefinition');
  if (jobQueue && jobDefinition) return { jobQueue, jobDefinition };
  throw new CannotTellError(`${environmentName} has no user import: userImport in lib/config/${environmentName}.ts.`);
}

class ImportSubmission {
  private readonly location: ObjectLocation;
  private readonly fileUrl: string;
  private jobId = '';
  private isSubmitting = false;
  private isInterrupted = false;

  constructor(
    private readonly stack: DeployedStack,
    private readonly resources: ImportResources,
    private readonly csv: CsvFile,
  ) {
    this.location = { Bucket: stack.outputs[Output.bucketName] ?? '', Key: newKey(csv.path) };
    this.fileUrl = `s3://${this.location.Bucket}/${this.location.Key}`;
  }

  public async run(): Promise<SubmittedImport> {
    const steps: Step[] = [
      { title: 'Check that the database runs', work: () => requireDatabase(this.stack) },
      { title: `Upload to ${this.fileUrl}`, work: (setTitle) => this.uploadFile(setTitle) },
      { title: 'Submit the job', work: (setTitle) => this.submitJob(setTitle) },
    ];
    try {
      await runSteps(steps, () => {
        this.interrupt();
      });
    } catch (error) {
      if (error instanceof CannotTellError) throw error;
      throw new CannotTellError(`No import was begun: ${errorText(error)}`);
    }
    return { jobId: this.jobId, isInterrupted: this.isInterrupted };
  }

  private async uploadFile(setTitle: (title: string) => void): Promise<void> {
    await upload(this.stack.region, this.location, this.csv, (percent) => {
      if (process.stdout.isTTY) {
        setTitle(`Upload to ${this.fileUrl}: ${percent} %`);
      }
    });
  }

  private async submitJob(setTitle: (title: string) => void): Promise<void> {
    this.isSubmitting = true;
    const fileKey = { name: Variable.importFileKey, value: this.location.Key };
    const { jobId = '' } = await this.stack.client(Batch).submitJob({
      jobName: 'user-import',
      jobQueue: this.resources.jobQueue,
      jobDefinition: this.resources.jobDefinition,
      containerOverrides: { environment: [fileKey] },
    });
    this.jobId = jobId;
    setTitle(`Submit the job: ${jobId}`);
  }

  private interrupt(): void {
    this.isInterrupted = true;
    // The answer of AWS Batch says whether a job has begun: wait for it.
    if (this.isSubmitting) return;
    writeSync(process.stderr.fd, `\nNo job has begun. If the file was uploaded, nothing reads it: ${this.fileUrl}\n`);
    process.exit(130);
  }
}

/** Without a database the job would wait for one, and fail. */
async function requireDatabase(stack: DeployedStack): Promise<void> {
  const database = await describeDatabase(stack);
  if (availabilityOf(database) === 'available') return;
  const remedy = databaseRemedy(stack, environments[stack.environmentName], database);
  throw new CannotTellError(
    `The database is ${database.DBInstanceStatus}: the import would find none. First: ${remedy}`,
  );
}
