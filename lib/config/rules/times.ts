import type { EnvironmentConfig, OfficeHoursConfig, Weekday } from '../environment';
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

function backupWindow(text: string): Window | undefined {
  const [from, to, ...rest] = text.split('-').map(minutesOf);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return { start: from, length: (to - from + DAY) % DAY };
}

function maintenanceWindow(text: string): Window | undefined {
  const match = /^([A-Z][a-z]{2}):(\d\d:\d\d)-([A-Z][a-z]{2}):(\d\d:\d\d)$/.exec(text);
  if (!match) return undefined;
  const at = (day: string | undefined, time: string | undefined) => {
    const index = WEEKDAYS.findIndex((weekday) => weekday === day);
    const minutes = minutesOf(time ?? '');
    return index < 0 || minutes === undefined ? undefined : index * DAY + minutes;
  };
  const [from, to] = [at(match[1], match[2]), at(match[3], match[4])];
  return from === undefined || to === undefined ? undefined : { start: from, length: (to - from + WEEK) % WEEK };
}

/** Windows of the database, office hours, and the windows inside the hours in which the database runs. */
export function timeRules(config: EnvironmentConfig, report: Report): void {
  const backupField = 'database.backups.window';
  const maintenanceField = 'database.maintenanceWindow';
  const { backups, maintenanceWindow: maintenanceText } = config.database;
  const backup = backupWindow(backups.window);
  const maintenance = maintenanceWindow(maintenanceText);
  if (!backup) report(backupField, `${show(backups.window)} is no window; write UTC times as in 17:00-17:30`);
  if (!maintenance) {
    report(maintenanceField, `${show(maintenanceText)} is no window; write UTC as in Sat:18:00-Sat:18:30`);
  }
  for (const [field, window, longest] of [
    [backupField, backup, DAY],
    [maintenanceField, maintenance, DAY],
  ] as const) {
    if (window && (window.length < SHORTEST_WINDOW || window.length > longest)) {
      report(field, `${window.length} minutes long; allowed are ${SHORTEST_WINDOW} minutes to 24 hours`);
    }
  }
  if (backup && maintenance && overlapsDaily(backup, maintenance)) {
    report(maintenanceField, `${maintenanceText} overlaps ${backupField}, ${backups.window}; RDS wants them apart`);
  }
  if (config.officeHours) officeHourRules(config.officeHours, { backup, maintenance }, report);
}

function overlapsDaily(daily: Window, weekly: Window): boolean {
  const distance = ((((weekly.start % DAY) - daily.start) % DAY) + DAY) % DAY;
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
  const ready = start + hours.databaseStartup.toMinutes({ integral: false });
  if (stop <= ready) {
    report(
      'officeHours.stop',
      `${hours.stop} is not after ${hours.start} and the ${hours.databaseStartup.toMinutes({ integral: false })} ` +
        'minutes the database takes to start; hours lie within one day',
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
