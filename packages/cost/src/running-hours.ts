import { type NamedResource, referencedIds, type Resources } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';
import type { Bill } from './bill';
import { firingMinutes, MINUTES_PER_WEEK } from './firing-times';
import { HOURS_PER_MONTH } from './month';

/**
 * Hours of a month that an ECS service or a database runs, by the schedules that start and stop it. If one of these
 * cannot be read, lists it on the bill, and returns the hours of a whole month.
 */
export function chargedHours(resource: NamedResource, bill: Bill): number {
  const { usage, reason } = bill.words.unreadableSchedule;
  const schedules = startStopSchedulesOf(resource, bill.resources);
  const unreadableSchedules = schedules.filter(({ events }) => events === undefined);
  for (const { name } of unreadableSchedules) {
    bill.listUnpriced(usage({ schedule: name }), reason({ resource: resource.name }));
  }
  if (unreadableSchedules.length > 0) return HOURS_PER_MONTH;
  return runningHours(schedules.flatMap(({ events = [] }) => events));
}

type Action = 'start' | 'stop';

/** A start or a stop at a minute of the week. */
interface StartStopEvent {
  readonly minute: number;
  readonly action: Action;
}

/** A schedule that starts or stops one ECS service or database. */
interface StartStopSchedule {
  readonly name: string;
  /** Starts or stops of a week; `undefined` if its times or its action cannot be read. */
  readonly events: readonly StartStopEvent[] | undefined;
}

function startStopSchedulesOf(resource: NamedResource, resources: Resources): StartStopSchedule[] {
  const schedules = resources.ofType('AWS::Scheduler::Schedule');
  const enabledSchedules = schedules.filter(({ properties }) => properties.State !== 'DISABLED');
  const schedulesOfResource = enabledSchedules.filter((schedule) =>
    textsInTarget(schedule, 'Input').includes(resource.id),
  );
  return schedulesOfResource.map((schedule) => ({ name: scheduleName(schedule), events: eventsOf(schedule) }));
}

function scheduleName({ name, properties }: NamedResource): string {
  return typeof properties.Name === 'string' ? properties.Name : name;
}

function eventsOf(schedule: NamedResource): StartStopEvent[] | undefined {
  const action = actionOf(schedule);
  const minutes = firingMinutes(schedule);
  if (action === undefined || minutes === undefined) return undefined;
  return minutes.map((minute) => ({ minute, action }));
}

/** Desired count of tasks that a schedule sets on an ECS service. */
const DESIRED_COUNT = /"DesiredCount":(\d+)/;
/** RDS's API call, or Systems Manager's automation that makes it. */
const STOP_DATABASE = /AWS-StopRdsInstance|:rds:stopDBInstance/;
const START_DATABASE = /AWS-StartRdsInstance|:rds:startDBInstance/;

/** Action of a schedule, by its target; `undefined` if it cannot be read. */
function actionOf(schedule: NamedResource): Action | undefined {
  // The parts of the input are joined, since Fn::Join has it in pieces between references.
  const arn = textsInTarget(schedule, 'Arn').join('');
  const input = textsInTarget(schedule, 'Input').join('');
  const target = `${arn} ${input}`;
  const desiredCount = DESIRED_COUNT.exec(target)?.[1];
  if (desiredCount !== undefined) return desiredCount === '0' ? 'stop' : 'start';
  if (STOP_DATABASE.test(target)) return 'stop';
  if (START_DATABASE.test(target)) return 'start';
  return undefined;
}

/** All texts in a property of a schedule's target, and the logical ids to which it refers. */
function textsInTarget({ properties }: NamedResource, targetProperty: 'Arn' | 'Input'): string[] {
  return referencedIds(valueAtPath(properties, 'Target', targetProperty));
}

/** Hours of a month between starts and stops. Without a start or without a stop, there is no saving to count on. */
function runningHours(events: readonly StartStopEvent[]): number {
  const hasStart = events.some(({ action }) => action === 'start');
  const hasStop = events.some(({ action }) => action === 'stop');
  if (!hasStart || !hasStop) return HOURS_PER_MONTH;
  const eventsByTime = events.toSorted((first, second) => first.minute - second.minute);
  return (HOURS_PER_MONTH * runningMinutesPerWeek(eventsByTime)) / MINUTES_PER_WEEK;
}

function runningMinutesPerWeek(eventsByTime: readonly StartStopEvent[]): number {
  // The week repeats: at its start, the resource is in the state in which the last event of a week leaves it.
  let isRunning = eventsByTime.at(-1)?.action === 'start';
  let lastMinute = 0;
  let runningMinutes = 0;
  for (const { minute, action } of eventsByTime) {
    if (isRunning) runningMinutes += minute - lastMinute;
    isRunning = action === 'start';
    lastMinute = minute;
  }
  if (isRunning) runningMinutes += MINUTES_PER_WEEK - lastMinute;
  return runningMinutes;
}
