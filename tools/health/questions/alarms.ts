import { CloudWatch, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { count } from '@infra/common/words';
import { list } from '../../environment/deployed-stack';
import { type Environment, metric } from '../../environment/environment';
import { inTokyo } from '../../shared/times';
import { contact, has, look, status, well, wrong } from '../question';
import { restsOrWaits } from './office-hours';

const HOUR = 3_600_000;
const alarmed = { applies: has('AWS::CloudWatch::Alarm') };

/** The alarms, and the mails to the operators. */
export const ALARMS = [
  status('alarms', 'The alarms are silent', silent, alarmed),
  contact('alarm-mail', "An alarm's mail arrives", mails, {
    told: 'subscription, and the last action of an alarm; the mailbox',
    ...alarmed,
  }),
  contact('alarm-metrics', 'The alarms see their metrics', metrics, {
    told: "data of each alarm's metrics, three hours",
    ...alarmed,
  }),
  contact('event-mail', 'Failed imports and scan findings are mailed', events, {
    told: "invocations of EventBridge's rules, and failed ones, two weeks",
    applies: has('AWS::Events::Rule'),
  }),
];

async function alarmsOf(it: Environment): Promise<MetricAlarm[]> {
  const AlarmNames = [...it.ids('AWS::CloudWatch::Alarm')];
  return await list(it.client(CloudWatch).paginateDescribeAlarms({ AlarmNames }), 'MetricAlarms');
}

async function silent(it: Environment) {
  const alarms = await alarmsOf(it);
  const is = (state: string) => alarms.filter(({ StateValue }) => StateValue === state);
  const [rings, blind] = [is('ALARM'), is('INSUFFICIENT_DATA').length];
  const says = `${rings.length} of ${count(alarms.length, 'alarm')} in ALARM${blind ? `, ${blind} without data` : ''}`;
  const why = rings.map(
    ({ AlarmName = '', StateReason = '', StateUpdatedTimestamp: since = 0 }) =>
      `${AlarmName} since ${inTokyo(since)}: ${StateReason}`,
  );
  return why.length === 0 ? well(`${says}.`) : wrong([`${says}:`, ...why].join('\n'));
}

async function mails(it: Environment) {
  const TopicArn = it.id('AWS::SNS::Topic');
  const subscriptions = await list(it.client(SNS).paginateListSubscriptionsByTopic({ TopicArn }), 'Subscriptions');
  const open = subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
  if (subscriptions.length === 0) return wrong('Nobody gets them: the topic has no subscription.');
  if (open.length > 0) {
    const who = open.map(({ Endpoint }) => Endpoint).join(', ');
    return wrong(`${who} has not confirmed: open the link in AWS's mail "Subscription Confirmation".`);
  }
  const StartDate = new Date(it.now.getTime() - 90 * 24 * HOUR);
  const asked = { HistoryItemType: 'Action', StartDate, EndDate: it.now } as const;
  const all = await list(it.client(CloudWatch).paginateDescribeAlarmHistory(asked), 'AlarmHistoryItems');
  const sent = all.filter((each) => each.AlarmName?.startsWith(`${it.names.prefix}-`));
  const last = sent.sort((one, other) => Number(other.Timestamp) - Number(one.Timestamp))[0];
  const test = `--alarm-name ${it.id('AWS::CloudWatch::Alarm')} --state-value ALARM --state-reason test`;
  if (!last)
    return look(
      `None was sent yet. Send one, and look into the mailbox: ${it.aws('cloudwatch set-alarm-state', test)}`,
    );
  if (!/^Success/i.test(last.HistorySummary ?? '')) return wrong(`The last one: ${last.HistorySummary ?? 'no word'}`);
  return well(`One was sent ${inTokyo(last.Timestamp ?? 0)}; the mailbox shows whether it arrived.`);
}

/** They have no data as long as nothing goes wrong. */
const RARE = /^(HTTPCode_|Invocations$)/;

/** An alarm on a metric that is not there is silent for ever: where no data is no alarm, it is even "OK". */
async function metrics(it: Environment) {
  const waits = await restsOrWaits(it);
  if (waits) return waits;
  const watched = (await alarmsOf(it)).flatMap(metricsOf);
  const values = await it.metrics(3, ...watched.map(({ MetricStat }) => MetricStat));
  const silent = watched.filter((_, index) => values[index]?.length === 0);
  const blind = silent.filter(({ name }) => !RARE.test(name));
  const seen = `${watched.length - silent.length} of ${watched.length} have data of the last three hours`;
  if (blind.length === 0)
    return well(`${seen}${silent.length > 0 ? '; the others count what went wrong, and nothing did' : ''}.`);
  const { LastUpdatedTime, CreationTime = it.now } = it.description;
  const isNew = (LastUpdatedTime ?? CreationTime).getTime() > it.now.getTime() - HOUR;
  const which = blind.map(({ alarm, name }) => `${alarm} (${name})`).join(', ');
  return isNew ? look(`${seen}, not ${which}: ask again in an hour.`) : wrong(`${seen}, not ${which}.`);
}

/** An alarm watches one metric, or several of which it computes one. */
function metricsOf({ AlarmName = '', Metrics, ...one }: MetricAlarm) {
  const { Namespace, MetricName, Dimensions, Period = 60, Statistic: Stat } = one;
  const single = { MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: Math.max(Period, 60), Stat } };
  return (Metrics?.length ? Metrics : [single]).flatMap(({ MetricStat }) =>
    MetricStat ? [{ alarm: AlarmName, name: MetricStat.Metric?.MetricName ?? '', MetricStat }] : [],
  );
}

async function events(it: Environment) {
  const rules = it.ids('AWS::Events::Rule');
  const of = (name: string) => (rule: string) => metric(['AWS/Events', name], ['RuleName', rule], ['Sum', 3600]);
  const values = await it.metrics(14 * 24, ...rules.map(of('Invocations')), ...rules.map(of('FailedInvocations')));
  const isSent = (_: string, index: number) => values[index]?.some((each) => each > 0);
  const failed = rules.filter((rule, index) => isSent(rule, rules.length + index));
  if (failed.length > 0) return wrong(`${failed.join(', ')}: what it sent in two weeks did not all reach the topic.`);
  const idle = rules.filter((rule, index) => !isSent(rule, index));
  if (idle.length === 0) return well('Each was sent within two weeks, and none got lost.');
  return look(
    `Nothing to send within two weeks: ${idle.join(', ')}. An import of a file that is not there sends one, and so does ` +
      'a pushed image with findings.',
  );
}
