import { Cron } from 'croner';

/** EventBridge's `cron(0 22 * * ? *)`; the group is the fields. */
const CRON_EXPRESSION = /^cron\((.*)\)$/;

/**
 * Parses a cron expression of EventBridge, whose times are in a time zone. Throws an error if croner cannot read the
 * expression: EventBridge also takes forms that croner refuses, such as `cron(0/15 * ? * SUN *)`.
 *
 * @returns `undefined` if the schedule has no cron expression, but `rate(…)` or `at(…)`.
 */
export function parseCronExpression(expression: string, timezone = 'UTC'): Cron | undefined {
  const fields = CRON_EXPRESSION.exec(expression)?.[1];
  if (fields === undefined) return undefined;
  // EventBridge's fields begin with the minute, and croner's with the second.
  const cronerPattern = `0 ${fields}`;
  return new Cron(cronerPattern, {
    timezone,
    // EventBridge counts the days of the week from 1 for Sunday, and not from 0.
    alternativeWeekdays: true,
    // The expression is only read: it is not to run anything.
    paused: true,
  });
}
