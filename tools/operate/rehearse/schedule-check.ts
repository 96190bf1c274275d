import type { Template } from '@infra/common/template';
import { parseCronExpression } from '../../deployed/eventbridge-cron';
import { formatInTokyo } from '../../deployed/tokyo-time';
import { words } from './words';

const MINUTE_MS = 60_000;

/** Time beyond the expected one in which no schedule may fire either. */
const RESERVE_MINUTES = 60;

/** A free time is looked for so far ahead: a week has every weekday. */
const LOOK_AHEAD_MS = 7 * 24 * 60 * MINUTE_MS;

/** A schedule of the template, with its next run after a moment. */
type NextRun = (moment: Date) => Date | undefined;

/**
 * Reason for which a rehearsal may not begin now: a schedule of its own stack, such as the evening's, fires before its end.
 * `undefined`: none does.
 */
export function refusalByTime(template: Template, expectedMinutes: number, now: Date): string | undefined {
  const nextRuns = Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    return Type === 'AWS::Scheduler::Schedule' ? [nextRunOf(Properties ?? {})] : [];
  });
  const windowMs = (expectedMinutes + RESERVE_MINUTES) * MINUTE_MS;
  const lastRun = lastRunWithin(nextRuns, now, windowMs);
  if (!lastRun) return undefined;
  const beginning = nextBeginning(nextRuns, lastRun, windowMs);
  const times = { hours: Math.ceil(windowMs / MINUTE_MS / 60), fires: formatInTokyo(lastRun) };
  return beginning
    ? words.schedulesFire({ ...times, beginning: formatInTokyo(beginning) })
    : words.schedulesAlwaysFire(times);
}

function nextRunOf(properties: Readonly<Record<string, unknown>>): NextRun {
  const { ScheduleExpression, ScheduleExpressionTimezone = 'UTC' } = properties as Readonly<Record<string, string>>;
  const cron = parseCronExpression(ScheduleExpression ?? '', ScheduleExpressionTimezone);
  return (moment) => cron?.nextRun(moment) ?? undefined;
}

/** The last of the schedules' next runs within a time from a moment. */
function lastRunWithin(nextRuns: readonly NextRun[], moment: Date, windowMs: number): Date | undefined {
  const runs = nextRuns.flatMap((nextRun) => nextRun(moment)?.getTime() ?? []);
  const runsWithin = runs.filter((run) => run < moment.getTime() + windowMs);
  return runsWithin.length > 0 ? new Date(Math.max(...runsWithin)) : undefined;
}

/** First moment after a run from which on nothing fires for long enough; `undefined` if there is none in a week. */
function nextBeginning(nextRuns: readonly NextRun[], firstRun: Date, windowMs: number): Date | undefined {
  let run: Date | undefined = firstRun;
  let beginning = firstRun;
  while (run) {
    beginning = new Date(run.getTime() + MINUTE_MS);
    if (beginning.getTime() > firstRun.getTime() + LOOK_AHEAD_MS) return undefined;
    run = lastRunWithin(nextRuns, beginning, windowMs);
  }
  return beginning;
}
