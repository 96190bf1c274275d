import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { CHANGED } from './changed-config';
import type { Life } from './life';
import { sdk } from './sdk';

/** Values of the config, and the tag, that the services have. Without a tag no task may run: no image exists. */
export interface Wanted {
  readonly tag?: string;
  readonly changed?: boolean;
  readonly desiredCount?: number;
}

/** The web service. */
export async function describeService({ names: { cluster, service } }: Life) {
  return (await sdk.ecs.describeServices({ cluster, services: [service] })).services?.[0] ?? {};
}

/** The revision of the task definition that the service runs. */
export async function taskDefinition(life: Life): Promise<TaskDefinition> {
  const service = await describeService(life);
  const answer = await sdk.ecs.describeTaskDefinition({ taskDefinition: service.taskDefinition });
  return answer.taskDefinition ?? {};
}

/** The services have what the config asks for. */
export async function expectRunning(life: Life, { tag, changed, desiredCount }: Wanted): Promise<void> {
  const { tasks, size } = life.config.webService;
  const service = await describeService(life);
  const { containerDefinitions: [container] = [], cpu, memory } = await taskDefinition(life);
  const { ScalableTargets = [] } = await sdk.scaling.describeScalableTargets({ ServiceNamespace: 'ecs' });
  const configured = tasks.mode === 'scaled' ? [tasks.minCapacity, tasks.maxCapacity] : [tasks.desiredCount];
  const bounds = tag ? configured : configured.map(() => 0);
  expect({
    count: service.desiredCount,
    bounds: ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]),
    tag: container?.image?.split(':').at(-1),
    size: [cpu, memory],
  }).toEqual({
    count: desiredCount ?? bounds[0],
    bounds: tasks.mode === 'scaled' ? [bounds] : [],
    tag: tag ?? 'latest',
    size: (changed ? [CHANGED.cpu, CHANGED.memory] : [size.cpu, size.memory.toMebibytes()]).map(String),
  });
}
