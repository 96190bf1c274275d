import type { Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Output } from '../../../../lib/contract';
import { familyAndRevision, lastPart } from '../../../deployed/arn';
import type { Environment } from '../../../deployed/environment';
import { readWebState, rolloutOf, rolloutReason, targetState, type WebState } from '../../../deployed/web-state';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { onlyWithWebTasks } from './only-with-web-tasks';

/** The application itself, which no question before explains. */
export const WEB_HEALTH_QUESTIONS: readonly Question[] = [
  {
    id: 'healthy',
    statement: "ProofLink's image starts and becomes healthy",
    depth: 'status',
    ask: onlyWithWebTasks(checkHealth),
  },
];

/** The web service as this question sees it. */
interface WebHealth {
  readonly state: WebState;
  readonly serviceName: string;
  /** Image tag of the service's task definition. */
  readonly imageTag: string;
  /** Family and revision of the task definition. */
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly unhealthyTargets: readonly TargetHealthDescription[];
}

async function checkHealth(environment: Environment): Promise<Answer> {
  const health = await readHealth(environment);
  const counts = countsText(health);
  if (rolloutOf(health.state.service) === 'underway') {
    return lookAnswer(`A deployment is underway. ${counts}: ask again after it.`);
  }
  if (isWithoutListedTasks(health)) {
    return lookAnswer(`${counts}, and ECS lists no task: nothing of it runs here.`);
  }
  const fault = firstFault(health, environment.tag);
  if (fault === undefined) return wellAnswer(`${counts}.`);
  const says = joinSentences([fault, ...(await reasonsOfAws(environment, health))]);
  return wrongAnswer(says, await adviceOn(environment, health, says));
}

/** States of targets that are healthy, or that are on their way into or out of the target group. */
const STATES_WITHOUT_FAULT: ReadonlySet<string> = new Set(['healthy', 'draining', 'initial']);

async function readHealth(environment: Environment): Promise<WebHealth> {
  const state = await readWebState(environment);
  const container = await environment.webContainer();
  const { serviceName = '', desiredCount = 0, runningCount = 0 } = state.service;
  return {
    state,
    serviceName,
    imageTag: lastPart(container.image),
    taskDefinition: familyAndRevision(container.definitionArn),
    desiredCount,
    runningCount,
    unhealthyTargets: state.targets.filter((target) => !STATES_WITHOUT_FAULT.has(targetState(target))),
  };
}

function countsText({ state, imageTag, taskDefinition, runningCount, desiredCount }: WebHealth): string {
  const version = `${imageTag} (${taskDefinition})`;
  const tasksText = `${runningCount} of ${desiredCount} tasks run`;
  const targetsText = `${state.healthyCount} of ${state.targets.length} targets healthy`;
  return `${version}: ${tasksText}, ${targetsText}`;
}

/** A local AWS counts a task of an image that has no program, and lists none. */
function isWithoutListedTasks({ state, runningCount, desiredCount }: WebHealth): boolean {
  const isComplete = rolloutOf(state.service) === 'completed' && runningCount >= desiredCount;
  return isComplete && state.tasks.length === 0 && state.targets.length === 0;
}

/** The fault that explains the others; `undefined` if there is none. */
function firstFault(health: WebHealth, wantedTag: string): string | undefined {
  const { state, serviceName, imageTag, runningCount, desiredCount, unhealthyTargets } = health;
  if (rolloutOf(state.service) !== 'completed') {
    return `The deployment of ${imageTag} fails: ${rolloutReason(state.service)}. ${servingText(health)}`;
  }
  if (wantedTag !== imageTag) return `The stack wants ${wantedTag}, and ${imageTag} runs.`;
  if (runningCount < desiredCount) return `${runningCount} of ${desiredCount} web tasks run.`;
  if (state.healthyCount === 0) return `No target of ${serviceName} is healthy.`;
  if (unhealthyTargets.length > 0) {
    return `${unhealthyTargets.length} of ${state.targets.length} targets are not healthy.`;
  }
  return undefined;
}

/** The versions that serve while the deployment of another one fails. */
function servingText({ state, imageTag }: WebHealth): string {
  const serving = state.runningTags.join(' and ');
  const isOther = serving !== '' && serving !== imageTag;
  return isOther ? `${serving} serves.` : 'Nothing else serves.';
}

/** Reasons that ECS and the load balancer give for a fault. */
async function reasonsOfAws(environment: Environment, health: WebHealth): Promise<string[]> {
  const { state, unhealthyTargets } = health;
  const lastEvent = state.service.events?.[0]?.message ?? '';
  const failingTarget = unhealthyTargets.find((target) => targetState(target) === 'unhealthy');
  const { Reason = '', Description = '' } = failingTarget?.TargetHealth ?? {};
  const [firstLine = ''] = lastEvent.split('\n');
  const event = firstLine === '' ? '' : `ECS says: ${firstLine}`;
  return [event, Reason, Description, await readLastStopReason(environment)];
}

/** Reason for which the last task ended; ECS lists it for an hour. */
async function readLastStopReason(environment: Environment): Promise<string> {
  const stoppedTasks = await environment.describeTasks('STOPPED');
  const failedTasks = stoppedTasks.filter((task) => !isEndedByEcs(task));
  failedTasks.sort((first, second) => endOf(second) - endOf(first));
  const lastTask = failedTasks[0];
  const reasons = [lastTask?.stoppedReason, lastTask?.containers?.[0]?.reason];
  return reasons.filter(Boolean).join(': ');
}

/** Tasks that ECS ends by itself, for a new version or a smaller number, are no fault. */
function isEndedByEcs({ stoppedReason = '' }: Task): boolean {
  return stoppedReason.startsWith('Scaling activity');
}

function endOf({ stoppedAt, createdAt }: Task): number {
  const time = stoppedAt ?? createdAt;
  return time?.getTime() ?? 0;
}

/** Sentences one after the other, without those that the text before them contains. */
function joinSentences(sentences: readonly string[]): string {
  let text = '';
  for (const sentence of sentences) {
    if (text.includes(sentence)) continue;
    text = text === '' ? sentence : `${text} ${sentence}`;
  }
  return text;
}

/** Part of the load balancer's description of a target that answers with another code than 200. */
const WRONG_CODE = /with these codes/;
/** Part of the reason that ECS gives for a task that it ended. */
const FAILED_HEALTH_CHECKS = /health checks/;

/** Advice for those who make the application. */
async function adviceOn(environment: Environment, { unhealthyTargets }: WebHealth, says: string): Promise<string> {
  const { HealthCheckPath = '', Port = 0 } = await environment.describeTargetGroup();
  const log = `Its log: ${environment.outputs[Output.appLogs] ?? ''}`;
  if (WRONG_CODE.test(says)) {
    return `the application: it must answer GET ${HealthCheckPath} with 200. ${log}`;
  }
  const isUnreachable = unhealthyTargets.length > 0 || FAILED_HEALTH_CHECKS.test(says);
  if (isUnreachable) {
    return `the application: it must listen on port ${Port} of 0.0.0.0. ${log}`;
  }
  return `what the application says. ${log}`;
}
