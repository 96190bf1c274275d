import { stripVTControlCharacters } from 'node:util';
import { CloudWatchLogs, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import { CONTAINER_NAME, resourceNames, WEB_LOG_PREFIX, workerLogPrefix } from '@infra/commands/app';
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

/** Code of a terminal that moves the cursor or erases a line, as a spinner does before each of its frames. */
// eslint-disable-next-line no-control-regex -- the code begins with the control character Escape
const REDRAW = /\u001B\[\d*[A-HJK]/;

/** The last lines as a terminal shows them in the end: without control codes, and without frames that the next one replaced. */
export function lastLinesShown(lines: readonly string[], count: number): string[] {
  const stay = lines.filter((line, index) => !(REDRAW.test(line) && REDRAW.test(lines[index + 1] ?? '')));
  return stay.slice(-count).map(stripVTControlCharacters);
}

/** A spinner writes a line each 100 ms or so: so many are read for each that is shown. */
const LINES_READ_PER_LINE = 50;

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
    .getLogEvents({ logGroupName, logStreamName, limit: count * LINES_READ_PER_LINE })
    .catch(undefinedIf(ResourceNotFoundException));
  const events = answer?.events ?? [];
  const lines = events.map(({ message = '' }) => message.trimEnd());
  return shown(lastLinesShown(lines, count));
}

/** Reads the last lines of the log of a web task or of a worker's; none if it wrote no line. */
export async function readLastLinesOfTask(
  stack: DeployedStack,
  task: Task,
  count: number,
  logs?: CloudWatchLogs,
): Promise<string[]> {
  const { prefix, logGroups } = resourceNames(stack.environmentName);
  const [, worker] = task.group?.split(`service:${prefix}-worker-`) ?? [];
  const logPrefix = worker === undefined ? WEB_LOG_PREFIX : workerLogPrefix(worker);
  const logStream = `${logPrefix}/${CONTAINER_NAME}/${lastArnPart(task.taskArn)}`;
  return await readLastLines(stack, logGroups.app, logStream, count, logs);
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
