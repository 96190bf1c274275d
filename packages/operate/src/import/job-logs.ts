import type { Batch, JobDetail } from '@aws-sdk/client-batch';
import { logReader } from '../deployed/log-stream';
import { readAll } from '../deployed/pages';

/** The log streams of a job: each attempt to run the job has its own stream. */
export class JobLogs {
  /** Functions that return the new lines of a stream, by the name of the stream. */
  private readonly lineReaders = new Map<string, () => Promise<string[]>>();

  constructor(
    private readonly batch: Batch,
    private readonly region: string,
  ) {}

  /** Adds the streams that the job has, and that are not known yet. */
  public async addStreamsOf(job: JobDetail): Promise<void> {
    const { attempts = [] } = job;
    // The job itself has the stream of the attempt that still runs.
    const streamNames = [...attempts, job].map(({ container }) => container?.logStreamName);
    for (const logStreamName of streamNames) {
      if (!logStreamName || this.lineReaders.has(logStreamName)) continue;
      const logGroupName = await readLogGroupName(this.batch, job);
      this.lineReaders.set(logStreamName, logReader({ region: this.region }, logGroupName, logStreamName));
    }
  }

  /** Shows the lines that the job has written since the last call. */
  public async showNewLines(showLine: (line: string) => void): Promise<void> {
    for (const readNewLines of this.lineReaders.values()) {
      const newLines = await readNewLines();
      for (const line of newLines) showLine(line);
    }
  }
}

/** Reads the name of a job's log group from the job definition. */
async function readLogGroupName(batch: Batch, { jobDefinition = '' }: JobDetail): Promise<string> {
  const pages = batch.paginateDescribeJobDefinitions({ jobDefinitions: [jobDefinition] });
  const [definition] = await readAll(pages, 'jobDefinitions');
  const logOptions = definition?.containerProperties?.logConfiguration?.options;
  return logOptions?.['awslogs-group'] ?? '';
}
