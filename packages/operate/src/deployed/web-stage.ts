import type { Service } from '@aws-sdk/client-ecs';
import type { DeployedStack } from './deployed-stack';
import { askPatiently, waitFor } from './wait';
import { failedTaskCount, primaryDeployment, rolloutOf } from './rollout';
import { describeTaskCounts, readWebState, type WebState } from './web-state';
import { words } from './words';

const SECONDS_BETWEEN_QUESTIONS = 2;

/** Failed tasks after which the circuit breaker of ECS stops a deployment: unless counted, half of up to six tasks. */
function allowedFailures({ deploymentConfiguration }: Service): number {
  const threshold = deploymentConfiguration?.deploymentCircuitBreaker?.thresholdConfiguration;
  return threshold?.type === 'COUNT' ? (threshold.value ?? 3) : 3;
}

/**
 * Stage of the web service on its way to an image tag.
 * - `serves`: only tasks with the tag run, and at least one is healthy.
 * - `asleep`: no task is to run, outside office hours.
 * - `failed`: ECS has given up, or is about to.
 * - `underway`: none of these yet.
 */
export type Stage = 'serves' | 'asleep' | 'failed' | 'underway';

/** Stage of a web service that is to serve an image tag. Only with office hours may it be asleep. */
function stageOf(
  state: WebState,
  { tag, hasOfficeHours, deploymentId, failedTasksBefore = 0 }: Omit<WebWaitProps, 'timeoutMinutes' | 'showLine'>,
): Stage {
  const { service, runningTags, healthyCount } = state;
  const { desiredCount = 0, runningCount = 0 } = service;
  const rollout = rolloutOf(service);
  if (desiredCount === 0 && runningCount === 0 && hasOfficeHours) return 'asleep';

  const isEarlierDeployment = deploymentId !== undefined && primaryDeployment(service)?.id !== deploymentId;
  if (isEarlierDeployment) return 'underway';

  const runsOnlyTag = runningTags.length === 1 && runningTags[0] === tag;
  if (rollout === 'completed' && runsOnlyTag && runningCount === desiredCount && healthyCount > 0) return 'serves';

  const newFailedTasks = failedTaskCount(service) - failedTasksBefore;
  const startsNoTask = runningCount === 0 && newFailedTasks >= allowedFailures(service);
  return rollout === 'failed' || startsNoTask ? 'failed' : 'underway';
}

/** A wait for the web service. */
export interface WebWaitProps {
  /** Image tag that is to serve. */
  readonly tag: string;
  /** ECS's id of the deployment that is to complete; any deployment unless given. */
  readonly deploymentId?: string;
  /** Failed tasks of the newest deployment before the wait: what made them fail may be fixed. */
  readonly failedTasksBefore?: number;
  readonly hasOfficeHours: boolean;
  readonly timeoutMinutes: number;
  /** True once the stack wants another tag. Asked again and again; by default, the stack goes on to want the tag. */
  readonly isOvertaken?: () => Promise<boolean>;
  /** Gets lines on the wait. */
  readonly showLine: (line: string) => void;
}

/** End of a wait for the web service. */
export interface WaitEnd {
  /** The stage that was reached; `underway` after the time was up; `overtaken` if the stack wants another tag. */
  readonly stage: Stage | 'overtaken';
  readonly state: WebState;
}

/** Waits until the web service is no longer underway to an image tag, until the stack wants another, or the time is up. */
export async function waitWhileUnderway(stack: DeployedStack, props: WebWaitProps): Promise<WaitEnd> {
  const { timeoutMinutes, isOvertaken = () => Promise.resolve(false), showLine } = props;
  let { failedTasksBefore = 0 } = props;
  return await waitFor<WaitEnd>({
    goal: words.webTasks.rest,
    minutes: timeoutMinutes,
    secondsBetweenLooks: SECONDS_BETWEEN_QUESTIONS,
    showLine,
    look: async () => {
      // Asked first: a deployment that begins in between is not taken for that of the tag.
      const isTagOvertaken = await askPatiently(isOvertaken, showLine);
      const state = await askPatiently(() => readWebState(stack), showLine);
      // Another deployment counts from zero.
      failedTasksBefore = Math.min(failedTasksBefore, failedTaskCount(state.service));
      return { stage: isTagOvertaken ? 'overtaken' : stageOf(state, { ...props, failedTasksBefore }), state };
    },
    isReached: ({ stage }) => stage !== 'underway',
    describe: ({ state }) => describeTaskCounts(state),
  });
}
