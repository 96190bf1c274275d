import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Message } from '@infra/common/message';
import { applicationContainer } from './application-container';
import type { DeployedStack } from './deployed-stack';
import { describeService, describeTargets, describeTasks } from './web-service';
import { words } from './words';

/** State of the web service, of its tasks and of its targets. */
export interface WebState {
  readonly service: Service;
  /** Tasks whose desired status is RUNNING, even if they are still starting. */
  readonly tasks: readonly Task[];
  /** Image tags of the tasks that run, each once. */
  readonly runningTags: readonly string[];
  readonly targets: readonly TargetHealthDescription[];
  /** Number of healthy targets. */
  readonly healthyCount: number;
}

/** Reads the state of the web service. */
export async function readWebState(stack: DeployedStack): Promise<WebState> {
  const [service, tasks, targets] = await Promise.all([
    describeService(stack),
    describeTasks(stack, 'RUNNING'),
    describeTargets(stack),
  ]);
  const runningTasks = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const runningTags = runningTasks.flatMap((task) => imageTagOf(task) ?? []);
  return {
    service,
    tasks,
    runningTags: [...new Set(runningTags)],
    targets,
    healthyCount: targets.filter((target) => targetState(target) === 'healthy').length,
  };
}

/** Numbers of the web tasks, as a person reads them. */
export function describeTaskCounts({ service, healthyCount: healthy }: WebState): Message {
  const { runningCount: running = 0, desiredCount: desired = 0 } = service;
  return words.webTasks.counts({ running, desired, healthy });
}

/** State of a target as Elastic Load Balancing names it; empty if it reports none. */
export function targetState({ TargetHealth }: TargetHealthDescription): string {
  return TargetHealth?.State ?? '';
}

/** Tag of the image that the application's container of a task runs. */
export function imageTagOf({ containers }: Task): string | undefined {
  return applicationContainer(containers)?.image?.split(':').at(-1);
}
