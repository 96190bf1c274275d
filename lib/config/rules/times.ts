/*
 * Times of a config as minutes. Schedules are in Japan's time, the database's windows in UTC.
 */
import type { Weekday } from '../sections/database';
import type { OfficeHoursConfig } from '../sections/office-hours';

const HOUR_MINUTES = 60;
export const DAY_MINUTES = 24 * HOUR_MINUTES;
export const WEEK_MINUTES = 7 * DAY_MINUTES;

/** Japan is nine hours ahead of UTC, all year round. */
export const JAPAN_OFFSET_MINUTES = 9 * HOUR_MINUTES;

export const WEEKDAYS: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes since midnight of `09:15`; `undefined`: the text is not a time of day. */
export function minutesOf(time: string): number | undefined {
  const match = TIME_OF_DAY.exec(time);
  if (!match) return undefined;
  const [, hours, minutes] = match;
  return Number(hours) * HOUR_MINUTES + Number(minutes);
}

/** Minutes since Monday 00:00 of `Sun:18:30`; `undefined`: the text is not a time of a week. */
export function weekMinutesOf(time: string): number | undefined {
  const day = WEEKDAYS.findIndex((weekday) => time.startsWith(`${weekday}:`));
  if (day < 0) return undefined;
  const minutes = minutesOf(time.slice('Mon:'.length));
  return minutes === undefined ? undefined : day * DAY_MINUTES + minutes;
}

/** Time of day, `09:15`, of minutes since midnight; minutes of the day before or after have a time of day, too. */
export function timeOf(minutes: number): string {
  const minutesOfDay = (minutes + DAY_MINUTES) % DAY_MINUTES;
  const hour = Math.floor(minutesOfDay / HOUR_MINUTES);
  return `${twoDigits(hour)}:${twoDigits(minutesOfDay % HOUR_MINUTES)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Time of a week, `Sun 18:30`, of minutes since Monday 00:00; minutes of the week after have one, too. */
export function weekTimeOf(minutes: number): string {
  const day = Math.floor((minutes % WEEK_MINUTES) / DAY_MINUTES);
  return `${WEEKDAYS[day]} ${timeOf(minutes % DAY_MINUTES)}`;
}

/** A time span that comes back each day or each week, in minutes. */
export interface Window {
  /** Minutes since midnight, or since Monday 00:00. */
  readonly start: number;
  readonly length: number;
}

/**
 * The window of a text such as `18:00-18:30` or `Sun:18:30-Sun:19:00`; `undefined`: the text is not a window.
 *
 * @param readTime - `minutesOf` for a daily window, `weekMinutesOf` for a weekly one.
 * @param period - `DAY_MINUTES` or `WEEK_MINUTES`.
 */
export function windowOf(
  text: string,
  readTime: (time: string) => number | undefined,
  period: number,
): Window | undefined {
  const ends = text.split('-').map(readTime);
  const [start, end] = ends;
  if (start === undefined || end === undefined || ends.length > 2) return undefined;
  return { start, length: (end - start + period) % period };
}

/** True if two windows share a minute; both come back after the period, a day or a week. */
export function windowsOverlap(first: Window, second: Window, period: number): boolean {
  const startDifference = (second.start - first.start) % period;
  // Minutes from the start of the first window to the next start of the second one.
  const secondAfterFirst = (startDifference + period) % period;
  // The second window starts within the first one, or still lasts when the first one starts again.
  return secondAfterFirst < first.length || secondAfterFirst + second.length > period;
}

/**
 * Times of day, in Japan, when the schedules start and stop the database. `undefined`: a time is not valid, or the stop comes
 * before the database is up.
 */
export function databaseHours(hours: OfficeHoursConfig): { readonly from: number; readonly to: number } | undefined {
  const from = minutesOf(hours.start);
  const to = minutesOf(hours.stop);
  if (from === undefined || to === undefined) return undefined;
  const isUpAt = from + hours.databaseStartup.toMinutes({ integral: false });
  return to <= isUpAt ? undefined : { from, to };
}
