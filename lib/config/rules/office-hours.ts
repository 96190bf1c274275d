import type { Duration } from 'aws-cdk-lib/core';
import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { checkDuration, checkOneOf, type Report, show } from './check';
import { DAY_MINUTES, minutesOf, databaseHours, timeOf } from './times';

/** The tasks get five minutes to end before the database stops (constructs/office-hours.ts), still on the same day. */
const LATEST_STOP = DAY_MINUTES - 5 - 1;

/**
 * The shortest time in which web tasks may follow the database, in minutes. "Starting a DB instance requires instance
 * recovery and can take from minutes to hours" (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html);
 * until then each task fails, and ECS replaces it.
 */
const SHORTEST_STARTUP = 5;

function startupRules(databaseStartup: Duration, report: Report): void {
  const field = 'officeHours.databaseStartup';
  const minutes = databaseStartup.toMinutes({ integral: false });
  if (minutes < SHORTEST_STARTUP)
    report(field, words.officeHours.startupTooShort({ minutes, shortest: SHORTEST_STARTUP }));
  else checkDuration(report, field, databaseStartup, 'minutes', SHORTEST_STARTUP, 120);
}

export function officeHoursRules({ officeHours, webService }: EnvironmentConfig, report: Report): void {
  if (!officeHours) return;
  const { start, stop, days, databaseStartup } = officeHours;
  // The type forbids it; a config that was cast would start at once what the office hours stop.
  if ((webService.tasks.mode as string) === 'scaled') {
    report('officeHours', words.officeHours.scaledTasks({ start: show(start), stop: show(stop) }));
  }
  for (const [field, time] of Object.entries({ start, stop })) {
    if (minutesOf(time) === undefined) {
      report(`officeHours.${field}`, words.values.notTimeOfDay({ time: show(time) }));
    }
  }
  checkOneOf(report, 'officeHours.days', days, ['every-day', 'weekdays']);
  startupRules(databaseStartup, report);

  const end = minutesOf(stop);
  if (minutesOf(start) === undefined || end === undefined) return;
  if (end > LATEST_STOP) {
    report('officeHours.stop', words.officeHours.stopTooLate({ stop, latest: timeOf(LATEST_STOP) }));
  }
  if (!databaseHours(officeHours)) {
    const startupMinutes = databaseStartup.toMinutes({ integral: false });
    report('officeHours.stop', words.officeHours.stopBeforeStart({ stop, start, startupMinutes }));
  }
}
