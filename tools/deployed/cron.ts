import { Cron } from 'croner';

/** The fields of EventBridge's `cron(0 22 * * ? *)`. */
const CRON_FIELDS = /^cron\((.*)\)$/;

/** A cron expression of EventBridge, in the time of a zone; `undefined` if the schedule is of another kind. */
export function readCron(expression: string, timezone = 'UTC'): Cron | undefined {
  const fields = CRON_FIELDS.exec(expression)?.[1];
  if (fields === undefined) return undefined;
  // EventBridge writes a year and no seconds, and counts the days of the week from 1 for Sunday.
  return new Cron(`0 ${fields}`, { timezone, alternativeWeekdays: true, paused: true });
}
