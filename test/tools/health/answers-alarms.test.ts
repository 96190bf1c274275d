import { ago, answers } from './aws-answers';

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
