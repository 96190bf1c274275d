import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { joined } from '@infra/common/message';
import { withoutRepeated } from '@infra/common/words';
import { familyAndRevision } from '@infra/operate/deployed/arn';
import type { Environment } from '@infra/operate/deployed/environment';
import { isStackInProgress, webImageTag } from '@infra/operate/deployed/deployed-stack';
import { readWebContainer } from '@infra/operate/deployed/containers';
import { readWebState, targetState, type WebState } from '@infra/operate/deployed/web-state';
import { primaryDeployment, rolloutOf, rolloutReason, runsTaskOfDeployment } from '@infra/operate/deployed/rollout';
import { stopReasonOf } from '@infra/operate/deployed/stop-reason';
import { endTime, readTaskFailures } from '@infra/operate/deployed/task-failures';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { words as deployed } from '@infra/operate/deployed/words';
import { type Answer, personMustLook, underwayAnswer, wellAnswer, wrongAnswer } from '../../answer';
import type { Question } from '../../question';
import { tagInUri } from '../image-tag';
import { onlyWithWebTasks } from '../only-with-web-tasks';
import { adviceOnDatabase, adviceOnReasons } from './advice';
import { eventsOnFault } from './service-events';
import { isCrashLoop, lastLinesOf, logText } from './task-failures';
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
  /** Tasks of the present deployment that failed within the last hour, the last one first. */
  readonly failures: readonly Task[];
}

async function checkHealth(environment: Environment): Promise<Answer> {
  const health = await readHealth(environment);
  const usersAreServed = health.state.healthyCount > 0;
  return { ...(await judgeHealth(environment, health)), usersAreServed };
}

async function judgeHealth(environment: Environment, health: WebHealth): Promise<Answer> {
  const counts = countsOf(health);
  if (isUnderway(environment, health)) return underwayAnswer(words.health.deploymentUnderway(counts));
  if (countsTasksWithoutListing(health)) {
    return personMustLook({ says: words.health.noTaskListed(counts) });
  }
  const fault = firstFault(health, webImageTag(environment)) ?? taskLoop(environment, health);
  if (fault === undefined) return answerWithoutFault(health, counts);
  const reasons = readReasons(health);
  const [, ...newReasons] = withoutRepeated([fault, ...reasons]);
  const says = words.health.faultWithReasons({ fault, reasons: newReasons });
  const lines = await lastLinesOf(environment, health.failures[0] ?? taskOfUnhealthyTarget(health));
  return wrongAnswer({
    says: joined([says, logText(lines)]),
    fix: await adviceOn(environment, health, [...reasons, ...lines]),
  });
}

/** A longer deployment mostly waits for tasks that never become healthy. */
const LONGEST_DEPLOYMENT_MS = 3_600_000;

/** True while a deployment starts the web tasks, and one of them runs or none has failed. */
export async function areWebTasksUnderway(environment: Environment): Promise<boolean> {
  return isUnderway(environment, await readHealth(environment));
}

function isUnderway(environment: Environment, { state, imageTag, failures }: WebHealth): boolean {
  // CloudFormation has the new version, and has not given it to ECS yet.
  if (isStackInProgress(environment) && webImageTag(environment) !== imageTag) return true;
  const start = primaryDeployment(state.service)?.createdAt ?? environment.now;
  const isRecent = environment.now.getTime() - start.getTime() < LONGEST_DEPLOYMENT_MS;
  const endsAgain = isCrashLoop(failures, state.tasks, environment.now);
  const isFailing = failures.length > 0 && (endsAgain || !runsTaskOfDeployment(state.service));
  return rolloutOf(state.service) === 'underway' && isRecent && !isFailing;
}

/** Answer on web tasks that are healthy: tasks that ended before them are named. */
function answerWithoutFault({ failures }: WebHealth, counts: WebCounts): Answer {
  const lastFailure = failures[0];
  if (lastFailure === undefined) return wellAnswer(words.health.complete(counts));
  return personMustLook({ says: words.health.tasksEnded({ ...counts, ...describeFailures(failures, lastFailure) }) });
}

/** A sentence on tasks that end again and again, while the newest one is healthy; `undefined` if they stay. */
function taskLoop({ now }: Environment, { state, failures }: WebHealth): string | undefined {
  const lastFailure = failures[0];
  if (lastFailure === undefined || !isCrashLoop(failures, state.tasks, now)) return undefined;
  return words.health.tasksEndAgain(describeFailures(failures, lastFailure));
}

function describeFailures(failures: readonly Task[], lastFailure: Task) {
  return {
    failureCount: failures.length,
    time: formatInTokyo(endTime(lastFailure)),
    reason: stopReasonOf(lastFailure),
  };
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
    failures: await readTaskFailures(environment, startOfDeployment(state.service)),
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

/** Address of a task in its subnet, by which it is a target. */
function addressOf({ attachments = [] }: Task): string | undefined {
  const details = attachments.flatMap(({ details: detailsOfAttachment = [] }) => detailsOfAttachment);
  return details.find(({ name }) => name === 'privateIPv4Address')?.value;
}

/** Task that runs, and that the load balancer finds unhealthy: its log may say why. */
function taskOfUnhealthyTarget({ state, unhealthyTargets }: WebHealth): Task | undefined {
  const addresses = new Set(unhealthyTargets.map(({ Target }) => Target?.Id));
  return state.tasks.find((task) => addresses.has(addressOf(task)));
}

/** Sentences on a deployment that fails, and on the versions that serve meanwhile. */
function failedDeployment({ state, imageTag }: WebHealth): string {
  const { service, runningTags: servingTags } = state;
  // ECS's reason for a deployment that it has not given up says only that it is in progress.
  const reason = rolloutOf(service) === 'underway' ? deployed.tasksEnd : rolloutReason(service);
  const otherTags = servingTags.filter((tag) => tag !== imageTag);
  return words.health.deploymentFails({ imageTag, reason, servingTags: otherTags });
}

/** Reasons that ECS and the load balancer give for a fault, the end of the last task first; an empty text for each that they do not give. */
function readReasons({ state, unhealthyTargets, failures }: WebHealth): string[] {
  const failingTarget = unhealthyTargets.find((target) => targetState(target) === 'unhealthy');
  const { Reason = '', Description = '' } = failingTarget?.TargetHealth ?? {};
  const [event = ''] = eventsOnFault(state.service, startOfDeployment(state.service));
  const eventText = event === '' ? '' : words.health.ecsSays({ event });
  const lastFailure = failures[0];
  const stopReason = lastFailure === undefined ? '' : stopReasonOf(lastFailure);
  return [stopReason, eventText, Reason, Description];
}

/** Moment from which reasons count: earlier ones are of another deployment. */
function startOfDeployment(service: Service): number {
  return primaryDeployment(service)?.createdAt?.getTime() ?? 0;
}

/** Advice by the reasons that AWS gives, and by lines of the log. */
async function adviceOn(environment: Environment, { state }: WebHealth, reasons: readonly string[]): Promise<string> {
  const databaseAdvice = await adviceOnDatabase(environment);
  if (databaseAdvice !== undefined) return databaseAdvice;
  // ECS also gives a reason for a completed rollout, which explains no fault.
  const isRolloutCompleted = rolloutOf(state.service) === 'completed';
  const allReasons = isRolloutCompleted ? reasons : [rolloutReason(state.service), ...reasons];
  return await adviceOnReasons(environment, allReasons, isRolloutCompleted);
}
