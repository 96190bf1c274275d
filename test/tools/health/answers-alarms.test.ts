import { ago, resting, standing, answers } from './aws-answers';

const mail = (SubscriptionArn: string, ...actions: string[]) => ({
  ListSubscriptionsByTopic: { Subscriptions: [{ SubscriptionArn, Endpoint: 'ops@example.com' }] },
  DescribeAlarmHistory: {
    AlarmHistoryItems: actions.map((HistorySummary, index) => ({
      AlarmName: 'prooflink-prod-x',
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

const computed = (Id: string, MetricName: string) => ({ Id, MetricStat: { Metric: { MetricName } } });
const watched = (...values: number[][]) => ({
  DescribeAlarms: {
    MetricAlarms: [
      { AlarmName: 'a0', MetricName: 'CPUUtilization' },
      {
        AlarmName: 'a1',
        Metrics: [
          { Id: 'expr_1', Expression: 'IF(healthy > 0, errors, 0)' },
          computed('healthy', 'HealthyHostCount'),
          computed('errors', 'HTTPCode_ELB_5XX_Count'),
        ],
      },
    ],
  },
  GetMetricData: { MetricDataResults: values.map((Values, index) => ({ Id: `m${index}`, Values })) },
});
answers('alarm-metrics', [
  ['all', watched([1], [2], [1]), 'well', /^3 of 3 have data of the last three hours\.$/],
  ['all but errors', watched([1], [2], []), 'well', /^2 of 3 .* nothing did/],
  ['not what is always there', watched([], [2], [1]), 'wrong', /not a0 \(CPUUtilization\)\.$/],
  ['not what an alarm computes with', watched([1], [], [1]), 'wrong', /^2 of 3 .*, not a1 \(HealthyHostCount\)\.$/],
  ['not yet', watched([], [], []), 'look', /in an hour/, standing({ description: { CreationTime: ago(0.5) } })],
  ['nothing, resting', {}, 'look', /No task is wanted/, resting],
]);

/** Events that both rules sent, then those that failed. */
const sums = (...values: number[]) => ({
  GetMetricData: { MetricDataResults: values.map((value, index) => ({ Id: `m${index}`, Values: [value] })) },
});
answers('event-mail', [
  ['sent', sums(1, 2, 0, 0), 'well', /none got lost/],
  ['lost', sums(1, 2, 0, 1), 'wrong', /^scans: /],
  ['none to send', sums(1), 'look', /within two weeks: scans\./],
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
    /^1 of 2 alarms in ALARM:\nb since 2026-11-26 11:00 \(Tokyo\): too much$/,
  ],
]);
