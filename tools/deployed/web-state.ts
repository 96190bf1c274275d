import type { Deployment, Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Parameter } from '../../lib/contract';
import { pause } from '../program/pause';
import type { DeployedStack } from './deployed-stack';
import { describeService, describeTargets, describeTasks } from './web-service';

const SECONDS_BETWEEN_QUESTIONS = 2;

/** Failed tasks after which the circuit breaker of ECS stops a deployment. */
const FAILED_TASKS = 3;

/** State of the web service, of its tasks and of its targets. */
export interface WebState {
  readonly service: Service;
  /** Tasks that ECS lists as to be running. */
  readonly tasks: readonly Task[];
  /** Tags of the images that tasks run, each once. */
  readonly runningTags: readonly string[];
  readonly targets: readonly TargetHealthDescription[];
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

/** State of a target in the words of Elastic Load Balancing; empty if it has none. */
export function targetState({ TargetHealth }: TargetHealthDescription): string {
  return TargetHealth?.State ?? '';
}

/** Tag of the image that a task runs: each of them has one container. */
export function imageTagOf({ containers = [] }: Task): string | undefined {
  return containers[0]?.image?.split(':').at(-1);
}

/** The newest deployment of a service. */
export function primaryDeployment({ deployments = [] }: Service): Deployment | undefined {
  return deployments.find(({ status }) => status === 'PRIMARY');
}

/** Reason that ECS gives for the state of the newest deployment, without a period at its end. */
export function rolloutReason(service: Service): string {
  const reason = primaryDeployment(service)?.rolloutStateReason ?? 'tasks end';
  return reason.replace(/\.$/, '');
}

/**
 * Progress of ECS with the newest deployment of a service.
 * - `completed`: no task of an older one is left.
 * - `underway`: no task of it has failed yet.
 * - `failing`: tasks of it have failed, and ECS starts others.
 * - `failed`: ECS has given up.
 */
export type Rollout = 'completed' | 'underway' | 'failing' | 'failed';

export function rolloutOf(service: Service): Rollout {
  const primary = primaryDeployment(service);
  const isAlone = service.deployments?.length === 1;
  if (primary?.rolloutState === 'COMPLETED' && isAlone) return 'completed';
  if (primary?.rolloutState === 'FAILED') return 'failed';
  return (primary?.failedTasks ?? 0) > 0 ? 'failing' : 'underway';
}

/** Stage of the web service on its way to the version of the stack. */
export type Stage = 'serves' | 'asleep' | 'failed' | 'underway';

/** Stage of a web service that is to serve a tag; with office hours, it may sleep instead. */
function stageOf(state: WebState, tag: string, hasOfficeHours: boolean): Stage {
  const { service, runningTags, healthyCount } = state;
  const { desiredCount = 0, runningCount = 0 } = service;
  const rollout = rolloutOf(service);
  if (desiredCount === 0 && runningCount === 0 && hasOfficeHours) return 'asleep';

  const runsTag = runningTags.length === 1 && runningTags[0] === tag;
  if (rollout === 'completed' && runsTag && runningCount === desiredCount && healthyCount > 0) return 'serves';

  const failedTasks = primaryDeployment(service)?.failedTasks ?? 0;
  const startsNoTask = runningCount === 0 && failedTasks >= FAILED_TASKS;
  return rollout === 'failed' || startsNoTask ? 'failed' : 'underway';
}

/** End of a wait for the web service. */
export interface WaitEnd {
  /** The stage that was reached; `underway` if none was in time. */
  readonly stage: Stage;
  readonly state: WebState;
}

/** Waits until the web service is no longer underway to the version of its stack, or for so many minutes. */
export async function waitWhileUnderway(
  stack: DeployedStack,
  hasOfficeHours: boolean,
  minutes: number,
): Promise<WaitEnd> {
  const tag = stack.parameters[Parameter.appImageTag] ?? '';
  const deadline = Date.now() + minutes * 60_000;
  for (;;) {
    const state = await readWebState(stack);
    const stage = stageOf(state, tag, hasOfficeHours);
    if (stage !== 'underway' || Date.now() > deadline) return { stage, state };
    await pause(SECONDS_BETWEEN_QUESTIONS);
  }
}
