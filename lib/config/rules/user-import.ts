import type { Duration } from 'aws-cdk-lib/core';
import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import type { OfficeHoursConfig } from '../sections/office-hours';
import type { UserImportConfig } from '../sections/user-import';
import { checkDuration, checkFargateSize, checkInteger, checkOneOf, type Report, show } from './check';
import {
  DAY_MINUTES,
  JAPAN_OFFSET_MINUTES,
  minutesOf,
  databaseHours,
  timeOf,
  WEEK_MINUTES,
  WEEKDAYS,
  weekMinutesOf,
  weekTimeOf,
  type Window,
  windowOf,
  windowsOverlap,
} from './times';

/** A file below `imports/`, of letters that need no escaping anywhere. */
const FILE_KEY = /^imports\/[A-Za-z0-9._/-]{1,500}$/;

export function userImportRules({ userImport, officeHours, database }: EnvironmentConfig, report: Report): void {
  if (!userImport) return;
  const { maxvCpus, size, timeout } = userImport;
  checkInteger(report, 'userImport.maxvCpus', maxvCpus, 1, 10000);
  if (maxvCpus < size.cpu / 1024) {
    report('userImport.maxvCpus', words.userImport.lessThanOneJob({ vCpus: maxvCpus, ofOneJob: size.cpu / 1024 }));
  }
  checkFargateSize(report, 'userImport.size', size);
  // Fargate ends a task after 14 days in any case.
  checkDuration(report, 'userImport.timeout', timeout, 'seconds', 60, 14 * 24 * 60 * 60);
  scheduleRules(userImport, officeHours, report);
  maintenanceRules(userImport, database.maintenanceWindow, report);
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
    report('userImport.schedule.fileKey', words.userImport.notFileKey({ key: show(fileKey) }));
  }
  const start = minutesOf(time);
  if (start === undefined) {
    report('userImport.schedule.time', words.values.notTimeOfDay({ time: show(time) }));
    return;
  }
  const hours = officeHours && databaseHours(officeHours);
  if (!officeHours || !hours) return;
  if (officeHours.days === 'weekdays' && days === 'every-day') {
    report('userImport.schedule.days', words.userImport.onWeekend());
  }
  const earliest = hours.from + minutesIn(officeHours.databaseStartup);
  const latest = hours.to - minutesIn(timeout);
  const minutes = minutesIn(timeout);
  if (earliest > latest) {
    report(
      'userImport.schedule.time',
      words.userImport.noRoom({ time, earliest: timeOf(earliest), stop: officeHours.stop, minutes }),
    );
  } else if (start < earliest || start > latest) {
    report(
      'userImport.schedule.time',
      words.userImport.databaseSleeps({ time, earliest: timeOf(earliest), latest: timeOf(latest), minutes }),
    );
  }
}

/** Whole minutes, so that nothing ends earlier than a rule assumes. */
function minutesIn(duration: Duration): number {
  return Math.ceil(duration.toMinutes({ integral: false }));
}

/**
 * In its maintenance window RDS may take the database offline, and a job that runs loses its connections
 * (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html).
 */
function maintenanceRules({ schedule, timeout }: UserImportConfig, maintenance: string, report: Report): void {
  const start = schedule && minutesOf(schedule.time);
  const window = windowOf(maintenance, weekMinutesOf, WEEK_MINUTES);
  if (!schedule || start === undefined || !window) return;
  const days = schedule.days === 'weekdays' ? WEEKDAYS.slice(0, 5) : WEEKDAYS;
  const jobs = days.map((_, day): Window => ({ start: day * DAY_MINUTES + start, length: minutesIn(timeout) }));
  const inJapan: Window = { start: window.start + JAPAN_OFFSET_MINUTES, length: window.length };
  if (!jobs.some((job) => windowsOverlap(job, inJapan, WEEK_MINUTES))) return;
  report(
    'userImport.schedule.time',
    words.userImport.inMaintenance({
      time: schedule.time,
      minutes: minutesIn(timeout),
      maintenance,
      from: weekTimeOf(inJapan.start),
      to: weekTimeOf(inJapan.start + inJapan.length),
    }),
  );
}
