import type { Duration } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../environment';
import type { OfficeHoursConfig } from '../sections/office-hours';
import type { UserImportConfig } from '../sections/user-import';
import { checkDuration, checkFargateSize, checkInteger, checkOneOf, type Report, show } from './check';
import { minutesOf, openHours, timeOf } from './times';

/** A file below `imports/`, of letters that need no escaping anywhere. */
const FILE_KEY = /^imports\/[A-Za-z0-9._/-]{1,500}$/;

export function userImportRules({ userImport, officeHours }: EnvironmentConfig, report: Report): void {
  if (!userImport) return;
  const { maxvCpus, size, timeout } = userImport;
  checkInteger(report, 'userImport.maxvCpus', maxvCpus, 1, 10000);
  if (maxvCpus < size.cpu / 1024) {
    report('userImport.maxvCpus', `${maxvCpus} is less than one job's ${size.cpu / 1024} vCPU; write that or more`);
  }
  checkFargateSize(report, 'userImport.size', size);
  // Fargate ends a task after 14 days in any case.
  checkDuration(report, 'userImport.timeout', timeout, 'seconds', 60, 14 * 24 * 60 * 60);
  scheduleRules(userImport, officeHours, report);
}

function scheduleRules(
  { schedule, timeout }: UserImportConfig,
  officeHours: OfficeHoursConfig | undefined,
  report: Report,
): void {
  if (!schedule) return;
  const { time, days, fileKey } = schedule;
  checkOneOf(report, 'userImport.schedule.days', days, ['every-day', 'weekdays']);
  if (!FILE_KEY.test(fileKey)) {
    report(
      'userImport.schedule.fileKey',
      `${show(fileKey)} is not a key below imports/; write one of letters, digits and . _ - / as in imports/users.csv`,
    );
  }
  const start = minutesOf(time);
  if (start === undefined) {
    report('userImport.schedule.time', `${show(time)} is not a time of day from 00:00 to 23:59`);
    return;
  }
  const hours = officeHours && openHours(officeHours);
  if (!officeHours || !hours) return;
  if (officeHours.days === 'weekdays' && days === 'every-day') {
    report(
      'userImport.schedule.days',
      "every-day is not weekdays, the days on which the database runs; write 'weekdays'",
    );
  }
  const minutes = (duration: Duration) => Math.ceil(duration.toMinutes({ integral: false }));
  const earliest = hours.from + minutes(officeHours.databaseStartup);
  const latest = hours.to - minutes(timeout);
  if (earliest > latest) {
    report(
      'userImport.schedule.time',
      `${time} has no room: the database runs from ${timeOf(earliest)} to ${officeHours.stop}, less than a job of ` +
        `${minutes(timeout)} minutes; shorten userImport.timeout`,
    );
  } else if (start < earliest || start > latest) {
    report(
      'userImport.schedule.time',
      `${time} is while the database sleeps or wakes; write ${timeOf(earliest)} to ${timeOf(latest)}, so that a job of ` +
        `${minutes(timeout)} minutes ends before it stops`,
    );
  }
}
