import { CloudWatchLogs, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { awsClient, type Connection } from './aws';

/** Reads a log stream as it grows: each call returns the lines since the last one, none before the stream exists. */
export function logReader(at: Connection, logGroupName: string, logStreamName: string): () => Promise<string[]> {
  const logs = awsClient(CloudWatchLogs, at);
  const wanted = { logGroupName, logStreamName, startFromHead: true };
  let startingToken: string | undefined;
  return async () => {
    const lines: string[] = [];
    // CloudWatch gives the same token again where there is no more.
    const pages = logs.paginateGetLogEvents(wanted, { startingToken, stopOnSameToken: true });
    try {
      for await (const page of pages) {
        lines.push(...(page.events ?? []).map(({ message = '' }) => message.trimEnd()));
        startingToken = page.nextForwardToken;
      }
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    return lines;
  };
}
