import type { Weekday } from '../sections/database';
import type { OfficeHoursConfig } from '../sections/office-hours';

/** In minutes, as everything here. */
export const DAY = 24 * 60;
export const WEEK = 7 * DAY;

export const WEEKDAYS: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Japan is nine hours ahead of UTC, all year round. */
export const JAPAN = 9 * 60;

/** Minutes since midnight; `undefined` where it is not a time of day. */
export function minutesOf(time: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** Minutes since Monday 00:00; `undefined` where it is not a time of a week. */
export function weekMinutesOf(time: string): number | undefined {
  const day = WEEKDAYS.findIndex((weekday) => time.startsWith(`${weekday}:`));
  const minutes = minutesOf(time.slice('Mon:'.length));
  return day < 0 || minutes === undefined ? undefined : day * DAY + minutes;
}

/** The reverse of `minutesOf`; also for what lies on the day before or after. */
export function timeOf(minutes: number): string {
  const ofDay = (minutes + DAY) % DAY;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

export interface Window {
  /** Since midnight or since Monday 00:00. */
  readonly start: number;
  readonly length: number;
}

/** A window whose ends `at` reads; `undefined` where it is none. `period` is what it comes back in: a day or a week. */
export function windowOf(text: string, at: (time: string) => number | undefined, period: number): Window | undefined {
  const [from, to, ...rest] = text.split('-').map(at);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return { start: from, length: (to - from + period) % period };
}

/** The reverse of `weekMinutesOf`, for a reader; also for what lies in the week after. */
export function weekTimeOf(minutes: number): string {
  const day = WEEKDAYS[Math.floor((minutes % WEEK) / DAY)];
  return `${day} ${timeOf(minutes % DAY)}`;
}

/** True if two windows that come back in a period, a day or a week, share a minute. */
export function windowsOverlap(one: Window, other: Window, period: number): boolean {
  const distance = (((other.start - one.start) % period) + period) % period;
  return distance < one.length || distance + other.length > period;
}

/** From when to when the database runs, in Japan's time; `undefined` where it would be stopped before it is up. */
export function openHours(hours: OfficeHoursConfig): { readonly from: number; readonly to: number } | undefined {
  const from = minutesOf(hours.start);
  const to = minutesOf(hours.stop);
  if (from === undefined || to === undefined) return undefined;
  return to <= from + hours.databaseStartup.toMinutes({ integral: false }) ? undefined : { from, to };
}
