import { ago, asleep, contactOf, rows } from './aws-answers';

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
rows('an alarm’s mail', /mail arrives/, [
  ['sent', mail(CONFIRMED, LOST, SENT), 'pass', /mailbox/],
  ['not sent', mail(CONFIRMED, SENT, LOST), 'fail', /not authorized/],
  ['never yet', mail(CONFIRMED), 'look', /--alarm-name prooflink-prod-ecs-cpu-high/],
  [
    'another stack’s',
    { ...mail(CONFIRMED), DescribeAlarmHistory: { AlarmHistoryItems: [{ AlarmName: 'other', HistorySummary: SENT }] } },
    'look',
    /None/,
  ],
  ['not confirmed', mail('PendingConfirmation'), 'fail', /ops@example\.com has not confirmed/],
  ['unsubscribed', { ListSubscriptionsByTopic: { Subscriptions: [] } }, 'fail', /Nobody/],
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
rows('what alarms see', /see their metrics/, [
  ['all', watched([1], [2], [1]), 'pass', /^3 of 3 have data of the last three hours\.$/],
  ['all but errors', watched([1], [2], []), 'pass', /^2 of 3 .* nothing did/],
  ['not what is always there', watched([], [2], [1]), 'fail', /not a0 \(CPUUtilization\)\.$/],
  ['not what an alarm computes with', watched([1], [], [1]), 'fail', /^2 of 3 .*, not a1 \(HealthyHostCount\)\.$/],
  ['not yet', watched([], [], []), 'look', /in an hour/, contactOf({ description: { CreationTime: ago(0.5) } })],
  ['nothing, asleep', {}, 'look', /No task is wanted/, asleep],
]);

const sums = (values: Readonly<Record<string, number>>) => ({
  GetMetricData: { MetricDataResults: Object.entries(values).map(([Id, value]) => ({ Id, Values: [value] })) },
});
rows('mails of events', /imports and scan findings/, [
  ['sent', sums({ invocations0: 1, invocations1: 2 }), 'pass', /none got lost/],
  ['lost', sums({ invocations0: 1, invocations1: 2, failedinvocations1: 1 }), 'fail', /^scans: /],
  ['none to send', sums({ invocations0: 1 }), 'look', /within two weeks: scans\./],
]);
