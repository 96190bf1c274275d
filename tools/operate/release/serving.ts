import { Output, Parameter } from '../../../lib/contract';
import { type DeployedStack, readStack } from '../../deployed/deployed-stack';
import {
  primaryDeployment,
  readWebState,
  targetState,
  waitWhileUnderway,
  type WebState,
} from '../../deployed/web-state';

/** Timeout of a deployment. */
const MINUTES = 15;
const MOST_EVENTS = 5;

/** The version that serves. */
export interface Serving {
  /** Tags of the images that serve; none if nothing serves. */
  readonly tags: readonly string[];
  /** Sentence about it. */
  readonly says: string;
}

/** End of a deployment. */
export interface DeploymentEnd extends Serving {
  /** True if it serves, or sleeps, as it should. */
  readonly serves: boolean;
}

/** Reads which version serves. */
export async function readServing(stack: DeployedStack | undefined): Promise<Serving> {
  const hasService = stack !== undefined && stack.ids('AWS::ECS::Service').length > 0;
  if (!hasService) {
    return { tags: [], says: 'Nothing serves: there is no web service.' };
  }
  const state = await readWebState(stack);
  return describeServing(stack, state);
}

/**
 * Waits until the web service serves what the stack wants, and says why where it does not. CloudFormation alone does
 * not: with a scaled service the first release moves the bounds from zero, and the tasks come after the stack is done.
 */
export async function waitUntilServing(before: DeployedStack, hasOfficeHours: boolean): Promise<DeploymentEnd> {
  const stack = await readStack(before.environmentName);
  const expectedTag = stack.parameters[Parameter.appImageTag] ?? '';
  if (expectedTag === '') {
    return { serves: true, tags: [], says: 'There is no image tag yet, and no task to wait for.' };
  }
  const { stage, state } = await waitWhileUnderway(stack, hasOfficeHours, MINUTES);
  switch (stage) {
    case 'asleep':
      return { serves: true, tags: [], says: `It sleeps until its office hours begin, then ${expectedTag} starts.` };
    case 'serves':
      return { serves: true, ...describeServing(stack, state) };
    case 'failed':
      return notServing(stack, state, primaryDeployment(state.service)?.rolloutStateReason);
    case 'underway':
      return notServing(stack, state, `It is not healthy after ${MINUTES} minutes.`);
  }
}

function notServing(stack: DeployedStack, state: WebState, reason: string | undefined): DeploymentEnd {
  const { tags, says } = describeServing(stack, state);
  const lines = [reason, says, ...listUnhealthyTargets(state), ...listNewestEvents(state)];
  return { serves: false, tags, says: lines.filter(Boolean).join('\n') };
}

/** The version that serves, with the tasks and the healthy targets counted. */
function describeServing({ outputs }: DeployedStack, state: WebState): Serving {
  const { runningCount = 0, desiredCount = 0 } = state.service;
  const counts = `${runningCount} of ${desiredCount} tasks run, ${state.healthyCount} healthy`;
  const tags = state.healthyCount > 0 ? state.runningTags : [];
  if (tags.length === 0) {
    return { tags, says: `Nothing serves (${counts}).` };
  }
  const url = outputs[Output.applicationUrl] ?? '';
  return { tags, says: `${tags.join(' and ')} serves: ${url} (${counts}).` };
}

/** The unhealthy targets, with the reasons of the load balancer. */
function listUnhealthyTargets({ targets }: WebState): string[] {
  const unhealthyTargets = targets.filter((target) => targetState(target) !== 'healthy');
  const lines = unhealthyTargets.map(({ Target, TargetHealth }) => {
    const parts = [Target?.Id, TargetHealth?.State, TargetHealth?.Description];
    return parts.filter(Boolean).join(': ');
  });
  return section('Targets:', lines);
}

/** The newest messages of ECS on the service. */
function listNewestEvents({ service }: WebState): string[] {
  const { events = [] } = service;
  const newest = events.slice(0, MOST_EVENTS);
  return section(
    'What ECS says, newest first:',
    newest.map(({ message = '' }) => message),
  );
}

/** A heading with indented lines below it; nothing if there are no lines. */
function section(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [heading, ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)];
}
