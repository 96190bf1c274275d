import type { NamedResource } from '@infra/common/template';
import { parseCronExpression } from '@infra/common/eventbridge-cron';
import { HOURS_PER_MONTH } from './month';

const HOURS_PER_WEEK = 7 * 24;
export const MINUTES_PER_WEEK = HOURS_PER_WEEK * 60;
const MINUTE_MS = 60_000;

/** A cron expression that repeats every week: fixed minute and hour, no day of the month, no month, any year. */
const WEEKLY_CRON = /^cron\(\d+ \d+ [?*] \* \S+ \*\)$/;

/** Start of a week: a Sunday, 00:00. */
const START_OF_WEEK_MS = Date.UTC(2026, 0, 4);

/** A weekly cron expression has a fixed minute and hour, and so fires once a day at most. */
const MOST_FIRINGS_PER_WEEK = 7;

/**
 * The minutes of a week, counted from Sunday 00:00 in the schedule's time zone, at which a schedule fires; `undefined` if
 * it does not repeat every week, or cannot be read.
 */
export function firingMinutes({ properties }: NamedResource): readonly number[] | undefined {
  const expression = String(properties.ScheduleExpression);
  if (!WEEKLY_CRON.test(expression)) return undefined;
  try {
    // The next runs are later than the given time: begin a minute earlier, so that a run at the start counts.
    const beforeWeek = new Date(START_OF_WEEK_MS - MINUTE_MS);
    const firings = parseCronExpression(expression)?.nextRuns(MOST_FIRINGS_PER_WEEK, beforeWeek) ?? [];
    const minutes = firings.map((firing) => (firing.getTime() - START_OF_WEEK_MS) / MINUTE_MS);
    return minutes.filter((minute) => minute < MINUTES_PER_WEEK);
  } catch {
    // The expression has a day or an hour that does not exist.
    return undefined;
  }
}

/** Number of times that a schedule fires in a month; `undefined` if its times cannot be read. */
export function firingsPerMonth(schedule: NamedResource): number | undefined {
  if (schedule.properties.State === 'DISABLED') return 0;
  const minutes = firingMinutes(schedule);
  if (minutes === undefined) return undefined;
  return (minutes.length * HOURS_PER_MONTH) / HOURS_PER_WEEK;
}
