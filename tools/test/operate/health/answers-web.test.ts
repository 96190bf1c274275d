import { besideOthers } from '../../support/containers';
import { ago, asleep, describeAnswers, environmentWith } from './aws-answers';

const targetsIn = (...states: readonly string[]) => ({
  DescribeTargetHealth: {
    TargetHealthDescriptions: states.map((State) => ({
      TargetHealth: { State, Reason: 'Target.Timeout', Description: 'late' },
    })),
  },
});

/** prod, whose web service has one deployment, with further fields of it. */
const deploymentIn = (rolloutState: string, fields: object = {}) =>
  environmentWith({
    service: {
      deployments: [{ status: 'PRIMARY', rolloutState, rolloutStateReason: 'tasks failed to start', ...fields }],
      events: [{ message: 'unable to pull\nmore' }],
    },
  });

describeAnswers('healthy', [
  {
    title: 'a target that is not healthy is counted, with the load balancer’s reason',
    aws: targetsIn('healthy', 'unhealthy'),
    result: 'wrong',
    says: '1 of 2 targets are not healthy. Target.Timeout late',
    fix: /^the application: it must listen on port \d+ of 0\.0\.0\.0\. Its log: /,
  },
  {
    title: 'a deployment that is underway is asked about later',
    aws: targetsIn('initial'),
    environment: deploymentIn('IN_PROGRESS'),
    result: 'look',
    says: 'A deployment is underway. v1 (task:1): 2 of 2 tasks run, 0 of 1 targets healthy: ask again after it.',
  },
  {
    title: 'a deployment whose tasks end fails, and the newest event of ECS says why',
    aws: targetsIn(),
    environment: deploymentIn('IN_PROGRESS', { failedTasks: 1 }),
    result: 'wrong',
    says: 'The deployment of v1 fails: tasks failed to start. Nothing else serves. ECS says: unable to pull',
    fix: /^what the application says\. Its log: /,
  },
  {
    title: 'a deployment that ECS rolled back runs another version than the stack wants',
    aws: targetsIn('healthy', 'healthy'),
    environment: environmentWith({ parameters: { AppImageTag: 'v9' } }),
    result: 'wrong',
    says: 'The stack wants v9, and v1 runs.',
    fix: /^what the application says\. Its log: /,
  },
]);

/** CloudWatch Logs' events, behind an empty page. */
const logEvents = (...times: readonly Date[]) => ({
  FilterLogEvents: ({ nextToken }: { readonly nextToken?: string }) => {
    if (nextToken === undefined) return { events: [], nextToken: 'more' };
    return { events: times.map((time) => ({ timestamp: time.getTime() })) };
  },
});

describeAnswers('log-lines', [
  {
    title: 'a line of today is found behind an empty page',
    aws: logEvents(ago(1)),
    result: 'well',
    says: 'One is of 2026-11-26 11:00 (Tokyo).',
  },
  {
    title: 'no line while tasks run asks a person to look',
    aws: logEvents(),
    result: 'look',
    says: 'No line within a day, though tasks run: does the application write any? aws logs tail /ecs/prooflink-prod-app',
  },
  {
    title: 'no line is expected while no task runs',
    aws: {},
    environment: asleep,
    result: 'look',
    says: 'No task is wanted now. Ask again after: npm run prooflink -- start dev',
  },
]);

/** ECS on tasks, each with the agent of ECS Exec or without one. */
function tasksWithAgents(...agents: readonly (object | undefined)[]) {
  const tasks = agents.map((agent) => {
    const managedAgents = agent ? [{ name: 'ExecuteCommandAgent', ...agent }] : [];
    return { containers: besideOthers({ managedAgents }) };
  });
  return { ListTasks: { taskArns: ['a'] }, DescribeTasks: { tasks } };
}

const RUNNING = { lastStatus: 'RUNNING' };
const PENDING = { lastStatus: 'PENDING' };
const STOPPED = { lastStatus: 'STOPPED', reason: 'no way out' };

const NEEDS_RESTART = 'A task that was started before ECS Exec was on needs a restart.';
const AGENT_STOPPED = `Its agent does not run: STOPPED, no way out. ${NEEDS_RESTART}`;
const RESTART = 'npm run prooflink -- restart prod';

describeAnswers('shell', [
  {
    title: 'the agent runs in every task',
    aws: tasksWithAgents(RUNNING),
    result: 'well',
    says: 'Its agent runs in every task.',
  },
  {
    title: 'an agent that has stopped in one of two tasks is a fault',
    aws: tasksWithAgents(RUNNING, STOPPED),
    result: 'wrong',
    says: AGENT_STOPPED,
    fix: RESTART,
  },
  {
    title: 'a task without an agent is a fault',
    aws: tasksWithAgents(undefined),
    result: 'wrong',
    says: `Its agent does not run: a task has none. ${NEEDS_RESTART}`,
    fix: RESTART,
  },
  {
    title: 'an agent that starts is asked about later',
    aws: tasksWithAgents(PENDING),
    result: 'look',
    says: 'Its agent is still starting: ask again in a minute.',
  },
  {
    title: 'an agent that starts hides no later one that has stopped',
    aws: tasksWithAgents(PENDING, STOPPED),
    result: 'wrong',
    says: AGENT_STOPPED,
    fix: RESTART,
  },
  {
    title: 'a later agent that starts hides none that has stopped',
    aws: tasksWithAgents(STOPPED, PENDING),
    result: 'wrong',
    says: AGENT_STOPPED,
    fix: RESTART,
  },
  {
    title: 'no task at all is a fault',
    aws: { ListTasks: { taskArns: [] } },
    result: 'wrong',
    says: 'No task runs.',
  },
]);

const scalingActivity = (StatusCode: 'Successful' | 'Failed', Cause: string) => ({
  DescribeScalingActivities: {
    ScalingActivities: [{ StatusCode, Cause, StatusMessage: 'no rights', Description: 'Setting desired count to 3.' }],
  },
});

describeAnswers('scaling', [
  {
    title: 'an alarm has changed the number of tasks',
    aws: scalingActivity('Successful', 'monitor alarm x in state ALARM'),
    result: 'well',
    says: 'Setting desired count to 3.',
  },
  {
    title: 'a change by a release is no proof that load changes the number of tasks',
    aws: scalingActivity('Successful', 'minimum capacity was set to 2'),
    result: 'look',
    says: 'No load has changed it yet. CloudWatch: CPUUtilization of the service, and the tasks that it asks for.',
  },
  {
    title: 'a change that failed is a fault',
    aws: scalingActivity('Failed', 'monitor alarm x in state ALARM'),
    result: 'wrong',
    says: 'The last change failed: no rights',
  },
]);
