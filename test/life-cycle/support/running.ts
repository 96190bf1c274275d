import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { CHANGED } from './changed-config';
import type { Life } from './life';

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

/** The revision of the task definition that the service runs. */
export async function taskDefinition({ names }: Life): Promise<TaskDefinition> {
  const ecs = new ECSClient({});
  const wanted = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
  const service = (await ecs.send(wanted)).services?.[0];
  const revision = new DescribeTaskDefinitionCommand({ taskDefinition: service?.taskDefinition });
  const { taskDefinition: found } = await ecs.send(revision);
  if (!found) throw new Error(`${names.service} has no task definition`);
  return found;
}

/** Asks the services. */
export async function running(life: Life): Promise<Running> {
  const { names } = life;
  const wanted = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
  const service = (await new ECSClient({}).send(wanted)).services?.[0];
  const task = await taskDefinition(life);
  const { logGroups = [] } = await new CloudWatchLogsClient({}).send(new DescribeLogGroupsCommand({}));
  const own = Object.values(names.logGroups);
  return {
    desiredCount: service?.desiredCount,
    scaling: await scaling(),
    scheduledCounts: await scheduledCounts(),
    imageTag: task.containerDefinitions?.[0]?.image?.split(':').at(-1),
    size: [task.cpu, task.memory],
    retentionInDays: [
      ...new Set(logGroups.filter((it) => own.includes(it.logGroupName ?? '')).map((it) => it.retentionInDays)),
    ],
    webCpuPercent: await webCpuPercent(),
  };
}

/** Values that config and parameters ask for. Without a tag no task may run: no image exists. */
export function asked(config: EnvironmentConfig, tag: string | undefined, changed = false): Running {
  const { tasks, size } = config.webService;
  const onceThereIsAnImage = (count: number) => (tag ? count : 0);
  const least = onceThereIsAnImage(tasks.mode === 'fixed' ? tasks.desiredCount : tasks.minCapacity);
  const retention = changed ? CHANGED.retentionInDays : config.logRetention;
  return {
    desiredCount: least,
    scaling: tasks.mode === 'scaled' ? [least, onceThereIsAnImage(tasks.maxCapacity)] : undefined,
    scheduledCounts: config.officeHours ? [...new Set([0, least])] : [],
    imageTag: tag ?? 'latest',
    size: changed ? [CHANGED.cpu, CHANGED.memory] : [String(size.cpu), String(size.memory.toMebibytes())],
    retentionInDays: [retention],
    webCpuPercent: changed && config.alarms ? CHANGED.webCpuPercent : config.alarms?.webCpuPercent,
  };
}

async function scaling(): Promise<Running['scaling']> {
  const wanted = new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' });
  const { ScalableTargets = [] } = await new ApplicationAutoScalingClient({}).send(wanted);
  if (ScalableTargets.length > 1) throw new Error(`${ScalableTargets.length} scalable targets`);
  const [target] = ScalableTargets;
  return target && [target.MinCapacity, target.MaxCapacity];
}

async function scheduledCounts(): Promise<number[]> {
  const scheduler = new SchedulerClient({});
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
  const inputs = await Promise.all(
    Schedules.map(async ({ Name }) => (await scheduler.send(new GetScheduleCommand({ Name }))).Target?.Input ?? '{}'),
  );
  const counts = inputs.map((input) => (JSON.parse(input) as { DesiredCount?: number }).DesiredCount);
  return [...new Set(counts.filter((count) => count !== undefined))].sort();
}

async function webCpuPercent(): Promise<number | undefined> {
  const { MetricAlarms = [] } = await new CloudWatchClient({}).send(new DescribeAlarmsCommand({}));
  return MetricAlarms.find(({ Namespace, MetricName }) => Namespace === 'AWS/ECS' && MetricName === 'CPUUtilization')
    ?.Threshold;
}
