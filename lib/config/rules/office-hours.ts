import type { EnvironmentConfig } from '../environment';
import { checkDuration, checkOneOf, type Report, show } from './check';
import { DAY, minutesOf, openHours, timeOf } from './times';

/** The tasks get five minutes to end before the database stops (constructs/office-hours.ts), still on the same day. */
const LATEST_STOP = DAY - 5 - 1;

export function officeHoursRules({ officeHours, webService }: EnvironmentConfig, report: Report): void {
  if (!officeHours) return;
  const { start, stop, days, databaseStartup } = officeHours;
  // The type forbids it; a config that was cast would start at once what the office hours stop.
  if ((webService.tasks.mode as string) === 'scaled') {
    report('officeHours', `${show(start)} to ${show(stop)} goes with tasks of mode 'fixed' only; write undefined`);
  }
  for (const [field, time] of Object.entries({ start, stop })) {
    if (minutesOf(time) === undefined) {
      report(`officeHours.${field}`, `${show(time)} is not a time of day from 00:00 to 23:59`);
    }
  }
  checkOneOf(report, 'officeHours.days', days, ['every-day', 'weekdays']);
  checkDuration(report, 'officeHours.databaseStartup', databaseStartup, 'minutes', 1, 120);

  const end = minutesOf(stop);
  if (minutesOf(start) === undefined || end === undefined) return;
  if (end > LATEST_STOP) report('officeHours.stop', `${stop} is too late; write ${timeOf(LATEST_STOP)} or earlier`);
  if (!openHours(officeHours)) {
    report(
      'officeHours.stop',
      `${stop} is not after ${start} and the ${databaseStartup.toMinutes({ integral: false })} minutes that the ` +
        'database takes to start; write a later time of the same day',
    );
  }
}
