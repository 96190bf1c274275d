import { ago, describeAnswers, environmentWith } from './aws-answers';

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

const image = (tag: string, day: number) => ({ imageTags: [tag], imagePushedAt: new Date(Date.UTC(2026, 10, day)) });
const migratedByV2 = environmentWith({ parameters: { MigrationImageTag: 'v2', MigratedImageTag: 'v2' } });

describeAnswers('migration', [
  {
    title: 'a way back to a version that was pushed earlier has the newer migration, and all before it',
    aws: { DescribeImages: { imageDetails: [image('v1', 1), image('v2', 2)] } },
    environment: migratedByV2,
    result: 'well',
    says: 'v1 is older than v2, whose migration the database keeps.',
  },
]);
