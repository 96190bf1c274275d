import { Duration } from 'aws-cdk-lib/core';
import { prod } from '../../../support/configs';
import { besideOthers } from '../../support/containers';
import { ago, answers, resting, standing } from './aws-answers';

const dev = standing({ environment: 'dev' });
const metric = (Values: number[], Id = 'm0') => ({ GetMetricData: { MetricDataResults: [{ Id, Values }] } });
answers('connections', [
  ['connections', metric([0, 4]), 'well', /up to 4 connections/],
  ['none yet', metric([0]), 'look', /Sign in/],
]);

const DAYS = 24 * 3_600_000;
const moved = (gibibytes: number) => ({
  GetMetricData: ({ StartTime, EndTime }: Readonly<Record<'StartTime' | 'EndTime', Date>>) => ({
    MetricDataResults: [
      { Values: Number(EndTime) - Number(StartTime) === 30 * DAYS ? [gibibytes * 1024 ** 3, 0] : [] },
    ],
  }),
});
answers('transfer', [
  ['as assumed, or twice that', moved(2), 'well', /^$/, dev],
  [
    'more',
    moved(42),
    'wrong',
    /^42 GiB went through the load balancer in 30 days, and 1 GiB are assumed\. .*CloudFront.*lib\/config\/usage\.ts/,
    dev,
  ],
]);

const instance = (more: object) => ({
  DescribeDBInstances: {
    DBInstances: [
      { DBParameterGroups: [{ DBParameterGroupName: 'default.postgres15', ParameterApplyStatus: 'in-sync' }], ...more },
    ],
  },
});
const parameter = (ParameterValue?: string) => ({
  DescribeDBParameters: { Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue }] },
});
const rebooting = { DBParameterGroups: [{ DBParameterGroupName: 'own', ParameterApplyStatus: 'pending-reboot' }] };
answers('clear-text', [
  ['refused', { ...instance({}), ...parameter('1') }, 'well', /of default\.postgres15 is 1, and in force/],
  ['let in', { ...instance({}), ...parameter('0') }, 'wrong', /is 0: it has to be 1/],
  ['not known', { ...instance({}), ...parameter() }, 'wrong', /is not set/],
  ['not in force', { ...instance(rebooting), ...parameter('1') }, 'wrong', /pending-reboot: restart/],
]);
answers('backup', [
  ['up to now', instance({ InstanceCreateTime: ago(99), LatestRestorableTime: ago(0.1) }), 'look', /runbook/],
  [
    'not any more',
    instance({ InstanceCreateTime: ago(99), LatestRestorableTime: ago(5) }),
    'wrong',
    /has not been saved since/,
  ],
  ['none after a day', instance({ InstanceCreateTime: ago(25) }), 'wrong', /older than a day/],
  ['none yet', instance({ InstanceCreateTime: ago(1) }), 'look', /not a day old/],
]);

const status = (DBInstanceStatus: string) =>
  instance({ DBInstanceStatus, DBInstanceIdentifier: 'db', AllocatedStorage: 20 });
answers('database', [
  ['runs', status('backing-up'), 'well', /^db is backing-up/],
  ['is restored', status('creating'), 'look', /is creating.*ask again when it is done/, resting],
  [
    'is full',
    status('storage-full'),
    'wrong',
    /storage-full: 20 GiB\. raise database\.allocatedStorage .* in lib\/config\/prod\.ts/,
  ],
  ['is deleted', status('deleting'), 'wrong', /is deleting\. see what RDS says of it: aws rds describe-events/],
  ['is stopped, though tasks want it', status('stopped'), 'wrong', /aws rds start-db-instance .* db$/],
  ['is stopped, and no task wants it', status('stopped'), 'well', /^db is stopped/, resting],
]);

const mail = (SubscriptionArn: string, ...actions: string[]) => ({
  ListSubscriptionsByTopic: { Subscriptions: [{ SubscriptionArn, Endpoint: 'ops@example.com' }] },
  DescribeAlarmHistory: {
    AlarmHistoryItems: actions.map((HistorySummary, index) => ({
      AlarmName: 'prooflink-prod-ecs-cpu-high',
      HistorySummary,
      Timestamp: ago(9 - index),
    })),
  },
});
const CONFIRMED = 'arn:aws:sns:ap-northeast-1:123456789012:topic:1';
const [SENT, LOST] = ['Successfully executed action arn:x', 'Failed to execute action arn:x. not authorized'];
answers('alarm-mail', [
  ['sent', mail(CONFIRMED, LOST, SENT), 'well', /mailbox/],
  ['not sent', mail(CONFIRMED, SENT, LOST), 'wrong', /not authorized/],
  ['never yet', mail(CONFIRMED), 'look', /--alarm-name prooflink-prod-ecs-cpu-high/],
  [
    'another stack’s',
    { ...mail(CONFIRMED), DescribeAlarmHistory: { AlarmHistoryItems: [{ AlarmName: 'other', HistorySummary: SENT }] } },
    'look',
    /None/,
  ],
  ['not confirmed', mail('PendingConfirmation'), 'wrong', /ops@example\.com has not confirmed/],
  ['unsubscribed', { ListSubscriptionsByTopic: { Subscriptions: [] } }, 'wrong', /Nobody/],
]);

const alarm = (AlarmName: string, StateValue: string) => ({
  AlarmName,
  StateValue,
  StateReason: 'too much',
  StateUpdatedTimestamp: ago(1),
});
const alarms = (...MetricAlarms: object[]) => ({ DescribeAlarms: { MetricAlarms } });
answers('alarms', [
  [
    'silent',
    alarms(alarm('a', 'OK'), alarm('b', 'INSUFFICIENT_DATA')),
    'well',
    /^0 of 2 alarms in ALARM, 1 without data\.$/,
  ],
  [
    'one fires',
    alarms(alarm('a', 'OK'), alarm('b', 'ALARM')),
    'wrong',
    /^1 of 2 alarms in ALARM:\nb since 2026-11-26 11:00 .*: too much .*#dashboards\/dashboard\//,
  ],
]);

const spent = (actual: string, forecast: string) => ({
  DescribeBudget: {
    Budget: {
      BudgetLimit: { Amount: '60.0', Unit: 'USD' },
      CalculatedSpend: { ActualSpend: { Amount: actual }, ForecastedSpend: { Amount: forecast } },
    },
  },
});
answers('budget', [
  ['half of it', spent('30', '58.5'), 'well', /^$/],
  ['more to come', spent('30', '70'), 'look', /USD 30 of 60 are spent this month, and 70 are forecast/],
  ['all of it', spent('61.2', '80'), 'wrong', /USD 61\.2 of 60.*Cost Explorer/s],
]);

const STACK = { StackId: 'arn:stack', StackName: 'ProoflinkProd' };
const event = (ResourceType: string, ResourceStatus: string, PhysicalResourceId: string) => ({
  ...{ ResourceType, ResourceStatus, PhysicalResourceId, Timestamp: ago(1) },
});
/** Newest first; a deployment before the last one made a task definition. */
const events = (...last: object[]) => ({
  DescribeStackEvents: {
    StackEvents: [
      ...last,
      event('AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', STACK.StackId),
      { ...event('AWS::ECS::TaskDefinition', 'UPDATE_COMPLETE', 'task:1'), LogicalResourceId: 'webTaskDefinition' },
    ],
  },
});
const is = (StackStatus: string) =>
  standing({ description: { ...STACK, StackStatus, LastUpdatedTime: ago(0.1) }, parameters: { AppImageTag: 'v9' } });
const ended = event('AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', STACK.StackId);

answers('deployment', [
  ['succeeded', events(ended), 'well', /^ProoflinkProd is UPDATE_COMPLETE, 2026-11-26 11:00/, is('UPDATE_COMPLETE')],
  ['is underway', events(), 'look', /underway \(UPDATE_IN_PROGRESS\)/, is('UPDATE_IN_PROGRESS')],
  [
    'failed of something else',
    events(),
    'wrong',
    /^The last deployment failed: .*_FAILED, [^.]*\. npx cdk rollback ProoflinkProd\nIf that fails: /,
    is('UPDATE_ROLLBACK_FAILED'),
  ],
]);

const never = standing({ parameters: { AppImageTag: '', MigrationImageTag: 'v1', MigratedImageTag: '' } });
/** The same, where a migration may take ten minutes. */
const briefly = standing({
  parameters: { AppImageTag: '', MigrationImageTag: 'v1', MigratedImageTag: '' },
  config: {
    webService: { ...prod.webService, migration: { command: ['migrate'], timeout: Duration.minutes(10) } },
  },
});
/** Answers of ECS on the only migration task, with fields of its application's container. */
const task = (lastStatus: string, container: object = {}) => {
  const isRunning = lastStatus === 'RUNNING';
  return {
    ListTasks: ({ desiredStatus }: { desiredStatus: string }) => ({
      taskArns: (desiredStatus === 'RUNNING') === isRunning ? ['a'] : [],
    }),
    DescribeTasks: {
      tasks: [
        {
          taskArn: 'a',
          lastStatus,
          createdAt: ago(1),
          startedAt: ago(1),
          containers: besideOthers({ image: 'registry/prooflink-prod-app:v1', ...container }),
        },
      ],
    },
  };
};
answers('migration', [
  ['of the first version runs', task('RUNNING'), 'look', /^The migration of v1 runs since .* no version serves/, never],
  [
    'of the first version runs on, although its time is over',
    task('RUNNING'),
    'wrong',
    /^The migration of v1 runs since .*, and may take 10 minutes: its time limit did not stop it\. .*aws ecs stop-task/,
    briefly,
  ],
  [
    'of the first version failed',
    task('STOPPED', { exitCode: 3 }),
    'wrong',
    /^The migration of v1 failed with exit code 3: no release .* no version serves\. “A migration that failed/,
    never,
  ],
  [
    'of the first version succeeded, and its deployment was rolled back',
    task('STOPPED', { exitCode: 0 }),
    'look',
    /^The migration of v1 ended with exit code 0, and stays, but v1 was not deployed: .*release prod --app v1$/,
    never,
  ],
  [
    'of the first version ended more than an hour ago',
    { ListTasks: {} },
    'look',
    /^ECS lists no migration of v1: .*aws logs tail --region ap-northeast-1 \/ecs\/prooflink-prod-app --log-stream-name-p/,
    never,
  ],
  [
    'of another version is the last one that ECS lists',
    task('STOPPED', { exitCode: 0, image: 'registry/prooflink-prod-app:v0' }),
    'look',
    /^ECS lists no migration of v1/,
    never,
  ],
]);

const jobs = (lists: Readonly<Record<string, readonly object[]>>) => ({
  // A job a page, behind an empty one.
  ListJobs: ({ jobStatus, nextToken = '0' }: { jobStatus: string; nextToken?: string }) => ({
    jobSummaryList: (lists[jobStatus] ?? [])
      .slice(Number(nextToken) - 1, Number(nextToken))
      .map((job) => ({ ...job, status: jobStatus })),
    nextToken: Number(nextToken) < (lists[jobStatus] ?? []).length ? String(Number(nextToken) + 1) : undefined,
  }),
});
/** An earlier revision of the import's definition, and a definition that a team has added to its queue. */
const OF_IMPORT = { jobDefinition: 'arn:…:job-definition/the jobDefinition:7' };
const OF_REMINDERS = { jobDefinition: 'arn:…:job-definition/reminders:1' };
const job = (stoppedAt: Date) => ({
  ...OF_IMPORT,
  jobId: 'j1',
  stoppedAt: stoppedAt.getTime(),
  startedAt: stoppedAt.getTime() - 1000,
  statusReason: 'exit 1',
});
/** A job that ended before it started, as one whose image or secret is missing. */
const neverStarted = (stoppedAt: Date) => ({
  ...job(stoppedAt),
  startedAt: undefined,
  statusReason: 'CannotPullContainerError: not found',
});
answers('import', [
  [
    'failed last, after one had ended well',
    jobs({ SUCCEEDED: [job(ago(2))], FAILED: [job(ago(3)), job(ago(1))] }),
    'wrong',
    /failed at 2026-11-26 11:00 .*: exit 1\. .*import prod --job j1$/,
  ],
  [
    'failed before it started, and has no log',
    jobs({ FAILED: [neverStarted(ago(1))] }),
    'wrong',
    /: CannotPullContainerError: not found\. .*the job did not start, and has no log\. Then: .* import prod <file\.csv>$/,
  ],
  [
    'ended well, before a job of another definition failed',
    jobs({ SUCCEEDED: [job(ago(2))], FAILED: [{ ...job(ago(1)), ...OF_REMINDERS }] }),
    'well',
    /the last one ended well, 2026-11-26 10:00/,
  ],
]);
answers('jobs-start', [
  [
    'stuck behind jobs of another definition, which take the vCPUs',
    jobs({ RUNNABLE: [{ ...OF_IMPORT, createdAt: ago(1).getTime() }], RUNNING: [OF_REMINDERS, OF_REMINDERS] }),
    'wrong',
    /^1 import job RUNNABLE, since .*; 2 others at work/,
  ],
  [
    'not stuck, as a job of another definition is',
    jobs({ RUNNABLE: [{ ...OF_REMINDERS, createdAt: ago(1).getTime() }] }),
    'well',
    /^$/,
  ],
]);
