import { Scheduler } from '@aws-sdk/client-scheduler';
import { readCron } from '../shared/cron';
import type { DeployedStack } from './deployed-stack';

/** A schedule of an environment's office hours. */
export interface Schedule {
  readonly name: string;
  readonly starts: boolean;
  readonly of: 'tasks' | 'database';
  readonly enabled: boolean;
  readonly roleArn: string;
  /** Role that the automation of the database assumes. */
  readonly automationRole: string | undefined;
  /** Its next time, and its last. */
  readonly next: Date | undefined;
  readonly last: Date | undefined;
  /** Number of tasks it sets, if it is the tasks'. */
  readonly count: number;
  /** Time of day. */
  readonly minutes: number;
}

interface Input {
  readonly DesiredCount?: number;
  readonly DocumentName?: string;
  readonly Parameters?: { readonly AutomationAssumeRole?: readonly string[] };
}

/** The schedules of a stack in the order of the day; none where the environment always runs. */
export async function readSchedules(stack: DeployedStack, now = new Date()): Promise<Schedule[]> {
  const scheduler = stack.client(Scheduler);
  const found = stack.ids('AWS::Scheduler::Schedule').map(async (id): Promise<Schedule> => {
    const schedule = await scheduler.getSchedule({ Name: id });
    const { Name = id, State, ScheduleExpression = '', ScheduleExpressionTimezone = 'UTC', Target } = schedule;
    const { DesiredCount, DocumentName, Parameters } = JSON.parse(Target?.Input ?? '{}') as Input;
    const cron = readCron(ScheduleExpression, ScheduleExpressionTimezone);
    const [, minute = 0, hour = 0] = /^cron\((\d+) (\d+) /.exec(ScheduleExpression)?.map(Number) ?? [];
    return {
      name: Name,
      // Before the first release the morning starts no task, either: only the name tells it from the evening.
      starts: Name.includes('-start-'),
      of: DocumentName === undefined ? 'tasks' : 'database',
      enabled: State === 'ENABLED',
      roleArn: Target?.RoleArn ?? '',
      automationRole: Parameters?.AutomationAssumeRole?.[0],
      next: cron?.nextRun(now) ?? undefined,
      last: cron?.previousRuns(1, now)[0],
      count: DesiredCount ?? 0,
      minutes: hour * 60 + minute,
    };
  });
  return (await Promise.all(found)).sort((one, other) => one.minutes - other.minutes);
}
