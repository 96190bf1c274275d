import { stackWith } from '@infra/deployed/test/support/parts';
import { ago, describeAnswers, environmentWith } from './aws-answers';

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
    result: 'underway',
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

/** Web tasks of the present deployment, in minutes ago: one that runs, and others that ended by themselves. */
function tasks({ startedAt, ended }: { readonly startedAt: number; readonly ended: readonly [number, number][] }) {
  const minutes = (count: number) => ago(count / 60);
  const address = { details: [{ name: 'privateIPv4Address', value: '10.0.1.7' }] };
  const running = { taskArn: 'a/b/new', lastStatus: 'RUNNING', startedAt: minutes(startedAt), attachments: [address] };
  const stopped = ended.map(([start, end]) => ({
    stoppedReason: 'Essential container in task exited',
    startedAt: minutes(start),
    stoppedAt: minutes(end),
  }));
  return {
    ListTasks: ({ desiredStatus }: { readonly desiredStatus: string }) => ({ taskArns: [desiredStatus] }),
    DescribeTasks: ({ tasks: [desiredStatus] }: { readonly tasks: readonly string[] }) => ({
      tasks: desiredStatus === 'STOPPED' ? stopped : [running],
    }),
    GetLogEvents: { events: [{ message: 'Error: out of handles' }] },
  };
}

const HEALTHY_TARGET = {
  DescribeTargetHealth: {
    TargetHealthDescriptions: [{ Target: { Id: '10.0.1.7' }, TargetHealth: { State: 'healthy' } }],
  },
};

const startedADayAgo = environmentWith({
  service: { deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', createdAt: ago(24) }] },
});

describeAnswers('healthy', [
  {
    // `status` said "dev is well" after several crashes.
    title: 'tasks that end again and again are a fault while the newest one happens to be healthy',
    aws: {
      ...HEALTHY_TARGET,
      ...tasks({
        startedAt: 3,
        ended: [
          [30, 20],
          [16, 6],
        ],
      }),
    },
    environment: startedADayAgo,
    result: 'wrong',
    says:
      'Web tasks end again and again: 2 tasks ended within the last hour, the last one at 2026-11-26 11:54 (Tokyo) ' +
      '(Essential container in task exited).\nIts log ends with:\n  Error: out of handles',
    fix: /^what the application says\. /,
    usersAreServed: true,
  },
  {
    title: 'tasks that ended before one which has outlived them twice are shown, and are no fault any more',
    aws: {
      ...HEALTHY_TARGET,
      ...tasks({
        startedAt: 21,
        ended: [
          [50, 40],
          [35, 25],
        ],
      }),
    },
    environment: startedADayAgo,
    result: 'look',
    says: /^v1 .* 1 of 1 targets healthy\. Before, 2 tasks ended within the last hour/,
  },
  {
    title: 'a task that ended after hours, and one that did not start in its place, are no loop',
    aws: {
      ...HEALTHY_TARGET,
      ...tasks({
        startedAt: 20,
        ended: [
          [600, 22],
          [22, 21],
        ],
      }),
    },
    environment: startedADayAgo,
    result: 'look',
    says: /Before, 2 tasks ended within the last hour/,
  },
  {
    title: 'a task that runs, and that a person took off the load balancer, is named: the application is not to blame',
    aws: { DescribeTargetHealth: {}, ...tasks({ startedAt: 21, ended: [] }) },
    environment: startedADayAgo,
    result: 'wrong',
    says: 'Of the running web tasks, new are no targets of the load balancer: they were deregistered by hand.',
    fix: 'npm run prooflink -- restart prod',
    usersAreServed: false,
  },
  {
    // "The stack wants v2, and v1 runs" had exit code 1, and the advice "Its log: " with nothing behind it.
    title: 'a new version that CloudFormation has not given to ECS yet is underway',
    aws: HEALTHY_TARGET,
    environment: environmentWith({
      description: { StackStatus: 'UPDATE_IN_PROGRESS' },
      parameters: { AppImageTag: 'v2' },
    }),
    result: 'underway',
    says: /^A deployment is underway\. v1 /,
    usersAreServed: true,
  },
]);

describeAnswers('wanted', [
  {
    title: 'no web task of an environment without office hours is a fault',
    aws: {},
    environment: environmentWith({
      service: { desiredCount: 0, serviceName: 'service' },
      resources: stackWith({ webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service' }),
    }),
    result: 'wrong',
    says: 'service wants 0 web tasks.',
    fix: /^aws ecs update-service .* --desired-count 2$/,
  },
]);
