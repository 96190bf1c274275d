import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { count } from '@infra/common/words';
import { readAll } from '../../../deployed/aws';
import { inTokyo } from '../../../deployed/times';
import { has, look, well, when, wrong } from '../question';

const HOUR = 3_600_000;
const ALARM = 'AWS::CloudWatch::Alarm';
const alarmed = when(has(ALARM));

/** The alarms, and the mails to the operators. */
export const ALARMS = [
  alarmed.status('alarms', 'The alarms are silent', async (environment) => {
    const AlarmNames = [...environment.ids(ALARM)];
    const alarms = await readAll(environment.client(CloudWatch).paginateDescribeAlarms({ AlarmNames }), 'MetricAlarms');
    const blind = alarms.filter(({ StateValue }) => StateValue === 'INSUFFICIENT_DATA').length;
    const why = alarms
      .filter(({ StateValue }) => StateValue === 'ALARM')
      .map((it) => `${it.AlarmName ?? ''} since ${inTokyo(it.StateUpdatedTimestamp ?? 0)}: ${it.StateReason ?? ''}`);
    const says = `${why.length} of ${count(alarms.length, 'alarm')} in ALARM${blind ? `, ${blind} without data` : ''}`;
    return why.length === 0 ? well(`${says}.`) : wrong([`${says}:`, ...why].join('\n'));
  }),
  alarmed.contact('alarm-mail', "An alarm's mail arrives", async (environment) => {
    const TopicArn = environment.physicalId('AWS::SNS::Topic');
    const subscriptions = await readAll(
      environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn }),
      'Subscriptions',
    );
    if (subscriptions.length === 0) return wrong('Nobody gets them: the topic has no subscription.');
    const open = subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
    const who = open.map(({ Endpoint }) => Endpoint).join(', ');
    if (who) return wrong(`${who} has not confirmed: open the link in AWS's mail "Subscription Confirmation".`);
    const StartDate = new Date(environment.now.getTime() - 90 * 24 * HOUR);
    const asked = { HistoryItemType: 'Action', StartDate, EndDate: environment.now } as const;
    const all = await readAll(environment.client(CloudWatch).paginateDescribeAlarmHistory(asked), 'AlarmHistoryItems');
    const sent = all.filter((each) => each.AlarmName?.startsWith(`${environment.names.prefix}-`));
    const [last] = sent.sort((one, other) => Number(other.Timestamp) - Number(one.Timestamp));
    const test = environment.awsCommand(
      'cloudwatch set-alarm-state',
      `--alarm-name ${environment.physicalId(ALARM)} --state-value ALARM --state-reason test`,
    );
    if (!last) return look(`None was sent yet. Send one, and look into the mailbox: ${test}`);
    if (!/^Success/i.test(last.HistorySummary ?? '')) return wrong(`The last one: ${last.HistorySummary ?? 'no word'}`);
    return well(`One was sent ${inTokyo(last.Timestamp ?? 0)}; the mailbox shows whether it arrived.`);
  }),
];
