import { Cron } from 'croner';

/** A cron expression of EventBridge, in the time of a zone; `undefined` if the schedule is of another kind. */
export function readCron(expression: string, timezone = 'UTC'): Cron | undefined {
  const [, fields] = /^cron\((.*)\)$/.exec(expression) ?? [];
  // EventBridge writes a year and no seconds, and counts the days of the week from 1 for Sunday.
  return fields === undefined
    ? undefined
    : new Cron(`0 ${fields}`, { timezone, alternativeWeekdays: true, paused: true });
}
