import { Role } from 'aws-cdk-lib/aws-iam';
import { type CronOptionsWithTimezone, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { RunningDays, TimeOfDay } from '../config/sections/office-hours';
import { serviceOfThisAccount } from './service-principal';

/** The default is 185 retries over a day: last night's stop would hit the database next morning. */
export const FEW_RETRIES = { retryAttempts: 3, maxEventAge: Duration.minutes(15) };

/** A time of day in Japan, or a while later on the same day. */
export function japanTime(days: RunningDays, time: TimeOfDay, later = Duration.minutes(0)): ScheduleExpression {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const minutes = hour * 60 + minute + later.toMinutes();
  const options: CronOptionsWithTimezone = {
    hour: String(Math.floor(minutes / 60)),
    minute: String(minutes % 60),
    timeZone: TimeZone.ASIA_TOKYO,
  };
  return ScheduleExpression.cron(days === 'weekdays' ? { ...options, weekDay: 'MON-FRI' } : options);
}

/** Role of a schedule; its targets add the rights. */
export class SchedulerRole extends Role {
  constructor(scope: Construct, id: string) {
    super(scope, id, { assumedBy: serviceOfThisAccount('scheduler.amazonaws.com') });
  }
}
