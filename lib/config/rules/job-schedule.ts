import type { Duration } from 'aws-cdk-lib/core';
import type { OfficeHoursConfig, RunningDays, TimeOfDay } from '../sections/office-hours';
import { words } from '../words';
import { show } from './check';
import {
  DAY_MINUTES,
  databaseHours,
  JAPAN_OFFSET_MINUTES,
  minutesOf,
  timeOf,
  WEEK_MINUTES,
  WEEKDAYS,
  weekMinutesOf,
  weekTimeOf,
  type Window,
  windowOf,
  windowsOverlap,
} from './times';

/** A job that a schedule starts. */
export interface ScheduledJob {
  /** Start in Japan's time. */
  readonly time: TimeOfDay;
  readonly days: RunningDays;
  /** The longest time that the job runs. */
  readonly timeout: Duration;
  /** The timeout as the reader's code calls it. */
  readonly timeoutName: string;
}

/** Times in which the database may be away. */
export interface DatabaseTimes {
  /** `undefined`: the database always runs. */
  readonly officeHours: OfficeHoursConfig | undefined;
  /** In UTC, such as `Sun:18:30-Sun:19:00`. */
  readonly maintenanceWindow: string;
}

/** Takes a broken rule of a schedule. */
type ReportField = (field: 'time' | 'days', problem: string) => void;

/** A job that needs the database starts once the database is up, and ends before it stops or is maintained. */
export function jobScheduleRules(job: ScheduledJob, database: DatabaseTimes, report: ReportField): void {
  const start = minutesOf(job.time);
  if (start === undefined) {
    report('time', words.values.notTimeOfDay({ time: show(job.time) }));
    return;
  }
  if (database.officeHours) officeHoursRules(job, start, database.officeHours, report);
  maintenanceRules(job, start, database.maintenanceWindow, report);
}

function officeHoursRules(
  { time, days, timeout, timeoutName }: ScheduledJob,
  start: number,
  officeHours: OfficeHoursConfig,
  report: ReportField,
): void {
  const hours = databaseHours(officeHours);
  if (!hours) return;
  if (officeHours.days === 'weekdays' && days === 'every-day') report('days', words.jobSchedule.onWeekend);
  const minutes = minutesIn(timeout);
  const earliest = hours.from + minutesIn(officeHours.databaseStartup);
  const latest = hours.to - minutes;
  if (earliest > latest) {
    const { stop } = officeHours;
    report('time', words.jobSchedule.noRoom({ time, earliest: timeOf(earliest), stop, minutes, timeoutName }));
  } else if (start < earliest || start > latest) {
    report(
      'time',
      words.jobSchedule.databaseSleeps({ time, earliest: timeOf(earliest), latest: timeOf(latest), minutes }),
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
function maintenanceRules(
  { time, days, timeout, timeoutName }: ScheduledJob,
  start: number,
  maintenance: string,
  report: ReportField,
): void {
  const window = windowOf(maintenance, weekMinutesOf, WEEK_MINUTES);
  if (!window) return;
  const minutes = minutesIn(timeout);
  const jobDays = days === 'weekdays' ? WEEKDAYS.slice(0, 5) : WEEKDAYS;
  const jobs = jobDays.map((_, day): Window => ({ start: day * DAY_MINUTES + start, length: minutes }));
  const inJapan: Window = { start: window.start + JAPAN_OFFSET_MINUTES, length: window.length };
  if (!jobs.some((job) => windowsOverlap(job, inJapan, WEEK_MINUTES))) return;
  const from = weekTimeOf(inJapan.start);
  const to = weekTimeOf(inJapan.start + inJapan.length);
  report('time', words.jobSchedule.inMaintenance({ time, minutes, maintenance, from, to, timeoutName }));
}
