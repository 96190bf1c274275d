import type { Deployment, Service } from '@aws-sdk/client-ecs';

/** The newest deployment of a service. */
export function primaryDeployment({ deployments = [] }: Service): Deployment | undefined {
  return deployments.find(({ status }) => status === 'PRIMARY');
}

/** Number of tasks of the newest deployment that failed to start. */
export function failedTaskCount(service: Service): number {
  return primaryDeployment(service)?.failedTasks ?? 0;
}

/** Reason that ECS gives for the state of the newest deployment, without a period at its end. */
export function rolloutReason(service: Service): string {
  const reason = primaryDeployment(service)?.rolloutStateReason ?? 'tasks end';
  return reason.replace(/\.$/, '');
}

/**
 * Progress of ECS with the newest deployment of a service.
 * - `completed`: no task of an older deployment is left.
 * - `underway`: none of its tasks has failed yet.
 * - `failing`: some of its tasks have failed, and ECS starts others.
 * - `failed`: ECS has given up.
 */
export type Rollout = 'completed' | 'underway' | 'failing' | 'failed';

/** Progress of ECS with the newest deployment of a service. */
export function rolloutOf(service: Service): Rollout {
  const rolloutState = primaryDeployment(service)?.rolloutState;
  const isOnlyDeployment = service.deployments?.length === 1;
  if (rolloutState === 'COMPLETED' && isOnlyDeployment) return 'completed';
  if (rolloutState === 'FAILED') return 'failed';
  return failedTaskCount(service) > 0 ? 'failing' : 'underway';
}
