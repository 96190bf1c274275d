import type { Service, Task } from '@aws-sdk/client-ecs';
import { Output, Parameter } from '../../lib/contract';
import { pause } from '../shared/pause';
import { type DeployedStack, readStack } from '../environment/deployed-stack';
import { describeService, targetsOf, tasksOf } from '../environment/web-service';

const SECONDS_BETWEEN = 2;
const MINUTES = 15;
/** The circuit breaker of ECS gives a deployment up after as many. */
const FAILED_TASKS = 3;
const MOST_EVENTS = 5;

/** The version that serves, in words and for programs. */
export interface Serving {
  readonly tags: readonly string[];
  readonly says: string;
}

/** State of the web service. */
interface State {
  readonly service: Service;
  readonly tasks: readonly Task[];
  readonly healthy: number;
  readonly sick: readonly string[];
}

async function stateOf(stack: DeployedStack): Promise<State> {
  const [service, tasks, targets] = await Promise.all([
    describeService(stack),
    tasksOf(stack, 'RUNNING'),
    targetsOf(stack),
  ]);
  return {
    service,
    tasks: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING'),
    healthy: targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length,
    sick: targets.flatMap(({ Target, TargetHealth: it }) =>
      it?.State === 'healthy' ? [] : [`  ${[Target?.Id, it?.State, it?.Description].filter(Boolean).join(': ')}`],
    ),
  };
}

const tagsOf = ({ tasks }: State): string[] => [
  ...new Set(tasks.flatMap(({ containers = [] }) => containers[0]?.image?.split(':').at(-1) ?? [])),
];

function servingIn(stack: DeployedStack, state: State): Serving {
  const { service, healthy } = state;
  const tags = healthy > 0 ? tagsOf(state) : [];
  const count = `${service.runningCount ?? 0} of ${service.desiredCount ?? 0} tasks run, ${healthy} healthy`;
  const url = stack.outputs[Output.applicationUrl] ?? '';
  return {
    tags,
    says: tags.length > 0 ? `${tags.join(' and ')} serves: ${url} (${count}).` : `Nothing serves (${count}).`,
  };
}

/** The version that serves. */
export async function servingNow(stack: DeployedStack | undefined): Promise<Serving> {
  if (!stack?.ids('AWS::ECS::Service').length) return { tags: [], says: 'Nothing serves: there is no web service.' };
  return servingIn(stack, await stateOf(stack));
}

/** End of a deployment. */
export interface Health extends Serving {
  readonly serves: boolean;
}

/**
 * Waits until the web service serves what the stack wants, and says why where it does not. CloudFormation alone does
 * not: with a scaled service the first release moves the bounds from zero, and the tasks come after the stack is done.
 */
export async function waitUntilServing(before: DeployedStack, sleeps: boolean): Promise<Health> {
  const stack = await readStack(before.environment);
  const wanted = stack.parameters[Parameter.appImageTag] ?? '';
  if (wanted === '') return { serves: true, tags: [], says: 'There is no image tag yet, and no task to wait for.' };
  for (const limit = Date.now() + MINUTES * 60_000; ;) {
    const state = await stateOf(stack);
    const { desiredCount = 0, runningCount = 0, deployments = [] } = state.service;
    const rollout = deployments.find(({ status }) => status === 'PRIMARY');
    const rolled = deployments.length === 1 && rollout?.rolloutState === 'COMPLETED';
    if (rolled && desiredCount === 0 && sleeps) {
      return { serves: true, tags: [], says: `It sleeps until its office hours begin, then ${wanted} starts.` };
    }
    const isWanted = tagsOf(state).join() === wanted;
    if (rolled && isWanted && runningCount === desiredCount && state.healthy > 0) {
      return { serves: true, ...servingIn(stack, state) };
    }
    const gaveUp =
      rollout?.rolloutState === 'FAILED' || (runningCount === 0 && (rollout?.failedTasks ?? 0) >= FAILED_TASKS);
    if (gaveUp || Date.now() > limit) {
      const why = gaveUp ? rollout?.rolloutStateReason : `It is not healthy after ${MINUTES} minutes.`;
      const { tags, says } = servingIn(stack, state);
      return { serves: false, tags, says: [why, says, ...reasons(state)].filter(Boolean).join('\n') };
    }
    await pause(SECONDS_BETWEEN);
  }
}

function reasons({ sick, service: { events = [] } }: State): string[] {
  const said = events.slice(0, MOST_EVENTS).map(({ message = '' }) => `  ${message.replaceAll('\n', '\n  ')}`);
  return [
    ...(sick.length > 0 ? ['Targets:', ...sick] : []),
    ...(said.length > 0 ? ['What ECS says, newest first:', ...said] : []),
  ];
}
