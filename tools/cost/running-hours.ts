import { type Named, references, type Resources } from '@infra/common/template';
import { within } from '@infra/common/values';
import { readCron } from '../deployed/cron';

/** Hours of an average month. */
export const MONTH_HOURS = 730;
const WEEK_MINUTES = 7 * 24 * 60;

/** Hours that a service or a database runs in a month by its schedules, and the schedules that cannot be read. */
export function runningHours(resources: Resources, { id }: Named): { hours: number; unread: string[] } {
  const schedules = resources
    .of('AWS::Scheduler::Schedule')
    .filter(({ properties }) => properties.State !== 'DISABLED' && targetOf(properties, 'Input').includes(id))
    .map(({ name, properties }) => ({
      name: typeof properties.Name === 'string' ? properties.Name : name,
      starts: starts(properties),
      minutes: minutesOf(properties.ScheduleExpression),
    }));
  const unread = schedules.filter((each) => each.starts === undefined || !each.minutes).map(({ name }) => name);
  const events = schedules.flatMap(({ starts, minutes = [] }) => minutes.map((minute) => ({ minute, starts })));
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

/** Number of times that a schedule fires in a month; `NaN` if its times cannot be read. */
export function firings({ properties }: Named): number {
  if (properties.State === 'DISABLED') return 0;
  return ((minutesOf(properties.ScheduleExpression)?.length ?? NaN) * MONTH_HOURS) / (WEEK_MINUTES / 60);
}

const targetOf = (properties: Named['properties'], key: 'Arn' | 'Input') =>
  references(within(properties, 'Target', key));

/** True if a schedule starts its target, false if it stops it; `undefined` if it does neither. */
function starts(properties: Named['properties']): boolean | undefined {
  const target = [...targetOf(properties, 'Arn'), ' ', ...targetOf(properties, 'Input')].join('');
  const [, count] = /"DesiredCount":(\d+)/.exec(target) ?? [];
  if (count !== undefined) return count !== '0';
  if (/AWS-StopRdsInstance|:rds:stopDBInstance/.test(target)) return false;
  return /AWS-StartRdsInstance|:rds:startDBInstance/.test(target) || undefined;
}

/** A Sunday, 00:00. */
const SUNDAY = Date.UTC(2026, 0, 4);
const MINUTE = 60_000;

/** The minutes of a week, from Sunday 00:00, at which a schedule fires; `undefined` if it does not repeat every week. */
function minutesOf(expression: unknown): number[] | undefined {
  if (!/^cron\(\d+ \d+ [?*] \* \S+ \*\)$/.test(String(expression))) return undefined;
  try {
    const fires = readCron(String(expression))?.nextRuns(7, new Date(SUNDAY - MINUTE)) ?? [];
    return fires.map((each) => (each.getTime() - SUNDAY) / MINUTE).filter((minute) => minute < WEEK_MINUTES);
  } catch {
    // A day or an hour that does not exist.
    return undefined;
  }
}
