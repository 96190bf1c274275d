import { Scheduler } from '@aws-sdk/client-scheduler';
import { readCron } from './cron';
import type { DeployedStack } from './deployed-stack';

/** A schedule of an environment's office hours. */
export type Schedule = Awaited<ReturnType<typeof readSchedules>>[number];

interface Input {
  readonly DesiredCount?: number;
  readonly DocumentName?: string;
  readonly Parameters?: { readonly AutomationAssumeRole?: readonly string[] };
}

/** The schedules of a stack in the order of the day; none where the environment always runs. */
export async function readSchedules(stack: DeployedStack, now = new Date()) {
  const scheduler = stack.client(Scheduler);
  const found = stack.ids('AWS::Scheduler::Schedule').map(async (id) => {
    const schedule = await scheduler.getSchedule({ Name: id });
    const { Name = id, State, ScheduleExpression = '', ScheduleExpressionTimezone = 'UTC', Target } = schedule;
    const { DesiredCount, DocumentName, Parameters } = JSON.parse(Target?.Input ?? '{}') as Input;
    const cron = readCron(ScheduleExpression, ScheduleExpressionTimezone);
    const [, minute = 0, hour = 0] = /^cron\((\d+) (\d+) /.exec(ScheduleExpression)?.map(Number) ?? [];
    return {
      name: Name,
      // Before the first release the morning starts no task, either: only its name distinguishes it from the evening.
      starts: Name.includes('-start-'),
      of: DocumentName === undefined ? ('tasks' as const) : ('database' as const),
      enabled: State === 'ENABLED',
      roleArn: Target?.RoleArn ?? '',
      /** Role that the automation of the database assumes. */
      automationRole: Parameters?.AutomationAssumeRole?.[0],
      next: cron?.nextRun(now) ?? undefined,
      last: cron?.previousRuns(1, now)[0],
      /** Number of tasks that it sets. */
      count: DesiredCount ?? 0,
      /** Time of day. */
      minutes: hour * 60 + minute,
    };
  });
  return (await Promise.all(found)).sort((one, other) => one.minutes - other.minutes);
}
