import { Duration } from 'aws-cdk-lib/core';
import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import type { DatabaseConfig } from '../sections/database';
import type { OfficeHoursConfig } from '../sections/office-hours';
import {
  checkDuration,
  checkGibibytes,
  checkInteger,
  checkOneOf,
  checkReason,
  checkSafeguard,
  type Report,
  show,
} from './check';
import { INSTANCE_CLASS } from './database-classes';
import { snapshotRules } from './database-snapshot';
import {
  DAY_MINUTES,
  JAPAN_OFFSET_MINUTES,
  minutesOf,
  databaseHours,
  timeOf,
  WEEK_MINUTES,
  WEEKDAYS,
  weekMinutesOf,
  type Window,
  windowOf,
  windowsOverlap,
} from './times';

/** Major versions of PostgreSQL from the guide's on that the installed CDK knows, as `PostgresEngineVersion.VER_15`. */
export const MAJOR_VERSIONS: readonly string[] = ['15', '16', '17', '18'];

/** From this size on RDS stripes gp3 storage and wants IOPS and throughput; below it refuses both. */
const STRIPED_FROM_GIB = 400;

/** The most that RDS for PostgreSQL allocates, in GiB. */
const LARGEST_GIB = 65536;

/** The shortest window that RDS takes, in minutes. */
const SHORTEST_WINDOW = 30;

export function databaseRules(config: EnvironmentConfig, report: Report): void {
  const { database } = config;
  snapshotRules(config, report);
  const instanceClass = database.instanceType.toString();
  if (!INSTANCE_CLASS.test(instanceClass)) {
    report('database.instanceType', words.database.notClass({ instanceClass: show(instanceClass) }));
  }
  storageRules(database, report);
  // RDS refuses every word of any SQL standard, even db, flag and identity, and names of PostgreSQL's and its own. No
  // list of these is complete; with ProofLink's name in front it is none of them.
  if (!/^prooflink[a-z0-9_]{0,54}$/.test(database.databaseName)) {
    report('database.databaseName', words.database.notDatabaseName({ name: show(database.databaseName) }));
  }
  checkOneOf(report, 'database.sslMode', database.sslMode, ['require', 'verify-ca', 'verify-full']);
  if (!MAJOR_VERSIONS.includes(database.engineVersion)) {
    const version = show(database.engineVersion);
    report('database.engineVersion', words.database.notMajorVersion({ version, versions: MAJOR_VERSIONS }));
  }
  const { retention } = database.backups;
  if (retention instanceof Duration) {
    // Zero days are a safeguard switched off, which wants its reason.
    checkDuration(report, 'database.backups.retention', retention, 'days', 1, 35);
  } else {
    const range = words.values.range({ from: 'Duration.days(1)', to: 'Duration.days(35)' });
    checkReason(report, 'database.backups.retention', retention, [range]);
  }
  windowRules(config, report);
  restoreTestRules(config, report);
  checkSafeguard(report, 'database.multiAz', database.multiAz);
  checkSafeguard(report, 'database.encryption', database.encryption);
  checkSafeguard(report, 'database.deletionProtection', database.deletionProtection);
}

function storageRules(database: DatabaseConfig, report: Report): void {
  const allocated = checkGibibytes(report, 'database.allocatedStorage', database.allocatedStorage, 20, LARGEST_GIB);
  if (database.maxAllocatedStorage) {
    const field = 'database.maxAllocatedStorage';
    const maximum = checkGibibytes(report, field, database.maxAllocatedStorage, 20, LARGEST_GIB);
    // In whole numbers: 100 * 1.1 is a little more than 110.
    if (maximum * 10 < allocated * 11) {
      const least = Math.ceil((allocated * 11) / 10);
      report(field, words.database.maximumTooClose({ maximum, allocated, least }));
    }
  }
  const { iops, storageThroughput } = database;
  for (const [field, value, min, max] of [
    ['database.iops', iops, 12000, 64000],
    ['database.storageThroughput', storageThroughput, 500, 4000],
  ] as const) {
    if (value === undefined) {
      if (allocated >= STRIPED_FROM_GIB) {
        report(field, words.database.stripedWithout({ allocated, striped: STRIPED_FROM_GIB, min, max }));
      }
    } else if (allocated < STRIPED_FROM_GIB) {
      report(field, words.database.notStriped({ value: show(value), allocated, striped: STRIPED_FROM_GIB }));
    } else {
      checkInteger(report, field, value, min, max);
    }
  }
  const baselineIops = iops ?? 12000;
  const most = baselineIops / 4;
  if ((storageThroughput ?? 0) > most) {
    const throughput = show(storageThroughput);
    report('database.storageThroughput', words.database.tooMuchThroughput({ throughput, iops: baselineIops, most }));
  }
}

/** A field with a window of the day or of the week. */
interface WindowField {
  readonly field: string;
  readonly text: string;
  readonly example: string;
  /** `undefined` if the text is no window. */
  readonly window: Window | undefined;
}

function windowRules({ database, officeHours }: EnvironmentConfig, report: Report): void {
  const backup: WindowField = {
    field: 'database.backups.window',
    text: database.backups.window,
    example: '17:00-17:30',
    window: windowOf(database.backups.window, minutesOf, DAY_MINUTES),
  };
  const maintenance: WindowField = {
    field: 'database.maintenanceWindow',
    text: database.maintenanceWindow,
    example: 'Sat:18:00-Sat:18:30',
    window: windowOf(database.maintenanceWindow, weekMinutesOf, WEEK_MINUTES),
  };
  lengthRule(backup, report);
  lengthRule(maintenance, report);
  overlapRule(backup, maintenance, report);
  if (officeHours) officeHoursRules(officeHours, backup, maintenance, report);
}

/**
 * Minutes without a window after the time of a snapshot: AWS Backup begins it within one hour, and fails if a window begins in
 * the hour after that (AWS Backup developer guide, "Troubleshoot creating resources").
 */
const SNAPSHOT_MINUTES = 120;

function restoreTestRules({ database, keepData, officeHours }: EnvironmentConfig, report: Report): void {
  const { restoreTest, window } = database.backups;
  if (!restoreTest) return;
  const field = 'database.backups.restoreTest';
  // No earlier day of the next month may be its day after.
  checkInteger(report, `${field}.day`, restoreTest.day, 1, 27);
  // A vault with snapshots is not deleted.
  if (typeof keepData === 'object') report(field, words.database.restoreTestWithoutData);
  if (officeHours) report(field, words.database.restoreTestInOfficeHours);
  const start = minutesOf(restoreTest.time);
  if (start === undefined) {
    report(`${field}.time`, words.values.notTimeOfDay({ time: show(restoreTest.time) }));
    return;
  }
  const snapshot = { start, length: SNAPSHOT_MINUTES };
  const backup = windowOf(window, minutesOf, DAY_MINUTES);
  const maintenance = windowOf(database.maintenanceWindow, weekMinutesOf, WEEK_MINUTES);
  const overlaps = [backup, maintenance].some((other) => other && windowsOverlap(snapshot, other, DAY_MINUTES));
  if (overlaps) report(`${field}.time`, words.database.restoreTestInWindow({ time: restoreTest.time }));
}

function lengthRule({ field, text, example, window }: WindowField, report: Report): void {
  if (!window) {
    report(field, words.database.notWindow({ window: show(text), example }));
  } else if (window.length < SHORTEST_WINDOW || window.length > DAY_MINUTES) {
    report(field, words.database.windowLength({ window: text, minutes: window.length, shortest: SHORTEST_WINDOW }));
  }
}

/** RDS refuses a backup during the maintenance. */
function overlapRule(backup: WindowField, maintenance: WindowField, report: Report): void {
  if (!backup.window || !maintenance.window) return;
  if (!windowsOverlap(backup.window, maintenance.window, DAY_MINUTES)) return;
  const message = words.database.windowsOverlap({
    window: maintenance.text,
    field: backup.field,
    other: backup.text,
  });
  report(maintenance.field, message);
}

/** The database is not backed up or maintained while it is stopped. */
function officeHoursRules(
  officeHours: OfficeHoursConfig,
  backup: WindowField,
  maintenance: WindowField,
  report: Report,
): void {
  const open = databaseHours(officeHours);
  if (!open) return;
  const onlyWeekdays = officeHours.days === 'weekdays';
  const hours = {
    fromUtc: timeOf(open.from - JAPAN_OFFSET_MINUTES),
    toUtc: timeOf(open.to - JAPAN_OFFSET_MINUTES),
    start: officeHours.start,
    stop: officeHours.stop,
    onlyWeekdays,
  };
  if (backup.window && !isWithin(backup.window, open)) {
    report(backup.field, words.database.backupOutsideHours({ window: backup.text, hours }));
  }
  if (!maintenance.window) return;
  const isClosedDay = onlyWeekdays && startsOnWeekend(maintenance.window);
  if (isClosedDay || !isWithin(maintenance.window, open)) {
    report(maintenance.field, words.database.maintenanceOutsideHours({ window: maintenance.text, hours }));
  }
}

/** True if a window, which is in UTC, is within hours of a day in Japan. */
function isWithin(window: Window, open: { readonly from: number; readonly to: number }): boolean {
  const from = (window.start + JAPAN_OFFSET_MINUTES) % DAY_MINUTES;
  return from >= open.from && from + window.length <= open.to;
}

function startsOnWeekend(window: Window): boolean {
  const minuteInJapan = (window.start + JAPAN_OFFSET_MINUTES) % WEEK_MINUTES;
  const day = WEEKDAYS[Math.floor(minuteInJapan / DAY_MINUTES)];
  return day === 'Sat' || day === 'Sun';
}
