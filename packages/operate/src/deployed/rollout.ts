import type { Deployment, Service } from '@aws-sdk/client-ecs';
import { words } from './words';

/** The newest deployment of a service. */
export function primaryDeployment({ deployments = [] }: Service): Deployment | undefined {
  return deployments.find(({ status }) => status === 'PRIMARY');
}

/** Number of tasks of the newest deployment that failed. ECS never resets it (`ResetOnHealthyTask: false`). */
export function failedTaskCount(service: Service): number {
  return primaryDeployment(service)?.failedTasks ?? 0;
}

/**
 * Reason that ECS gives for the state of the newest deployment, without a period at its end. If it gives none: the callers ask
 * for one once tasks of the deployment have ended.
 */
export function rolloutReason(service: Service): string {
  const reason = primaryDeployment(service)?.rolloutStateReason ?? words.tasksEnd;
  return reason.replace(/\.$/, '');
}

/**
 * Progress of a service's newest deployment.
 * - `completed`: no task of an older deployment is left.
 * - `underway`: its tasks start, or run beside older ones, even after one that failed.
 * - `failing`: tasks have failed, none runs, and ECS starts others.
 * - `failed`: ECS has given up.
 */
export type Rollout = 'completed' | 'underway' | 'failing' | 'failed';

export function rolloutOf(service: Service): Rollout {
  const rolloutState = primaryDeployment(service)?.rolloutState;
  const isOnlyDeployment = service.deployments?.length === 1;
  if (rolloutState === 'COMPLETED' && isOnlyDeployment) return 'completed';
  if (rolloutState === 'FAILED') return 'failed';
  return failedTaskCount(service) > 0 && !runsTaskOfDeployment(service) ? 'failing' : 'underway';
}

/** True while a task of the newest deployment runs. */
export function runsTaskOfDeployment(service: Service): boolean {
  return (primaryDeployment(service)?.runningCount ?? 0) > 0;
}
