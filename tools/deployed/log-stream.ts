import { CloudWatchLogs, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { awsClient, type Connection } from './aws';

/** Reads a log stream as it grows: each call returns the lines since the last one, none before the stream exists. */
export function logReader(
  connection: Connection,
  logGroupName: string,
  logStreamName: string,
): () => Promise<string[]> {
  const logs = awsClient(CloudWatchLogs, connection);
  let startingToken: string | undefined;
  return async () => {
    const lines: string[] = [];
    const pages = logs.paginateGetLogEvents(
      { logGroupName, logStreamName, startFromHead: true },
      // CloudWatch answers with the same token if there are no further lines.
      { startingToken, stopOnSameToken: true },
    );
    try {
      for await (const { events = [], nextForwardToken } of pages) {
        for (const { message = '' } of events) lines.push(message.trimEnd());
        startingToken = nextForwardToken;
      }
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    return lines;
  };
}
