import { Scheduler } from '@aws-sdk/client-scheduler';
import { readCron } from './cron';
import type { DeployedStack } from './deployed-stack';

/** A schedule of an environment's office hours. */
export interface Schedule {
  readonly name: string;
  /** True if it starts its target, false if it stops it. */
  readonly isStart: boolean;
  readonly target: 'tasks' | 'database';
  readonly isEnabled: boolean;
  /** Role that EventBridge Scheduler assumes. */
  readonly roleArn: string;
  /** Role that the automation of the database assumes. */
  readonly automationRoleArn?: string;
  readonly nextRun?: Date;
  readonly lastRun?: Date;
  /** Number of web tasks that it sets. */
  readonly taskCount: number;
  readonly minuteOfDay: number;
}

/** Parts of a schedule's input: `ecs:UpdateService` of the web tasks, or a Systems Manager automation of the database. */
interface TargetInput {
  readonly DesiredCount?: number;
  readonly DocumentName?: string;
  readonly Parameters?: { readonly AutomationAssumeRole?: readonly string[] };
}

/** The schedules of a stack in the order of the day; none where the environment always runs. */
export async function readSchedules(stack: DeployedStack, now = new Date()): Promise<Schedule[]> {
  const scheduler = stack.client(Scheduler);
  const names = stack.ids('AWS::Scheduler::Schedule');
  const schedules = await Promise.all(names.map((name) => readSchedule(scheduler, name, now)));
  return schedules.sort((first, second) => first.minuteOfDay - second.minuteOfDay);
}

async function readSchedule(scheduler: Scheduler, id: string, now: Date): Promise<Schedule> {
  const schedule = await scheduler.getSchedule({ Name: id });
  const {
    Name: name = id,
    ScheduleExpression: expression = '',
    ScheduleExpressionTimezone: timezone = 'UTC',
  } = schedule;
  const input = JSON.parse(schedule.Target?.Input ?? '{}') as TargetInput;
  const cron = readCron(expression, timezone);
  return {
    name,
    // Before the first release the morning starts no task, either: only its name distinguishes it from the evening.
    isStart: name.includes('-start-'),
    target: input.DocumentName === undefined ? 'tasks' : 'database',
    isEnabled: schedule.State === 'ENABLED',
    roleArn: schedule.Target?.RoleArn ?? '',
    automationRoleArn: input.Parameters?.AutomationAssumeRole?.[0],
    nextRun: cron?.nextRun(now) ?? undefined,
    lastRun: cron?.previousRuns(1, now)[0],
    taskCount: input.DesiredCount ?? 0,
    minuteOfDay: minuteOfDay(expression),
  };
}

const CRON_MINUTE_AND_HOUR = /^cron\((\d+) (\d+) /;

function minuteOfDay(expression: string): number {
  const [, minute = 0, hour = 0] = CRON_MINUTE_AND_HOUR.exec(expression) ?? [];
  return Number(hour) * 60 + Number(minute);
}
