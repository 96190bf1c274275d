import { ago, asleep, contactOf, rows, untagged } from './aws-answers';

const targets = (...states: string[]) => ({
  DescribeTargetHealth: {
    TargetHealthDescriptions: states.map((State) => ({
      TargetHealth: { State, Reason: 'Target.Timeout', Description: 'late' },
    })),
  },
});
const rollout = (rolloutState: string, more: object = {}) =>
  contactOf({
    service: {
      deployments: [{ status: 'PRIMARY', rolloutState, rolloutStateReason: 'tasks failed to start', ...more }],
      events: [{ message: 'unable to pull\nmore' }],
    },
  });

rows('the image starts', /starts and becomes healthy/, [
  ['as many as wanted are healthy', targets('healthy', 'healthy'), 'pass', /^2 of 2 tasks of v1 are healthy\.$/],
  ['one is not', targets('healthy', 'unhealthy'), 'fail', /^Only 1 of 2 .+ healthy\. Target\.Timeout: late\.$/],
  ['ECS is at it', targets('initial'), 'look', /still at it/, rollout('IN_PROGRESS')],
  [
    'ECS is at it, and tasks end',
    targets(),
    'fail',
    /ECS says: unable to pull$/,
    rollout('IN_PROGRESS', { failedTasks: 1 }),
  ],
  ['ECS gave up', {}, 'fail', /failed: tasks failed to start\. ECS says: unable to pull$/, rollout('FAILED')],
  ['nothing was released', {}, 'look', /no image tag yet/, untagged],
  ['it sleeps', {}, 'look', /prooflink -- start dev$/, asleep],
]);

const streams = (...times: (Date | undefined)[]) => ({
  DescribeLogStreams: { logStreams: times.map((time) => ({ lastEventTimestamp: time?.getTime() })) },
});
rows('its lines arrive', /log lines/, [
  ['of today', streams(ago(1)), 'pass', /2026-11-26 11:00 \(Tokyo\)/],
  ['tasks run, and have no stream', streams(), 'fail', /2 tasks run, and \/ecs\/prooflink-prod-app has no log stream/],
  ['tasks run, and say nothing', streams(ago(48)), 'look', /No line within a day/],
  ['no task runs', streams(), 'look', /No task runs now/, asleep],
]);

const agents = (...agents: (object | undefined)[]) => ({
  ListTasks: { taskArns: ['a'] },
  DescribeTasks: {
    tasks: [
      {
        containers: agents.map((agent) => ({
          managedAgents: agent ? [{ name: 'ExecuteCommandAgent', ...agent }] : [],
        })),
      },
    ],
  },
});
rows('a shell', /shell opens/, [
  ['the agent runs', agents({ lastStatus: 'RUNNING' }), 'pass', /runs in every task/],
  [
    'in one of two only',
    agents({ lastStatus: 'RUNNING' }, { lastStatus: 'STOPPED', reason: 'no way out' }),
    'fail',
    /STOPPED, no way out/,
  ],
  ['a task has none', agents(undefined), 'fail', /a task has none/],
  ['it starts', agents({ lastStatus: 'PENDING' }), 'look', /still starting/],
  ['no task', { ListTasks: { taskArns: [] } }, 'fail', /No task runs/],
]);

const activity = (StatusCode: string, Cause: string) => ({
  StatusCode,
  Cause,
  StatusMessage: 'no rights',
  Description: 'Setting desired count to 3.',
});
rows('scaling', /follows the load/, [
  [
    'an alarm changed it',
    { DescribeScalingActivities: { ScalingActivities: [activity('Successful', 'monitor alarm x in state ALARM')] } },
    'pass',
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
    'fail',
    /no rights/,
  ],
]);
