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

const watched = (...values: number[][]) => ({
  DescribeAlarms: {
    MetricAlarms: ['CPUUtilization', 'HTTPCode_Target_5XX_Count'].map((MetricName, index) => ({
      AlarmName: `a${index}`,
      MetricName,
    })),
  },
  GetMetricData: { MetricDataResults: values.map((Values, index) => ({ Id: `m${index}`, Values })) },
});
rows('what alarms see', /see their metrics/, [
  ['all', watched([1], [1]), 'pass', /^2 of 2 have data of the last three hours\.$/],
  ['all but errors', watched([1], []), 'pass', /nothing did/],
  ['not what is always there', watched([], [1]), 'fail', /not a0 \(CPUUtilization\)\.$/],
  ['not yet', watched([], []), 'look', /in an hour/, contactOf({ description: { CreationTime: ago(0.5) } })],
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
