import { type Named, references, type Resources } from '@infra/common/template';
import { within } from '@infra/common/values';
import type { Bill } from './bill';
import { firingMinutes, WEEK_MINUTES } from './firing-times';
import { MONTH_HOURS } from './month';

/** Hours of a month that a service or a database runs. Lists the schedules of its starts and stops that cannot be read. */
export function chargedHours(resource: Named, bill: Bill): number {
  const schedules = schedulesOf(resource, bill.resources);
  const unreadSchedules = schedules.filter((schedule) => !isReadable(schedule));
  for (const { name } of unreadSchedules) {
    bill.listAsNotPriced(
      `What ${name} saves`,
      `Its times or its target cannot be read; ${resource.name} is priced as if it always ran.`,
    );
  }
  return unreadSchedules.length > 0 ? MONTH_HOURS : runningHours(schedules);
}

type Action = 'start' | 'stop';

/** A schedule that starts or stops a service or a database. */
interface StartStopSchedule {
  readonly name: string;
  /** `undefined` if it cannot be read from the target. */
  readonly action: Action | undefined;
  /** Minutes of a week at which it fires; `undefined` if they cannot be read. */
  readonly minutes: readonly number[] | undefined;
}

function schedulesOf(resource: Named, resources: Resources): StartStopSchedule[] {
  const schedules = resources.of('AWS::Scheduler::Schedule');
  const enabled = schedules.filter(({ properties }) => properties.State !== 'DISABLED');
  const ofResource = enabled.filter((schedule) => referencesIn(schedule, 'Input').includes(resource.id));
  return ofResource.map((schedule) => ({
    name: scheduleName(schedule),
    action: actionOf(schedule),
    minutes: firingMinutes(schedule),
  }));
}

function scheduleName({ name, properties }: Named): string {
  return typeof properties.Name === 'string' ? properties.Name : name;
}

function isReadable({ action, minutes }: StartStopSchedule): boolean {
  return action !== undefined && minutes !== undefined;
}

/** Desired count that a schedule sets on an ECS service. */
const DESIRED_COUNT = /"DesiredCount":(\d+)/;
/** A call of RDS, or an automation of Systems Manager that makes it. */
const STOP_DATABASE = /AWS-StopRdsInstance|:rds:stopDBInstance/;
const START_DATABASE = /AWS-StartRdsInstance|:rds:startDBInstance/;

function actionOf(schedule: Named): Action | undefined {
  const target = [...referencesIn(schedule, 'Arn'), ' ', ...referencesIn(schedule, 'Input')].join('');
  const desiredCount = DESIRED_COUNT.exec(target)?.[1];
  if (desiredCount !== undefined) return desiredCount === '0' ? 'stop' : 'start';
  if (STOP_DATABASE.test(target)) return 'stop';
  return START_DATABASE.test(target) ? 'start' : undefined;
}

function referencesIn({ properties }: Named, targetProperty: 'Arn' | 'Input'): string[] {
  return references(within(properties, 'Target', targetProperty));
}

/** A start or a stop, at a minute of the week. */
interface Event {
  readonly minute: number;
  readonly action: Action | undefined;
}

/** Hours of a month between starts and stops. Schedules that only start, or only stop, save nothing. */
function runningHours(schedules: readonly StartStopSchedule[]): number {
  const events = eventsOf(schedules);
  const hasStart = events.some(({ action }) => action === 'start');
  const hasStop = events.some(({ action }) => action === 'stop');
  if (!hasStart || !hasStop) return MONTH_HOURS;
  return (MONTH_HOURS * runningMinutes(events)) / WEEK_MINUTES;
}

function eventsOf(schedules: readonly StartStopSchedule[]): Event[] {
  const events = schedules.flatMap(({ action, minutes = [] }) => minutes.map((minute) => ({ minute, action })));
  return events.sort((first, second) => first.minute - second.minute);
}

/** Minutes of a week between starts and stops, which are sorted by time. */
function runningMinutes(events: readonly Event[]): number {
  // The week begins as the last one ended.
  let isRunning = events.at(-1)?.action === 'start';
  let since = 0;
  let total = 0;
  for (const { minute, action } of events) {
    if (isRunning) total += minute - since;
    isRunning = action === 'start';
    since = minute;
  }
  return isRunning ? total + (WEEK_MINUTES - since) : total;
}
