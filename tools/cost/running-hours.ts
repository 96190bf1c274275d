import { type Named, references, type Resources } from '../shared/template';
import { within } from '../shared/values';

/** Hours of an average month. */
export const MONTH_HOURS = 730;
const WEEK_MINUTES = 7 * 24 * 60;
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** How much of a month something runs, and the schedules that could not be read. */
export interface Running {
  readonly hours: number;
  readonly unread: readonly string[];
}

/** How long a service or a database runs in a month by the schedules that start and stop it. */
export function runningHours(resources: Resources, subject: Named): Running {
  const schedules = resources
    .of('AWS::Scheduler::Schedule')
    .filter(({ properties }) => properties.State !== 'DISABLED' && concerns(properties, subject.id))
    .map(({ name, properties }) => ({
      name: typeof properties.Name === 'string' ? properties.Name : name,
      starts: starts(properties),
      minutes: minutesOf(properties.ScheduleExpression),
    }));
  const unread = schedules.filter((each) => each.starts === undefined || !each.minutes).map(({ name }) => name);
  const events = schedules.flatMap(({ starts, minutes }) => (minutes ?? []).map((minute) => ({ minute, starts })));
  const pairs = events.some((each) => each.starts) && events.some((each) => each.starts === false);
  if (unread.length > 0 || !pairs) return { hours: MONTH_HOURS, unread };

  events.sort((one, other) => one.minute - other.minute);
  let running = events.at(-1)?.starts === true;
  let [since, total] = [0, 0];
  for (const { minute, starts } of [...events, { minute: WEEK_MINUTES, starts: running }]) {
    if (running) total += minute - since;
    [since, running] = [minute, starts === true];
  }
  return { hours: (MONTH_HOURS * total) / WEEK_MINUTES, unread };
}

/** How many times a schedule fires in a month; `NaN` where its times cannot be read. */
export function firings({ properties }: Named): number {
  if (properties.State === 'DISABLED') return 0;
  return ((minutesOf(properties.ScheduleExpression)?.length ?? NaN) * MONTH_HOURS) / (WEEK_MINUTES / 60);
}

function concerns(properties: Named['properties'], id: string): boolean {
  return references(within(properties, 'Target', 'Input')).includes(id);
}

/** Whether a schedule starts what it is about, or stops it; `undefined` if it does neither. */
function starts(properties: Named['properties']): boolean | undefined {
  const target = `${texts(within(properties, 'Target', 'Arn'))} ${texts(within(properties, 'Target', 'Input'))}`;
  const count = /"DesiredCount":(\d+)/.exec(target)?.[1];
  if (count !== undefined) return count !== '0';
  if (/AWS-StopRdsInstance|:rds:stopDBInstance/.test(target)) return false;
  if (/AWS-StartRdsInstance|:rds:startDBInstance/.test(target)) return true;
  return undefined;
}

function texts(value: unknown): string {
  return references(value).join('');
}

/** The minutes of a week, from Sunday 00:00, at which a cron expression of AWS fires; `undefined` if it is another kind. */
function minutesOf(expression: unknown): number[] | undefined {
  const fields = /^cron\((\d+) (\d+) (\?|\*) \* (\S+) \*\)$/.exec(String(expression));
  if (!fields) return undefined;
  const [, minute, hour, , days = ''] = fields;
  const chosen = daysOf(days);
  return chosen?.map((day) => day * 24 * 60 + Number(hour) * 60 + Number(minute));
}

/** `*`, `MON-FRI`, `1,7`: the days of a week, where AWS counts from 1 for Sunday. */
function daysOf(field: string): number[] | undefined {
  if (field === '*' || field === '?') return DAYS.map((_, index) => index);
  const days = field.split(',').flatMap((part) => {
    const [first = -1, last = first] = part.split('-').map(dayOf);
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first < 0 ? -1 : (first + index) % 7));
  });
  return days.every((day) => day >= 0) ? days : undefined;
}

function dayOf(text: string): number {
  return /^[1-7]$/.test(text) ? Number(text) - 1 : DAYS.indexOf(text.toUpperCase());
}
