import { besideOthers } from '../../support/containers';
import { ago, answers, resting, standing } from './aws-answers';

const targets = (...states: string[]) => ({
  DescribeTargetHealth: {
    TargetHealthDescriptions: states.map((State) => ({
      TargetHealth: { State, Reason: 'Target.Timeout', Description: 'late' },
    })),
  },
});
const rollout = (rolloutState: string, more: object = {}) =>
  standing({
    service: {
      deployments: [{ status: 'PRIMARY', rolloutState, rolloutStateReason: 'tasks failed to start', ...more }],
      events: [{ message: 'unable to pull\nmore' }],
    },
  });

answers('healthy', [
  ['one is not', targets('healthy', 'unhealthy'), 'wrong', /^1 of 2 targets are not healthy\. Target\.Timeout late/],
  [
    'ECS is at it',
    targets('initial'),
    'look',
    /^A deployment is underway\. v1 .*: ask again after it\.$/,
    rollout('IN_PROGRESS'),
  ],
  [
    'ECS is at it, and tasks end',
    targets(),
    'wrong',
    /ECS says: unable to pull what/,
    rollout('IN_PROGRESS', { failedTasks: 1 }),
  ],
  [
    'ECS rolled it back',
    targets('healthy', 'healthy'),
    'wrong',
    /^The stack wants v9, and v1 runs\./,
    standing({ parameters: { AppImageTag: 'v9' } }),
  ],
]);

const lines = (...times: Date[]) => ({
  FilterLogEvents: ({ nextToken }: { nextToken?: string }) =>
    nextToken ? { events: times.map((time) => ({ timestamp: time.getTime() })) } : { events: [], nextToken: 'more' },
});
answers('log-lines', [
  ['of today, behind an empty page', lines(ago(1)), 'well', /2026-11-26 11:00 \(Tokyo\)/],
  ['tasks run, and say nothing', lines(), 'look', /No line within a day/],
  ['no task runs', {}, 'look', /No task is wanted now/, resting],
]);

const agents = (...agents: (object | undefined)[]) => ({
  ListTasks: { taskArns: ['a'] },
  DescribeTasks: {
    tasks: agents.map((agent) => ({
      containers: besideOthers({ managedAgents: agent ? [{ name: 'ExecuteCommandAgent', ...agent }] : [] }),
    })),
  },
});
answers('shell', [
  ['the agent runs', agents({ lastStatus: 'RUNNING' }), 'well', /runs in every task/],
  [
    'in one of two only',
    agents({ lastStatus: 'RUNNING' }, { lastStatus: 'STOPPED', reason: 'no way out' }),
    'wrong',
    /STOPPED, no way out/,
  ],
  ['a task has none', agents(undefined), 'wrong', /a task has none/],
  ['it starts', agents({ lastStatus: 'PENDING' }), 'look', /still starting/],
  [
    'one starts, and a later one has stopped',
    agents({ lastStatus: 'PENDING' }, { lastStatus: 'STOPPED', reason: 'no way out' }),
    'wrong',
    /^Its agent does not run: STOPPED, no way out\./,
  ],
  [
    'one has stopped, and a later one starts',
    agents({ lastStatus: 'STOPPED', reason: 'no way out' }, { lastStatus: 'PENDING' }),
    'wrong',
    /^Its agent does not run: STOPPED, no way out\./,
  ],
  ['no task', { ListTasks: { taskArns: [] } }, 'wrong', /No task runs/],
]);

const activity = (StatusCode: string, Cause: string) => ({
  StatusCode,
  Cause,
  StatusMessage: 'no rights',
  Description: 'Setting desired count to 3.',
});
answers('scaling', [
  [
    'an alarm changed it',
    { DescribeScalingActivities: { ScalingActivities: [activity('Successful', 'monitor alarm x in state ALARM')] } },
    'well',
    /to 3\./,
  ],
  [
    'a release changed it',
    { DescribeScalingActivities: { ScalingActivities: [activity('Successful', 'minimum capacity was set to 2')] } },
    'look',
    /No load/,
  ],
  [
    'it could not be changed',
    { DescribeScalingActivities: { ScalingActivities: [activity('Failed', 'x')] } },
    'wrong',
    /no rights/,
  ],
]);
