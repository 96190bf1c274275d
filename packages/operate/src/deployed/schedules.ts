import { Scheduler } from '@aws-sdk/client-scheduler';
import { type EnvironmentConfig, Part, type StackPart } from '@infra/commands/app';
import { deployedResourcesOf } from './deployed-resources';
import { type DeployedStack, hasPart, physicalIdOf } from './deployed-stack';
import { parseCronExpression } from '@infra/common/eventbridge-cron';

/** A schedule of an environment's office hours. */
export interface Schedule {
  /** Path of its construct in the stack. */
  readonly path: string;
  readonly name: string;
  /** True if it starts its target, false if it stops its target. */
  readonly isStart: boolean;
  readonly target: 'tasks' | 'database';
  readonly isEnabled: boolean;
  /** `undefined` if the schedule's expression cannot be read, or never matches again. */
  readonly nextRun?: Date;
  /** `undefined` if the schedule's expression cannot be read, or has not matched yet. */
  readonly lastRun?: Date;
  /** Number of web tasks that the schedule sets; 0 for the database, and before the first release. */
  readonly taskCount: number;
  /** Minutes from midnight to its time of day; 0 if the expression has no fixed time of day. */
  readonly minuteOfDay: number;
}

/** Part of the input of a schedule of the web tasks: a parameter of `ecs:UpdateService`. */
interface TargetInput {
  readonly DesiredCount?: number;
}

/** A schedule of the office hours as a part of the stack. What it does is known by its part, and not by its name. */
interface SchedulePart extends Pick<Schedule, 'isStart' | 'target'> {
  readonly part: StackPart;
}

const SCHEDULE_PARTS: readonly SchedulePart[] = [
  { part: Part.startDatabase, isStart: true, target: 'database' },
  { part: Part.startTasks, isStart: true, target: 'tasks' },
  { part: Part.stopTasks, isStart: false, target: 'tasks' },
  { part: Part.stopDatabase, isStart: false, target: 'database' },
];

/** True for the construct path of a schedule of the office hours. */
export function isOfficeHoursSchedule(path: string): boolean {
  return SCHEDULE_PARTS.some(({ part }) => part.path === path);
}

/** True if the environment has office hours, by its config or by its stack. */
export function hasOfficeHours(stack: DeployedStack, { officeHours }: Pick<EnvironmentConfig, 'officeHours'>): boolean {
  return officeHours !== undefined || SCHEDULE_PARTS.some(({ part }) => hasPart(stack, part));
}

/**
 * Reads the schedules of an environment's office hours, sorted by their time of day; none without office hours. Other
 * schedules of the stack, such as that of the user import, are none of them.
 *
 * @throws CannotTellError if the environment has office hours, and the stack lacks one of their schedules.
 */
export async function readSchedules(
  stack: DeployedStack,
  config: Pick<EnvironmentConfig, 'officeHours'>,
  now = new Date(),
): Promise<Schedule[]> {
  if (!hasOfficeHours(stack, config)) return [];
  const schedules = await Promise.all(SCHEDULE_PARTS.map((schedulePart) => readSchedule(stack, schedulePart, now)));
  return schedules.sort((first, second) => first.minuteOfDay - second.minuteOfDay);
}

async function readSchedule(
  stack: DeployedStack,
  { part, isStart, target }: SchedulePart,
  now: Date,
): Promise<Schedule> {
  const physicalId = physicalIdOf(stack, part);
  const schedule = await stack.client(Scheduler).getSchedule({ Name: physicalId });
  const {
    Name: name = physicalId,
    ScheduleExpression: expression = '',
    ScheduleExpressionTimezone: timezone = 'UTC',
  } = schedule;
  const input = JSON.parse(schedule.Target?.Input ?? '{}') as TargetInput;
  const cron = cronOf(expression, timezone);
  return {
    path: part.path,
    name,
    isStart,
    target,
    isEnabled: schedule.State === 'ENABLED',
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

/** Runs of a schedule around a moment; `undefined` if its expression cannot be read, or has no such run. */
export interface PlannedRuns {
  readonly last: Date | undefined;
  readonly next: Date | undefined;
}

/** Office hours of the web tasks as the template plans them, whatever was changed by hand. */
export interface PlannedHours {
  readonly start: PlannedRuns;
  readonly stop: PlannedRuns;
}

/** Planned office hours of an environment; `undefined` without office hours. */
export function plannedHours(stack: DeployedStack, now: Date): PlannedHours | undefined {
  const start = plannedRuns(stack, Part.startTasks, now);
  const stop = plannedRuns(stack, Part.stopTasks, now);
  return start && stop && { start, stop };
}

function plannedRuns(stack: DeployedStack, part: StackPart, now: Date): PlannedRuns | undefined {
  const schedule = deployedResourcesOf(stack).find(({ path }) => path === part.path);
  if (!schedule) return undefined;
  const { ScheduleExpression, ScheduleExpressionTimezone } = schedule.properties as Readonly<Record<string, string>>;
  const cron = cronOf(ScheduleExpression ?? '', ScheduleExpressionTimezone ?? 'UTC');
  return { last: cron?.previousRuns(1, now)[0], next: cron?.nextRun(now) ?? undefined };
}
