import { Output, Parameter } from '@infra/commands/app';
import { type DeployedStack, readParameters } from '../deployed/deployed-stack';
import { primaryDeployment } from '../deployed/rollout';
import { describeTaskCounts, readWebState, targetState, type WebState } from '../deployed/web-state';
import { waitWhileUnderway, type WebWaitProps } from '../deployed/web-stage';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { words as deployed } from '../deployed/words';
import { words } from './words';
import { showProgress } from './masked-output';
import { readStackPatiently } from './read-stack-patiently';
import { explainStoppedTasks } from './stopped-tasks';
import { Minutes } from './time-limits';

/** A failed release lists this many messages of ECS. */
const MOST_EVENTS = 5;

/** The version that serves. */
export interface ServingVersion {
  /** Tags of the images that serve: several during a deployment, none if no target is healthy. */
  readonly tags: readonly string[];
  /** Sentence on the tags, the URL, the tasks and the healthy targets. */
  readonly sentence: string;
}

/** End of the wait for a deployment. */
export interface DeploymentEnd extends ServingVersion {
  /** True if the deployed version serves, sleeps until its office hours begin, or does not exist yet. */
  readonly isAsDeployed: boolean;
}

/** Reads which version serves. */
export async function readServingVersion(stack: DeployedStack): Promise<ServingVersion> {
  const state = await readWebState(stack);
  return describeServingVersion(stack, state);
}

/** The deployment that a release waits for. */
interface ExpectedDeployment {
  /** Tag of the released image; `undefined` if the release left the deployed one. */
  readonly appTag: string | undefined;
  readonly hasOfficeHours: boolean;
}

/**
 * Waits until the web service serves an image tag; if it does not in time, the sentence says why. The wait ends once the
 * stack wants another tag, since another release has deployed that one.
 *
 * The end of CloudFormation's update is not enough: for a service with Application Auto Scaling, the first release raises
 * the minimum number of tasks from zero, and ECS starts the tasks only after the update has ended.
 */
export async function waitUntilServing(
  environmentName: EnvironmentName,
  { appTag, hasOfficeHours }: ExpectedDeployment,
): Promise<DeploymentEnd> {
  const stack = await readStackPatiently(environmentName);
  const expectedTag = appTag ?? stack.parameters[Parameter.appImageTag] ?? '';
  if (expectedTag === '') {
    return { isAsDeployed: true, tags: [], sentence: words.serving.noTagYet };
  }
  let wantedTag = '';
  return await waitForDeployment(stack, {
    tag: expectedTag,
    hasOfficeHours,
    isOvertaken: async () => {
      const parameters = await readParameters(environmentName);
      wantedTag = parameters[Parameter.appImageTag] ?? '';
      return wantedTag !== expectedTag;
    },
    asleep: { isAsDeployed: true, tags: [], sentence: words.serving.asleep({ imageTag: expectedTag }) },
    describeOvertaken: () => words.servingOvertaken({ tag: expectedTag, wantedTag }),
  });
}

/** A wait for a deployment of the web service, with what its ends mean. */
interface DeploymentWait extends Pick<WebWaitProps, 'tag' | 'hasOfficeHours' | 'isOvertaken' | 'deploymentId'> {
  readonly asleep: DeploymentEnd;
  readonly describeOvertaken: () => string;
  /** Begin of the deployment; that of the newest one unless given. */
  readonly since?: Date;
}

/** Waits until a deployment of the web service has ended; if it does not serve in time, the sentence says why. */
export async function waitForDeployment(stack: DeployedStack, props: DeploymentWait): Promise<DeploymentEnd> {
  const { asleep, describeOvertaken, since } = props;
  const { stage, state } = await waitWhileUnderway(stack, {
    ...props,
    timeoutMinutes: Minutes.serving,
    showLine: showProgress,
  });
  switch (stage) {
    case 'serves':
      return { isAsDeployed: true, ...describeServingVersion(stack, state) };
    case 'asleep':
      return asleep;
    case 'overtaken':
      return await failedEnd(stack, state, describeOvertaken(), since);
    case 'failed':
      return await failedEnd(stack, state, primaryDeployment(state.service)?.rolloutStateReason, since);
    case 'underway':
      return await failedEnd(stack, state, words.notHealthyInTime({ minutes: Minutes.serving }), since);
  }
}

/**
 * End of a deployment that does not serve: the last lines of its tasks, then everything that ECS and the load balancer say
 * about it.
 */
async function failedEnd(
  stack: DeployedStack,
  state: WebState,
  reason: string | undefined,
  since = primaryDeployment(state.service)?.createdAt ?? new Date(),
): Promise<DeploymentEnd> {
  const { tags, sentence } = describeServingVersion(stack, state);
  const tasks = await explainStoppedTasks(stack, since);
  const reasons = [reason, sentence].filter(Boolean);
  const lines = [...tasks, ...reasons, ...listUnhealthyTargets(state), ...listNewestEvents(state)];
  return { isAsDeployed: false, tags, sentence: lines.join('\n') };
}

/** The version that serves in a state of the web service. */
function describeServingVersion({ outputs }: DeployedStack, state: WebState): ServingVersion {
  const counts = describeTaskCounts(state);
  const tags = state.healthyCount > 0 ? state.runningTags : [];
  if (tags.length === 0) {
    return { tags, sentence: words.serving.nothing({ counts }) };
  }
  const url = outputs[Output.applicationUrl] ?? deployed.notKnownNow;
  return { tags, sentence: words.serving.serves({ imageTags: tags, url, counts }) };
}

/** The unhealthy targets, with the reasons of the load balancer. */
function listUnhealthyTargets({ targets }: WebState): string[] {
  const unhealthyTargets = targets.filter((target) => targetState(target) !== 'healthy');
  const lines = unhealthyTargets.map(({ Target, TargetHealth }) => {
    const parts = [Target?.Id, TargetHealth?.State, TargetHealth?.Description];
    return parts.filter(Boolean).join(': ');
  });
  return section(words.serving.targets, lines);
}

/** The newest messages of ECS on the service. */
function listNewestEvents({ service }: WebState): string[] {
  // ECS lists the newest event first.
  const newestEvents = (service.events ?? []).slice(0, MOST_EVENTS);
  const messages = newestEvents.map(({ message = '' }) => message);
  return section(words.serving.events, messages);
}

/** A heading with indented lines below it; nothing if there are no lines. */
function section(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [heading, ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)];
}
