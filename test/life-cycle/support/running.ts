import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { CHANGED } from './changed-config';
import type { Life } from './life';
import { sdk } from './sdk';

/** Values that a deploy asks for, or that AWS has. */
export interface Running {
  readonly desiredCount: number | undefined;
  /** The bounds between which the load decides; `undefined` where the count is fixed. */
  readonly scaling: readonly (number | undefined)[] | undefined;
  /** The counts that the schedules of an environment with office hours set. */
  readonly scheduledCounts: readonly number[];
  readonly imageTag: string | undefined;
  readonly size: readonly (string | undefined)[];
  /** Figures of all log groups, each once. */
  readonly retentionInDays: readonly (number | undefined)[];
  readonly webCpuPercent: number | undefined;
}

/** The web service. */
export async function describeService({ names: { cluster, service } }: Life) {
  return (await sdk.ecs.describeServices({ cluster, services: [service] })).services?.[0] ?? {};
}

/** The revision of the task definition that the service runs. */
export async function taskDefinition(life: Life): Promise<TaskDefinition> {
  const { taskDefinition } = await describeService(life);
  return (await sdk.ecs.describeTaskDefinition({ taskDefinition })).taskDefinition ?? {};
}

/** Asks the services. */
export async function running(life: Life): Promise<Running> {
  const { desiredCount } = await describeService(life);
  const { containerDefinitions: [container] = [], cpu, memory } = await taskDefinition(life);
  const { logGroups = [] } = await sdk.logs.describeLogGroups({});
  const own = logGroups.filter(({ logGroupName = '' }) => Object.values(life.names.logGroups).includes(logGroupName));
  const { ScalableTargets = [] } = await sdk.scaling.describeScalableTargets({ ServiceNamespace: 'ecs' });
  if (ScalableTargets.length > 1) throw new Error(`${ScalableTargets.length} scalable targets`);
  const [scaling] = ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]);
  const { MetricAlarms = [] } = await sdk.cloudWatch.describeAlarms({});
  return {
    desiredCount,
    scaling,
    scheduledCounts: await scheduledCounts(),
    imageTag: container?.image?.split(':').at(-1),
    size: [cpu, memory],
    retentionInDays: [...new Set(own.map(({ retentionInDays }) => retentionInDays))],
    webCpuPercent: MetricAlarms.find((it) => it.Namespace === 'AWS/ECS' && it.MetricName === 'CPUUtilization')
      ?.Threshold,
  };
}

/** Values that config and parameters ask for. Without a tag no task may run: no image exists. */
export function asked(config: EnvironmentConfig, tag: string | undefined, changed = false): Running {
  const { tasks, size } = config.webService;
  const onceThereIsAnImage = (count: number) => (tag ? count : 0);
  const least = onceThereIsAnImage(tasks.mode === 'fixed' ? tasks.desiredCount : tasks.minCapacity);
  return {
    desiredCount: least,
    scaling: tasks.mode === 'scaled' ? [least, onceThereIsAnImage(tasks.maxCapacity)] : undefined,
    scheduledCounts: config.officeHours ? [...new Set([0, least])] : [],
    imageTag: tag ?? 'latest',
    size: changed
      ? [String(CHANGED.cpu), String(CHANGED.memory)]
      : [String(size.cpu), String(size.memory.toMebibytes())],
    retentionInDays: [changed ? CHANGED.retentionInDays : config.logRetention],
    webCpuPercent: changed && config.alarms ? CHANGED.webCpuPercent : config.alarms?.webCpuPercent,
  };
}

async function scheduledCounts(): Promise<number[]> {
  const { Schedules = [] } = await sdk.scheduler.listSchedules({});
  const schedules = await Promise.all(Schedules.map(({ Name }) => sdk.scheduler.getSchedule({ Name })));
  const counts = schedules.map(
    ({ Target }) => (JSON.parse(Target?.Input ?? '{}') as { DesiredCount?: number }).DesiredCount,
  );
  return [...new Set(counts.filter((count) => count !== undefined))].sort();
}
