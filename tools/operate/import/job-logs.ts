import type { Batch, JobDetail } from '@aws-sdk/client-batch';
import { readAll } from '../../deployed/aws';
import { logReader } from '../../deployed/log-stream';

/** The log streams of a job: each attempt has one of its own. */
export class JobLogs {
  /** Functions that read the new lines of a stream, by its name. */
  private readonly readers = new Map<string, () => Promise<string[]>>();

  constructor(
    private readonly batch: Batch,
    private readonly region: string,
  ) {}

  /** Adds the streams that the job has by now. */
  public async addStreamsOf(job: JobDetail): Promise<void> {
    const { attempts = [] } = job;
    const streamNames = [...attempts, job].map(({ container }) => container?.logStreamName);
    for (const logStreamName of streamNames) {
      if (!logStreamName || this.readers.has(logStreamName)) continue;
      const logGroupName = await readLogGroup(this.batch, job);
      this.readers.set(logStreamName, logReader({ region: this.region }, logGroupName, logStreamName));
    }
  }

  /** Shows the lines that were written since the last call. */
  public async showNewLines(show: (line: string) => void): Promise<void> {
    for (const readNewLines of this.readers.values()) {
      const newLines = await readNewLines();
      for (const line of newLines) show(line);
    }
  }
}

/** Name of the log group that the job definition of a job names. */
async function readLogGroup(batch: Batch, { jobDefinition = '' }: JobDetail): Promise<string> {
  const pages = batch.paginateDescribeJobDefinitions({ jobDefinitions: [jobDefinition] });
  const [definition] = await readAll(pages, 'jobDefinitions');
  const logOptions = definition?.containerProperties?.logConfiguration?.options;
  return logOptions?.['awslogs-group'] ?? '';
}
