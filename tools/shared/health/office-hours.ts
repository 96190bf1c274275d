import type { Service } from '@aws-sdk/client-ecs';
import type { DeployedStack } from '../deployed-stack';
import { readSchedules, type Schedule } from '../schedules';
import { inTokyo } from '../times';
import type { Part } from './part';

const at = (time: Date | undefined): string => (time ? inTokyo(time) : 'never');

/** Whether the environment sleeps, until when, and whether it should. */
export async function officeHoursPart(
  stack: DeployedStack,
  { desiredCount = 0 }: Service,
  now = new Date(),
): Promise<Part> {
  const schedules = await readSchedules(stack, now);
  const tasks = schedules.filter((schedule) => schedule.of === 'tasks' && schedule.enabled);
  const [start, stop] = [tasks.find(({ starts }) => starts), tasks.find(({ starts }) => !starts)];
  const says = !start && !stop ? 'switched off' : judge(start, stop, desiredCount);
  return {
    rows: [
      ['now', says],
      ...schedules.map(({ name, enabled, next }) => [name, enabled ? `next ${at(next)}` : 'switched off'] as const),
    ],
    wrong: says.startsWith(STOPPED)
      ? [
          `${stack.environment} does not run, though its hours began. Start it: npm run prooflink -- start ${stack.environment}`,
        ]
      : [],
  };
}

const STOPPED = 'stopped within its hours';

function judge(start: Schedule | undefined, stop: Schedule | undefined, desiredCount: number): string {
  const isDay = (start?.last?.getTime() ?? 0) > (stop?.last?.getTime() ?? 0);
  if (desiredCount > 0) return `${isDay ? 'awake' : 'awake outside its hours'} until ${at(stop?.next)}`;
  if (start?.count === 0) return 'no image tag yet: there is no task to start';
  return `${isDay ? STOPPED : 'asleep'} until ${at(start?.next)}`;
}
