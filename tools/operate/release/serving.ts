import { Output, Parameter } from '../../../lib/contract';
import { pause } from '../../program/pause';
import { type DeployedStack, readStack } from '../../deployed/deployed-stack';
import { describeService, describeTargets, describeTasks } from '../../deployed/web-service';

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

/** State of the web service: the tags that its tasks run, and what serves. */
async function stateOf(stack: DeployedStack) {
  const [service, tasks, targets] = await Promise.all([
    describeService(stack),
    describeTasks(stack, 'RUNNING'),
    describeTargets(stack),
  ]);
  const { runningCount = 0, desiredCount = 0, events = [] } = service;
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const run = [...new Set(running.flatMap(({ containers = [] }) => containers[0]?.image?.split(':').at(-1) ?? []))];
  const sick = targets.filter(({ TargetHealth }) => TargetHealth?.State !== 'healthy');
  const healthy = targets.length - sick.length;
  const tags = healthy > 0 ? run : [];
  const count = `${runningCount} of ${desiredCount} tasks run, ${healthy} healthy`;
  const url = stack.outputs[Output.applicationUrl] ?? '';
  const says = tags.length > 0 ? `${tags.join(' and ')} serves: ${url} (${count}).` : `Nothing serves (${count}).`;
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [title, ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)] : [];
  const health = sick.map(({ Target, TargetHealth: it }) => [Target?.Id, it?.State, it?.Description]);
  const reasons = [
    ...section(
      'Targets:',
      health.map((each) => each.filter(Boolean).join(': ')),
    ),
    ...section(
      'What ECS says, newest first:',
      events.slice(0, MOST_EVENTS).map(({ message = '' }) => message),
    ),
  ];
  return { service, run, healthy, serving: { tags, says }, reasons };
}

/** The version that serves. */
export async function servingNow(stack: DeployedStack | undefined): Promise<Serving> {
  if (!stack?.ids('AWS::ECS::Service').length) return { tags: [], says: 'Nothing serves: there is no web service.' };
  return (await stateOf(stack)).serving;
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
  const stack = await readStack(before.environmentName);
  const wanted = stack.parameters[Parameter.appImageTag] ?? '';
  if (wanted === '') return { serves: true, tags: [], says: 'There is no image tag yet, and no task to wait for.' };
  for (const limit = Date.now() + MINUTES * 60_000; ; await pause(SECONDS_BETWEEN)) {
    const { service, run, healthy, serving, reasons } = await stateOf(stack);
    const { desiredCount = 0, runningCount = 0, deployments = [] } = service;
    const rollout = deployments.find(({ status }) => status === 'PRIMARY');
    const rolled = deployments.length === 1 && rollout?.rolloutState === 'COMPLETED';
    if (rolled && desiredCount === 0 && sleeps)
      return { serves: true, tags: [], says: `It sleeps until its office hours begin, then ${wanted} starts.` };
    if (rolled && run.join() === wanted && runningCount === desiredCount && healthy > 0)
      return { serves: true, ...serving };
    const gaveUp =
      rollout?.rolloutState === 'FAILED' || (runningCount === 0 && (rollout?.failedTasks ?? 0) >= FAILED_TASKS);
    if (gaveUp || Date.now() > limit) {
      const why = gaveUp ? rollout?.rolloutStateReason : `It is not healthy after ${MINUTES} minutes.`;
      return { ...serving, serves: false, says: [why, serving.says, ...reasons].filter(Boolean).join('\n') };
    }
  }
}
