import { Cron } from 'croner';

/** The fields of EventBridge's `cron(0 22 * * ? *)`. */
const CRON_FIELDS = /^cron\((.*)\)$/;

/**
 * Parses a cron expression of EventBridge, whose times are in a time zone. Throws an error if croner cannot read the
 * expression: EventBridge also takes forms that croner refuses, such as `cron(0/15 * ? * SUN *)`.
 *
 * @returns `undefined` if the schedule has no cron expression, but `rate(…)` or `at(…)`.
 */
export function parseCronExpression(expression: string, timezone = 'UTC'): Cron | undefined {
  const fields = CRON_FIELDS.exec(expression)?.[1];
  if (fields === undefined) return undefined;
  // EventBridge's fields begin with the minute, and croner's with the second.
  const croner = `0 ${fields}`;
  return new Cron(croner, {
    timezone,
    // EventBridge counts the days of the week from 1 for Sunday, and not from 0.
    alternativeWeekdays: true,
    // The expression is only read: it is not to run anything.
    paused: true,
  });
}
