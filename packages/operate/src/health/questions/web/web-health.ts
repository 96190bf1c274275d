import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { firstLineOf, withoutRepeated } from '@infra/common/words';
import { Output } from '../../../app';
import { familyAndRevision } from '@infra/deployed/arn';
import { availabilityOf, databaseRemedy, describeDatabase } from '@infra/deployed/database';
import type { Environment } from '@infra/deployed/environment';
import { webImageTag } from '@infra/deployed/deployed-stack';
import { describeTargetGroup } from '@infra/deployed/load-balancer';
import { readWebContainer } from '@infra/deployed/containers';
import { describeTasks } from '@infra/deployed/web-service';
import { readWebState, targetState, type WebState } from '@infra/deployed/web-state';
import { primaryDeployment, rolloutOf, rolloutReason } from '@infra/deployed/rollout';
import { stopReasonOf } from '@infra/deployed/stop-reason';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../../answer';
import type { Question } from '../../question';
import { tagInUri } from '../image-tag';
import { onlyWithWebTasks } from '../only-with-web-tasks';
import { OUT_OF_MEMORY, raiseMemory } from './out-of-memory';
import { increaseCommandForAll } from '../vcpu-quota';
import type { WebCounts } from './words';
import { words } from './words';

/**
 * Question on the application in the web tasks. It comes after the questions on what a web task needs: if those find no
 * fault, a task that fails is the fault of the application.
 */
export const WEB_HEALTH: Question = {
  id: 'healthy',
  statement: words.health.statement,
  confirms: ['image-healthy'],
  firstAskedBy: 'status',
  ask: onlyWithWebTasks(checkHealth),
};

/** State of the web service, with the values of it that a sentence shows. */
interface WebHealth {
  readonly state: WebState;
  readonly serviceName: string;
  /** Tag of the image in the service's task definition. */
  readonly imageTag: string;
  /** Family and revision of the service's task definition. */
  readonly taskDefinition: string;
  /** Number of tasks that ECS is to run. */
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly unhealthyTargets: readonly TargetHealthDescription[];
}

async function checkHealth(environment: Environment): Promise<Answer> {
  const health = await readHealth(environment);
  const counts = countsOf(health);
  if (rolloutOf(health.state.service) === 'underway') {
    return personMustLook({ says: words.health.deploymentUnderway(counts) });
  }
  if (countsTasksWithoutListing(health)) {
    return personMustLook({ says: words.health.noTaskListed(counts) });
  }
  const fault = firstFault(health, webImageTag(environment));
  if (fault === undefined) return wellAnswer(words.health.complete(counts));
  const reasons = await readReasons(environment, health);
  const [, ...newReasons] = withoutRepeated([fault, ...reasons]);
  return wrongAnswer({
    says: words.health.faultWithReasons({ fault, reasons: newReasons }),
    fix: await adviceOn(environment, health, reasons),
  });
}

/** States of targets that are healthy, or that are on their way into or out of the target group. */
const STATES_WITHOUT_FAULT: ReadonlySet<string> = new Set(['healthy', 'draining', 'initial']);

async function readHealth(environment: Environment): Promise<WebHealth> {
  const state = await readWebState(environment);
  const container = await readWebContainer(environment);
  const { serviceName = '', desiredCount = 0, runningCount = 0 } = state.service;
  return {
    state,
    serviceName,
    imageTag: tagInUri(container.image),
    taskDefinition: familyAndRevision(container.definitionArn),
    desiredCount,
    runningCount,
    unhealthyTargets: state.targets.filter((target) => !STATES_WITHOUT_FAULT.has(targetState(target))),
  };
}

function countsOf({ state, imageTag, taskDefinition, runningCount, desiredCount }: WebHealth): WebCounts {
  const { healthyCount, targets } = state;
  return { imageTag, taskDefinition, runningCount, desiredCount, healthyCount, targetCount: targets.length };
}

/**
 * True if ECS counts all tasks as running, but lists none. A local AWS (packages/local-aws) does so for an image without
 * a program to run.
 */
function countsTasksWithoutListing({ state, runningCount, desiredCount }: WebHealth): boolean {
  const isComplete = rolloutOf(state.service) === 'completed' && runningCount >= desiredCount;
  return isComplete && state.tasks.length === 0 && state.targets.length === 0;
}

/** The fault that explains the faults after it; `undefined`: there is none. */
function firstFault(health: WebHealth, tagOfStack: string): string | undefined {
  const { state, serviceName, imageTag, runningCount, desiredCount, unhealthyTargets } = health;
  if (rolloutOf(state.service) !== 'completed') return failedDeployment(health);
  if (tagOfStack !== imageTag) return words.health.otherVersion({ tagOfStack, imageTag });
  if (runningCount < desiredCount) return words.health.fewerTasks({ runningCount, desiredCount });
  if (state.healthyCount === 0) return words.health.noTargetHealthy({ serviceName });
  if (unhealthyTargets.length > 0) {
    return words.health.targetsUnhealthy({
      unhealthyCount: unhealthyTargets.length,
      targetCount: state.targets.length,
    });
  }
  return undefined;
}

/** Sentences on a deployment that fails, and on the versions that serve meanwhile. */
function failedDeployment({ state, imageTag }: WebHealth): string {
  const { service, runningTags: servingTags } = state;
  const reason = rolloutReason(service);
  const isOtherVersion = servingTags.some((tag) => tag !== imageTag);
  if (!isOtherVersion) return words.health.deploymentFails({ imageTag, reason });
  return words.health.deploymentFailsBesideOther({ imageTag, reason, servingTags });
}

/**
 * Reasons that ECS and the load balancer give for a fault, the end of the last task first; an empty text for each that they do
 * not give.
 */
async function readReasons(environment: Environment, { state, unhealthyTargets }: WebHealth): Promise<string[]> {
  const failingTarget = unhealthyTargets.find((target) => targetState(target) === 'unhealthy');
  const { Reason = '', Description = '' } = failingTarget?.TargetHealth ?? {};
  const event = newestEventOnFault(state.service);
  const eventText = event === '' ? '' : words.health.ecsSays({ event });
  const stopReason = await readLastStopReason(environment, startOfDeployment(state.service));
  return [stopReason, eventText, Reason, Description];
}

/** Moment from which reasons count: earlier ones are of another deployment. */
function startOfDeployment(service: Service): number {
  return primaryDeployment(service)?.createdAt?.getTime() ?? 0;
}

/** Parts of events of a service that are no reason for a fault: tasks start and end as they should, or a deployment has failed. */
const EVENTS_WITHOUT_REASON = [
  'steady state',
  'deployment completed',
  'has started',
  'has stopped',
  'has begun',
  'registered',
  'deployment failed',
  'rolling back to',
];

/** First line of the newest event of the present deployment that gives a reason; empty without one. */
function newestEventOnFault(service: Service): string {
  const start = startOfDeployment(service);
  const faults = (service.events ?? []).filter(({ message = '', createdAt }) => {
    const isPresent = (createdAt?.getTime() ?? start) >= start;
    const hasReason = !EVENTS_WITHOUT_REASON.some((part) => message.includes(part));
    return isPresent && hasReason;
  });
  // ECS lists the newest event first.
  return firstLineOf(faults[0]?.message ?? '');
}

/** Reason for which the last failed task ended; empty if none failed within the hour for which ECS lists it. */
async function readLastStopReason(environment: Environment, start: number): Promise<string> {
  const stoppedTasks = await describeTasks(environment, 'STOPPED');
  const failedTasks = stoppedTasks.filter((task) => !isEndedByEcs(task) && endTime(task) >= start);
  failedTasks.sort((first, second) => endTime(second) - endTime(first));
  const lastTask = failedTasks[0];
  return lastTask ? stopReasonOf(lastTask) : '';
}

/** True for a task that ECS ended for a new version or a smaller number, which is no fault. */
function isEndedByEcs({ stoppedReason = '' }: Task): boolean {
  return stoppedReason.startsWith('Scaling activity');
}

function endTime({ stoppedAt, createdAt }: Task): number {
  const time = stoppedAt ?? createdAt;
  return time?.getTime() ?? 0;
}

/** Part of the load balancer's reason for a target that does not answer 200: `Health checks failed with these codes: [503]`. */
const WRONG_CODE = /with these codes/;
/** Part of the reason of ECS for a task that it ended: `Task failed ELB health checks in (target-group …)`. */
const FAILED_HEALTH_CHECKS = /health checks/;

/** Advice on a cause that is not the application. */
interface AdviceOnReason {
  /** Part of the reason that AWS gives. */
  readonly pattern: RegExp;
  readonly adviceFor: (environment: Environment) => string;
}

const ADVICE_ON_REASONS: readonly AdviceOnReason[] = [
  {
    // ECS: "Capacity is unavailable at this time. Please try again later or in a different availability zone."
    pattern: /capacity is unavailable/i,
    adviceFor: () => words.health.waitForCapacity,
  },
  {
    // ECS: "You've reached the limit on the number of vCPUs you can run concurrently", and the same of tasks.
    pattern: /reached the limit on the number of/i,
    adviceFor: increaseCommandForAll,
  },
  {
    // Reason of a container: "OutOfMemoryError: Container killed due to memory usage".
    pattern: OUT_OF_MEMORY,
    adviceFor: (environment) => raiseMemory(environment, 'webService.size.memory'),
  },
];

/** Advice by the reasons that AWS gives; most are for those who make the application. */
async function adviceOn(
  environment: Environment,
  { state, unhealthyTargets }: WebHealth,
  reasons: readonly string[],
): Promise<string> {
  const databaseAdvice = await adviceOnDatabase(environment);
  if (databaseAdvice !== undefined) return databaseAdvice;
  const { HealthCheckPath: path = '', Port: port = 0 } = await describeTargetGroup(environment);
  const logCommand = environment.outputs[Output.appLogs] ?? '';
  // ECS also gives a reason for a completed rollout, which explains no fault.
  const isRolloutCompleted = rolloutOf(state.service) === 'completed';
  const allReasons = isRolloutCompleted ? reasons : [rolloutReason(state.service), ...reasons];
  const known = ADVICE_ON_REASONS.find(({ pattern }) => allReasons.some((reason) => pattern.test(reason)));
  if (known) return known.adviceFor(environment);
  if (allReasons.some((reason) => WRONG_CODE.test(reason))) return words.health.mustAnswer({ path, logCommand });
  const isUnreachable = unhealthyTargets.length > 0 || allReasons.some((reason) => FAILED_HEALTH_CHECKS.test(reason));
  if (isUnreachable) return words.health.mustListen({ port, logCommand });
  return words.health.readLog({ logCommand });
}

/** Advice on a database that takes no connections, without which no application is healthy; `undefined` if it does. */
async function adviceOnDatabase(environment: Environment): Promise<string | undefined> {
  // Another question reports a database that is gone, or that AWS refuses to describe.
  const database = await describeDatabase(environment).catch(() => undefined);
  if (!database || availabilityOf(database) === 'available') return undefined;
  return words.health.databaseFirst({ remedy: databaseRemedy(environment, environment.config, database) });
}
