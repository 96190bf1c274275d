import type { Resource } from '@infra/common/template';
import { stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';

/** Minutes of a week, from its start up to its end; the end is later than the start, even if it is in the next week. */
interface Interval {
  readonly start: number;
  readonly end: number;
}

const DATABASE = /^AWS::(RDS|DocDB|Neptune)::DB(Instance|Cluster)$/;

/** `17:00-18:00`, each day. */
const BACKUP_WINDOW = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/;
/** `sun:18:00-sun:19:00`. */
const MAINTENANCE_WINDOW = /^([a-z]{3}):(\d\d):(\d\d)-([a-z]{3}):(\d\d):(\d\d)$/i;

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTES_PER_DAY = 24 * 60;
const MINUTES_PER_WEEK = DAYS.length * MINUTES_PER_DAY;

/** Effect of a backup window and a maintenance window that overlap, which RDS refuses. */
export function windowEffects(before: Resource | undefined, after: Resource): Effect[] {
  const isUnchanged = before !== undefined && stableJson(windowsOf(before)) === stableJson(windowsOf(after));
  if (!DATABASE.test(after.Type) || isUnchanged || !doWindowsOverlap(after)) return [];
  return [{ level: 'fails', sentence: wordsOf('windowsOverlap') }];
}

function windowsOf({ Properties = {} }: Resource) {
  const { PreferredBackupWindow, PreferredMaintenanceWindow } = Properties;
  return { backup: String(PreferredBackupWindow), maintenance: String(PreferredMaintenanceWindow) };
}

/** False if a window is not known at synth. */
function doWindowsOverlap(database: Resource): boolean {
  const { backup, maintenance } = windowsOf(database);
  const maintenanceInterval = maintenanceIntervalOf(maintenance);
  if (!maintenanceInterval) return false;
  return backupIntervalsOf(backup).some((interval) => doOverlap(interval, maintenanceInterval));
}

/** The backup windows of a week, and of the day before and after. */
function backupIntervalsOf(window: string): Interval[] {
  const [, startHour, startMinute, endHour, endMinute] = BACKUP_WINDOW.exec(window) ?? [];
  if (startHour === undefined) return [];
  const start = minutesOf(startHour, startMinute);
  const end = later(start, minutesOf(endHour, endMinute), MINUTES_PER_DAY);
  const intervals: Interval[] = [];
  for (let day = -1; day <= DAYS.length; day += 1) {
    const offset = day * MINUTES_PER_DAY;
    intervals.push({ start: start + offset, end: end + offset });
  }
  return intervals;
}

function maintenanceIntervalOf(window: string): Interval | undefined {
  const [, startDay, startHour, startMinute, endDay, endHour, endMinute] = MAINTENANCE_WINDOW.exec(window) ?? [];
  if (startDay === undefined) return undefined;
  const start = startOfDay(startDay) + minutesOf(startHour, startMinute);
  const end = startOfDay(endDay) + minutesOf(endHour, endMinute);
  return { start, end: later(start, end, MINUTES_PER_WEEK) };
}

function startOfDay(name = ''): number {
  return DAYS.indexOf(name.toLowerCase()) * MINUTES_PER_DAY;
}

function minutesOf(hour: string | undefined, minute: string | undefined): number {
  return Number(hour) * 60 + Number(minute);
}

/** The end of an interval that may be in the next period. */
function later(start: number, end: number, period: number): number {
  return end > start ? end : end + period;
}

function doOverlap(one: Interval, other: Interval): boolean {
  return one.start < other.end && other.start < one.end;
}
