import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Environment } from '../../../../deployed/environment';
import { formatInTokyo } from '../../../../deployed/tokyo-time';
import { type Answer, personMustLook, wellAnswer } from '../../answer';
import type { Question } from '../../question';
import { onlyWithWebTasks } from '../only-with-web-tasks';
import { words } from './words';

/** Question on the log of the web tasks. */
export const LOG_LINES: Question = {
  id: 'log-lines',
  statement: words.logLines.statement(),
  confirms: ['log-lines'],
  firstAskedBy: 'first-contact',
  ask: onlyWithWebTasks(checkLogLines),
};

const DAY_MS = 24 * 3_600_000;

/**
 * Looks for a line of the last day. Log streams have the time of their last line, but it is late by up to an hour, so that
 * the lines themselves are read.
 */
async function checkLogLines(environment: Environment): Promise<Answer> {
  const logGroupName = environment.names.logGroups.app;
  const startTime = environment.now.getTime() - DAY_MS;
  const pages = environment.client(CloudWatchLogs).paginateFilterLogEvents({ logGroupName, startTime });
  // A page may be empty although a later one has lines. The first line found is enough.
  for await (const { events = [] } of pages) {
    const line = events[0];
    if (line) return wellAnswer(words.logLines.found({ time: formatInTokyo(line.timestamp ?? 0) }));
  }
  return personMustLook({ says: words.logLines.none({ logGroupName }) });
}
