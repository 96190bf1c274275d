import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import type { Message } from '@infra/common/message';
import { SecretMask } from '@infra/common/secret-mask';
import type { Environment } from '@infra/operate/deployed/environment';
import { readLastLinesOfTask } from '@infra/operate/deployed/log-stream';
import { endTime, startTime } from '@infra/operate/deployed/task-failures';
import { isKnown } from './known-texts';
import { words } from './words';

const HOUR_MS = 3_600_000;
/** Failures from which on tasks are said to end again and again. */
const FEWEST_FAILURES_OF_LOOP = 2;
/** A task that has run so many times longer than each failed one is said to stay. */
const LIFETIMES_UNTIL_STABLE = 2;

/**
 * True if tasks end again and again, even if the newest one is healthy at the moment: it has not outlived the failed ones.
 *
 * @param failures - Tasks that failed.
 * @param runningTasks - Tasks that run now.
 */
export function isCrashLoop(failures: readonly Task[], runningTasks: readonly Task[], now: Date): boolean {
  // A task that had run for hours before it ended is no part of a loop.
  const recentFailures = failures.filter((task) => now.getTime() - startTime(task) < HOUR_MS);
  if (recentFailures.length < FEWEST_FAILURES_OF_LOOP) return false;
  const longestLifetime = Math.max(...recentFailures.map((task) => endTime(task) - startTime(task)));
  const newestStart = Math.max(...runningTasks.map(startTime));
  return now.getTime() - newestStart < LIFETIMES_UNTIL_STABLE * longestLifetime;
}

/** Lines of a log that are read, and those that are shown of them. */
const READ_LINES = 20;
const SHOWN_LINES = 3;

/** Lines without a cause: blank ones, and those around the error in a stack trace of JavaScript. */
const LINE_WITHOUT_CAUSE = /^\s*(\^+|at .+|\}|Node\.js v.+|[\w/.:-]+:\d+)?\s*$/;

/**
 * The last lines of a task's log that may name a cause, with labels in the place of secrets; none without a task, or if there
 * are none to read. If lines have a known text, it is those.
 */
export async function lastLinesOf(environment: Environment, task: Task | undefined): Promise<string[]> {
  if (task === undefined) return [];
  // A role that may not read logs still gets the reason of the end.
  const logs = environment.client(CloudWatchLogs);
  const read = await readLastLinesOfTask(environment, task, READ_LINES, logs).catch(() => []);
  const lines = read.filter((line) => !LINE_WITHOUT_CAUSE.test(line));
  const known = lines.filter(isKnown);
  const mask = new SecretMask();
  return (known.length > 0 ? known : lines).slice(-SHOWN_LINES).map((line) => mask.maskLines(line));
}

/** Text on lines of a log; `undefined` without a line. */
export function logText(lines: readonly string[]): Message | undefined {
  return lines.length === 0 ? undefined : words.health.lastLines({ lines });
}
