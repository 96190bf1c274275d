import { Parameter } from '../../lib/contract';
import { pause } from '../program/pause';
import type { DeployedStack } from './deployed-stack';
import { failedTaskCount, rolloutOf } from './rollout';
import { readWebState, type WebState } from './web-state';

const SECONDS_BETWEEN_QUESTIONS = 2;

/** Failed tasks after which the circuit breaker of ECS stops a deployment. */
const FAILED_TASKS_OF_CIRCUIT_BREAKER = 3;

/**
 * Stage of the web service on its way to the image tag of its stack.
 * - `serves`: only tasks with the tag run, and at least one is healthy.
 * - `asleep`: no task is to run, outside office hours.
 * - `failed`: ECS has given up, or is about to.
 * - `underway`: none of these yet.
 */
export type Stage = 'serves' | 'asleep' | 'failed' | 'underway';

/** Stage of a web service that is to serve an image tag. Only with office hours may it be asleep. */
function stageOf(state: WebState, tag: string, hasOfficeHours: boolean): Stage {
  const { service, runningTags, healthyCount } = state;
  const { desiredCount = 0, runningCount = 0 } = service;
  const rollout = rolloutOf(service);
  if (desiredCount === 0 && runningCount === 0 && hasOfficeHours) return 'asleep';

  const runsOnlyTag = runningTags.length === 1 && runningTags[0] === tag;
  if (rollout === 'completed' && runsOnlyTag && runningCount === desiredCount && healthyCount > 0) return 'serves';

  const startsNoTask = runningCount === 0 && failedTaskCount(service) >= FAILED_TASKS_OF_CIRCUIT_BREAKER;
  return rollout === 'failed' || startsNoTask ? 'failed' : 'underway';
}

/** End of a wait for the web service. */
export interface WaitEnd {
  /** The stage that was reached; `underway` after the time was up. */
  readonly stage: Stage;
  readonly state: WebState;
}

/** Waits until the web service is no longer underway to the image tag of its stack, or until the time is up. */
export async function waitWhileUnderway(
  stack: DeployedStack,
  hasOfficeHours: boolean,
  timeoutMinutes: number,
): Promise<WaitEnd> {
  const tag = stack.parameters[Parameter.appImageTag] ?? '';
  const deadline = Date.now() + timeoutMinutes * 60_000;
  for (;;) {
    const state = await readWebState(stack);
    const stage = stageOf(state, tag, hasOfficeHours);
    if (stage !== 'underway' || Date.now() > deadline) return { stage, state };
    await pause(SECONDS_BETWEEN_QUESTIONS);
  }
}
