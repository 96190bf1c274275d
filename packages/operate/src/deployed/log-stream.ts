import { CloudWatchLogs, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import { CONTAINER_NAME, resourceNames, WEB_LOG_PREFIX } from '@infra/commands/app';
import { lastArnPart } from './arn';
import { undefinedIf } from './aws-errors';
import { awsClient, type Connection } from './aws-client';
import type { DeployedStack } from './deployed-stack';
import { words } from './words';

/**
 * Lines of an application's log, or one that counts them where HIDE_LOG_LINES is set, as in the workflows of a public repository.
 * No pattern knows each secret that a log may have.
 */
function shown(lines: string[]): string[] {
  const isHidden = Boolean(process.env['HIDE_LOG_LINES']) && lines.length > 0;
  return isHidden ? [words.hiddenLines({ count: lines.length })] : lines;
}

/** Reads the last lines of a log stream; none if the stream does not exist. */
export async function readLastLines(
  connection: Connection,
  logGroupName: string,
  logStreamName: string,
  count: number,
  logs = awsClient(CloudWatchLogs, connection),
): Promise<string[]> {
  // eslint-disable-next-line aws/all-pages -- the newest lines are on the first page
  const answer = await logs
    .getLogEvents({ logGroupName, logStreamName, limit: count })
    .catch(undefinedIf(ResourceNotFoundException));
  const events = answer?.events ?? [];
  return shown(events.map(({ message = '' }) => message.trimEnd()));
}

/** Reads the last lines of a web task's log; none if it wrote no line. */
export async function readLastLinesOfWebTask(
  stack: DeployedStack,
  task: Task,
  count: number,
  logs?: CloudWatchLogs,
): Promise<string[]> {
  const logGroup = resourceNames(stack.environmentName).logGroups.app;
  const logStream = `${WEB_LOG_PREFIX}/${CONTAINER_NAME}/${lastArnPart(task.taskArn)}`;
  return await readLastLines(stack, logGroup, logStream, count, logs);
}

/**
 * Makes a function that follows a log stream: each call returns the lines that were added since the previous call. Before
 * the stream exists, there are none.
 */
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
      // At the end of a stream, CloudWatch answers with the token that it was asked with.
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
    return shown(lines);
  };
}
