import { parseCronExpression } from '@infra/common/eventbridge-cron';
import { type NamedResource, referencedIds, type Resources } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';

const HOURS_PER_YEAR = 24 * 365;

/** Hours of an average month, 730, as in AWS's own estimates. */
export const HOURS_PER_MONTH = HOURS_PER_YEAR / 12;

const HOUR_MS = 3_600_000;

/** The hours over which schedules are followed: 52 weeks, so that each day of the week counts alike. */
const FOLLOWED_HOURS = 52 * 7 * 24;
const START_MS = Date.UTC(2026, 0, 1);

/** A cron expression with a fixed minute and hour, which fires once a day at most. */
const DAILY_CRON = /^cron\(\d+ \d+ /;

/** In the target of a schedule that stops an ECS service or a database. Every other target starts it. */
const STOP = /"DesiredCount":0\b|AWS-StopRdsInstance|:rds:stopDBInstance/;

/** A start or a stop. */
interface Event {
  /** Hour in which it happens, counted from the first one that is followed. */
  readonly hour: number;
  readonly isStart: boolean;
}

/**
 * Hours of a month that an ECS service or a database runs, by the schedules that start and stop it. Without a start, without
 * a stop, or if a schedule cannot be read, there is no saving to count on: these are the hours of a whole month.
 */
export function runningHours({ id }: NamedResource, resources: Resources): number {
  const schedules = resources.ofType('AWS::Scheduler::Schedule').filter(({ properties }) => {
    return properties.State !== 'DISABLED' && referencedIds(valueAtPath(properties, 'Target', 'Input')).includes(id);
  });
  const eventsBySchedule = schedules.map(eventsOf);
  const events = eventsBySchedule.flat().sort((first, second) => first.hour - second.hour);
  const hasStart = events.some(({ isStart }) => isStart);
  const hasStop = events.some(({ isStart }) => !isStart);
  const isReadable = eventsBySchedule.every(({ length }) => length > 0);
  return hasStart && hasStop && isReadable ? HOURS_PER_MONTH * runningShare(events) : HOURS_PER_MONTH;
}

/** Starts or stops in the hours that are followed; none if the times of the schedule cannot be read. */
function eventsOf({ properties }: NamedResource): Event[] {
  // The parts of a target are joined, since Fn::Join has them in pieces between references.
  const isStart = !STOP.test(referencedIds(properties.Target).join(''));
  return firings(String(properties.ScheduleExpression)).map((hour) => ({ hour, isStart }));
}

function firings(expression: string): number[] {
  if (!DAILY_CRON.test(expression)) return [];
  const hours: number[] = [];
  try {
    const cron = parseCronExpression(expression);
    // The next run is later than the given time: begin a little earlier, so that a run at the start counts.
    let run = cron?.nextRun(new Date(START_MS - 1));
    while (run && hourOf(run) < FOLLOWED_HOURS) {
      hours.push(hourOf(run));
      run = cron?.nextRun(run);
    }
  } catch {
    // The expression has a form that EventBridge takes and croner does not, or a day that does not exist.
  }
  return hours;
}

function hourOf(time: Date): number {
  return (time.getTime() - START_MS) / HOUR_MS;
}

/** Part of the time that a resource runs, from 0 to 1. */
function runningShare(events: readonly Event[]): number {
  // Before the first event, the resource is in the state in which the last one leaves it.
  let isRunning = events.at(-1)?.isStart ?? true;
  let lastHour = 0;
  let hours = 0;
  for (const { hour, isStart } of events) {
    if (isRunning) hours += hour - lastHour;
    isRunning = isStart;
    lastHour = hour;
  }
  if (isRunning) hours += FOLLOWED_HOURS - lastHour;
  return hours / FOLLOWED_HOURS;
}
