import type { Named } from '@infra/common/template';
import { readCron } from '../deployed/cron';
import { MONTH_HOURS } from './month';

const WEEK_HOURS = 7 * 24;
export const WEEK_MINUTES = WEEK_HOURS * 60;

/** A cron expression that repeats every week: fixed minute and hour, no day of the month, no month, any year. */
const WEEKLY_CRON = /^cron\(\d+ \d+ [?*] \* \S+ \*\)$/;

const MINUTE = 60_000;

/** A Sunday, 00:00. */
const SUNDAY = Date.UTC(2026, 0, 4);

/** Most firings that a week can have: one a day, since hour and minute are fixed. */
const MOST_FIRINGS = 7;

/** The minutes of a week, from Sunday 00:00, at which a schedule fires; `undefined` if it does not repeat every week. */
export function firingMinutes({ properties }: Named): readonly number[] | undefined {
  const expression = String(properties.ScheduleExpression);
  if (!WEEKLY_CRON.test(expression)) return undefined;
  try {
    const firings = readCron(expression)?.nextRuns(MOST_FIRINGS, new Date(SUNDAY - MINUTE)) ?? [];
    const minutes = firings.map((firing) => (firing.getTime() - SUNDAY) / MINUTE);
    return minutes.filter((minute) => minute < WEEK_MINUTES);
  } catch {
    // A day or an hour that does not exist.
    return undefined;
  }
}

/** Number of times that a schedule fires in a month; `NaN` if its times cannot be read. */
export function firingsPerMonth(schedule: Named): number {
  if (schedule.properties.State === 'DISABLED') return 0;
  const firingsPerWeek = firingMinutes(schedule)?.length ?? NaN;
  return (firingsPerWeek * MONTH_HOURS) / WEEK_HOURS;
}
