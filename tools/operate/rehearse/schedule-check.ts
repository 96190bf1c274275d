import type { Cron } from 'croner';
import type { Resource, Template } from '@infra/common/template';
import { parseCronExpression } from '../../deployed/eventbridge-cron';
import { formatInTokyo } from '../../deployed/tokyo-time';
import { words } from './words';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Time beyond the expected one in which no schedule may fire either. */
const RESERVE_MINUTES = 60;

/** A later beginning is looked for so far ahead: a week has every weekday. */
const LOOK_AHEAD_MS = 7 * 24 * HOUR_MS;

/**
 * Reason for which a rehearsal may not begin now: a schedule of its own stack, such as the evening's, fires before its end.
 * `undefined`: none does.
 */
export function refusalByTime(template: Template, expectedMinutes: number, now: Date): string | undefined {
  const crons = cronsOf(template);
  const windowMs = (expectedMinutes + RESERVE_MINUTES) * MINUTE_MS;
  const lastRun = lastRunWithin(crons, now, windowMs);
  if (!lastRun) return undefined;

  const hours = Math.ceil(windowMs / HOUR_MS);
  const fires = formatInTokyo(lastRun);
  const beginning = nextBeginning(crons, lastRun, windowMs);
  if (!beginning) return words.schedulesAlwaysFire({ hours, fires });
  return words.schedulesFire({ hours, fires, beginning: formatInTokyo(beginning) });
}

/** Cron expressions of the template's schedules. */
function cronsOf(template: Template): Cron[] {
  const resources = Object.values(template.Resources);
  const schedules = resources.filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  return schedules.map(cronOf).filter((cron) => cron !== undefined);
}

/** Cron expression of a schedule; `undefined` for a schedule without one, such as `rate(1 day)`. */
function cronOf(schedule: Resource): Cron | undefined {
  const properties = (schedule.Properties ?? {}) as Readonly<Record<string, string>>;
  const expression = properties['ScheduleExpression'] ?? '';
  const timezone = properties['ScheduleExpressionTimezone'];
  return parseCronExpression(expression, timezone);
}

/** Last of the schedules' next runs in a window that begins at a moment; `undefined` if none fires in it. */
function lastRunWithin(crons: readonly Cron[], moment: Date, windowMs: number): Date | undefined {
  const windowEnd = new Date(moment.getTime() + windowMs);
  let lastRun: Date | undefined;
  for (const cron of crons) {
    const run = cron.nextRun(moment);
    if (!run || run >= windowEnd) continue;
    if (!lastRun || run > lastRun) lastRun = run;
  }
  return lastRun;
}

/** First moment after a run from which on nothing fires for long enough; `undefined` if there is none in a week. */
function nextBeginning(crons: readonly Cron[], firstRun: Date, windowMs: number): Date | undefined {
  const latestBeginning = new Date(firstRun.getTime() + LOOK_AHEAD_MS);
  let beginning = minuteAfter(firstRun);
  while (beginning <= latestBeginning) {
    const run = lastRunWithin(crons, beginning, windowMs);
    if (!run) return beginning;
    beginning = minuteAfter(run);
  }
  return undefined;
}

function minuteAfter(moment: Date): Date {
  return new Date(moment.getTime() + MINUTE_MS);
}
