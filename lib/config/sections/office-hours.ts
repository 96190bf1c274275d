import type { Duration } from 'aws-cdk-lib/core';

/** Hours in which an environment runs (guide 5.2); outside them there is no database and no web task. */
export interface OfficeHoursConfig {
  /** When does the database start, in Japan's time? */
  readonly start: TimeOfDay;
  /** When do web tasks and then the database stop, in Japan's time? */
  readonly stop: TimeOfDay;
  /** On which days do they run? */
  readonly days: RunningDays;
  /** How long does the database take to be available, before the web tasks start? 5 minutes to 2 hours. */
  readonly databaseStartup: Duration;
}

/** Every day, or Monday to Friday. */
export type RunningDays = 'every-day' | 'weekdays';

/** A time of day in 24-hour notation, `09:00`. */
export type TimeOfDay = `${number}:${number}`;
