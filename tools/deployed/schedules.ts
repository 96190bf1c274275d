import { Scheduler } from '@aws-sdk/client-scheduler';
import type { DeployedStack } from './deployed-stack';
import { parseCronExpression } from './eventbridge-cron';

/** A schedule of an environment's office hours. */
export interface Schedule {
  readonly name: string;
  /** True if it starts its target, false if it stops its target. */
  readonly isStart: boolean;
  readonly target: 'tasks' | 'database';
  readonly isEnabled: boolean;
  /** Role that EventBridge Scheduler assumes. */
  readonly roleArn: string;
  /** Role that the Systems Manager automation assumes which starts or stops the database. */
  readonly automationRoleArn?: string;
  /** `undefined` if the schedule's expression cannot be read, or never matches again. */
  readonly nextRun?: Date;
  /** `undefined` if the schedule's expression cannot be read, or has not matched yet. */
  readonly lastRun?: Date;
  /** Number of web tasks that the schedule sets; 0 for the database. */
  readonly taskCount: number;
  /** Minutes from midnight to its time of day; 0 if the expression has no fixed time of day. */
  readonly minuteOfDay: number;
}

/**
 * Parts of a schedule's input: parameters of `ecs:UpdateService` for the web tasks, or of
 * `ssm:StartAutomationExecution` for the database.
 */
interface TargetInput {
  readonly DesiredCount?: number;
  readonly DocumentName?: string;
  readonly Parameters?: { readonly AutomationAssumeRole?: readonly string[] };
}

/** Reads the schedules of a stack, sorted by their time of day. A stack without office hours has none. */
export async function readSchedules(stack: DeployedStack, now = new Date()): Promise<Schedule[]> {
  const scheduler = stack.client(Scheduler);
  const names = stack.physicalIdsOf('AWS::Scheduler::Schedule');
  const schedules = await Promise.all(names.map((name) => readSchedule(scheduler, name, now)));
  return schedules.sort((first, second) => first.minuteOfDay - second.minuteOfDay);
}

async function readSchedule(scheduler: Scheduler, physicalId: string, now: Date): Promise<Schedule> {
  const schedule = await scheduler.getSchedule({ Name: physicalId });
  const {
    Name: name = physicalId,
    ScheduleExpression: expression = '',
    ScheduleExpressionTimezone: timezone = 'UTC',
  } = schedule;
  const input = JSON.parse(schedule.Target?.Input ?? '{}') as TargetInput;
  const cron = cronOf(expression, timezone);
  return {
    name,
    // By its name, and not by its number of tasks: before the first release, the schedule that starts them sets 0 tasks.
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

/** `undefined` for an expression that cannot be read: the other schedules are still to be reported. */
function cronOf(expression: string, timezone: string): ReturnType<typeof parseCronExpression> {
  try {
    return parseCronExpression(expression, timezone);
  } catch {
    return undefined;
  }
}

const CRON_MINUTE_AND_HOUR = /^cron\((\d+) (\d+) /;

function minuteOfDay(expression: string): number {
  const [, minute = 0, hour = 0] = CRON_MINUTE_AND_HOUR.exec(expression) ?? [];
  return Number(hour) * 60 + Number(minute);
}
