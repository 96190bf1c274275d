import type { EnvironmentConfig } from '../environment';
import type { Weekday } from '../sections/database';
import type { OfficeHoursConfig } from '../sections/office-hours';
import { checkDuration, checkOneOf, type Report, show } from './check';

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const WEEKDAYS: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Japan is nine hours ahead of UTC, all the year. */
const JAPAN = 9 * 60;

/** The shortest window that RDS takes, in minutes. */
const SHORTEST_WINDOW = 30;

/** The tasks get five minutes to end before the database stops (office-hours.ts), still on the same day. */
const LATEST_STOP = DAY - 5 - 1;

/** Minutes since midnight; `undefined` where it is no time of day. */
function minutesOf(time: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** A window in minutes since midnight or since Monday 00:00; `undefined` where it is none. */
interface Window {
  readonly start: number;
  readonly length: number;
}

/** Minutes since Monday 00:00; `undefined` where it is no time of a week. */
function weekMinutesOf(time: string): number | undefined {
  const day = WEEKDAYS.findIndex((weekday) => time.startsWith(`${weekday}:`));
  const minutes = minutesOf(time.slice('Mon:'.length));
  return day < 0 || minutes === undefined ? undefined : day * DAY + minutes;
}

function windowOf(text: string, at: (time: string) => number | undefined, period: number): Window | undefined {
  const [from, to, ...rest] = text.split('-').map(at);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return { start: from, length: (to - from + period) % period };
}

/** Windows of the database, office hours, and the windows inside the hours in which the database runs. */
export function timeRules(config: EnvironmentConfig, report: Report): void {
  const backupField = 'database.backups.window';
  const maintenanceField = 'database.maintenanceWindow';
  const { backups, maintenanceWindow } = config.database;
  const backup = windowOf(backups.window, minutesOf, DAY);
  const maintenance = windowOf(maintenanceWindow, weekMinutesOf, WEEK);
  if (!backup) report(backupField, `${show(backups.window)} is no window; write UTC times as in 17:00-17:30`);
  if (!maintenance) {
    report(maintenanceField, `${show(maintenanceWindow)} is no window; write UTC as in Sat:18:00-Sat:18:30`);
  }
  for (const [field, window] of [
    [backupField, backup],
    [maintenanceField, maintenance],
  ] as const) {
    if (window && (window.length < SHORTEST_WINDOW || window.length > DAY)) {
      report(field, `${window.length} minutes long; allowed are ${SHORTEST_WINDOW} minutes to 24 hours`);
    }
  }
  if (backup && maintenance && overlapsDaily(backup, maintenance)) {
    report(maintenanceField, `${maintenanceWindow} overlaps ${backupField}, ${backups.window}; RDS wants them apart`);
  }
  if (config.officeHours) officeHourRules(config.officeHours, { backup, maintenance }, report);
}

function overlapsDaily(daily: Window, weekly: Window): boolean {
  const distance = (weekly.start - daily.start + DAY) % DAY;
  return distance < daily.length || distance + weekly.length > DAY;
}

function officeHourRules(
  hours: OfficeHoursConfig,
  windows: { backup: Window | undefined; maintenance: Window | undefined },
  report: Report,
): void {
  const start = minutesOf(hours.start);
  const stop = minutesOf(hours.stop);
  checkOneOf(report, 'officeHours.days', hours.days, ['every-day', 'weekdays']);
  checkDuration(report, 'officeHours.databaseStartup', hours.databaseStartup, 'minutes', 1, 120);
  if (start === undefined) report('officeHours.start', `${show(hours.start)} is no time of day, 00:00 to 23:59`);
  if (stop === undefined) report('officeHours.stop', `${show(hours.stop)} is no time of day, 00:00 to 23:59`);
  if (start === undefined || stop === undefined) return;
  if (stop > LATEST_STOP) report('officeHours.stop', `${hours.stop} is too late; 23:54 at the latest`);
  const startup = hours.databaseStartup.toMinutes({ integral: false });
  if (stop <= start + startup) {
    report(
      'officeHours.stop',
      `${hours.stop} is not after ${hours.start} and the ${startup} minutes the database takes to start; ` +
        'hours lie within one day',
    );
    return;
  }

  const inside = (window: Window) => {
    const from = (window.start + JAPAN) % DAY;
    return from >= start && from + window.length <= stop;
  };
  const open = `${hours.start} to ${hours.stop} in Japan (UTC+9), when the database runs`;
  if (windows.backup && !inside(windows.backup)) {
    report('database.backups.window', `lies outside the office hours, ${open}`);
  }
  if (windows.maintenance) {
    const day = WEEKDAYS[Math.floor(((windows.maintenance.start + JAPAN) % WEEK) / DAY)];
    const closed = hours.days === 'weekdays' && (day === 'Sat' || day === 'Sun');
    if (closed || !inside(windows.maintenance)) {
      report('database.maintenanceWindow', `lies outside the office hours, ${hours.days}, ${open}`);
    }
  }
}
