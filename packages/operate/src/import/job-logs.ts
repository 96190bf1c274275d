import type { Batch, JobDetail } from '@aws-sdk/client-batch';
import { logReader } from '../deployed/log-stream';
import { readAll } from '../deployed/pages';

/**
 * Makes a function that follows the logs of a job: each call returns the lines that were added since the previous call. Each
 * attempt to run the job has a stream of its own.
 */
export function jobLogReader(batch: Batch, region: string): (job: JobDetail) => Promise<string[]> {
  const readers = new Map<string, () => Promise<string[]>>();
  return async (job) => {
    // The job itself has the stream of the attempt that still runs.
    const attempts = [...(job.attempts ?? []), job];
    for (const { container } of attempts) {
      const logStreamName = container?.logStreamName;
      if (!logStreamName || readers.has(logStreamName)) continue;
      const logGroupName = await readLogGroupName(batch, job);
      readers.set(logStreamName, logReader({ region }, logGroupName, logStreamName));
    }
    const lines: string[] = [];
    for (const readNewLines of readers.values()) {
      lines.push(...(await readNewLines()));
    }
    return lines;
  };
}

/** Reads the name of a job's log group from the job definition. */
async function readLogGroupName(batch: Batch, { jobDefinition = '' }: JobDetail): Promise<string> {
  const pages = batch.paginateDescribeJobDefinitions({ jobDefinitions: [jobDefinition] });
  const [definition] = await readAll(pages, 'jobDefinitions');
  const logOptions = definition?.containerProperties?.logConfiguration?.options;
  return logOptions?.['awslogs-group'] ?? '';
}
