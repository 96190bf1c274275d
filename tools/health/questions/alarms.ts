import { CloudWatch, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { count } from '@infra/common/words';
import { list } from '../../environment/deployed-stack';
import { type Environment, metric } from '../../environment/environment';
import { inTokyo } from '../../shared/times';
import { has, look, well, when, wrong } from '../question';
import { whileAwake } from './office-hours';

const HOUR = 3_600_000;
const ALARM = 'AWS::CloudWatch::Alarm';
const alarmed = when(has(ALARM));
const awake = whileAwake(has(ALARM));
/** They have no data as long as nothing goes wrong. */
const RARE = /^(HTTPCode_|Invocations$)/;

/** The alarms, and the mails to the operators. */
export const ALARMS = [
  alarmed.status('alarms', 'The alarms are silent', async (it) => {
    const alarms = await alarmsOf(it);
    const blind = alarms.filter(({ StateValue }) => StateValue === 'INSUFFICIENT_DATA').length;
    const why = alarms
      .filter(({ StateValue }) => StateValue === 'ALARM')
      .map((it) => `${it.AlarmName ?? ''} since ${inTokyo(it.StateUpdatedTimestamp ?? 0)}: ${it.StateReason ?? ''}`);
    const says = `${why.length} of ${count(alarms.length, 'alarm')} in ALARM${blind ? `, ${blind} without data` : ''}`;
    return why.length === 0 ? well(`${says}.`) : wrong([`${says}:`, ...why].join('\n'));
  }),
  alarmed.contact('alarm-mail', "An alarm's mail arrives", async (it) => {
    const TopicArn = it.id('AWS::SNS::Topic');
    const subscriptions = await list(it.client(SNS).paginateListSubscriptionsByTopic({ TopicArn }), 'Subscriptions');
    if (subscriptions.length === 0) return wrong('Nobody gets them: the topic has no subscription.');
    const open = subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
    const who = open.map(({ Endpoint }) => Endpoint).join(', ');
    if (who) return wrong(`${who} has not confirmed: open the link in AWS's mail "Subscription Confirmation".`);
    const StartDate = new Date(it.now.getTime() - 90 * 24 * HOUR);
    const asked = { HistoryItemType: 'Action', StartDate, EndDate: it.now } as const;
    const all = await list(it.client(CloudWatch).paginateDescribeAlarmHistory(asked), 'AlarmHistoryItems');
    const sent = all.filter((each) => each.AlarmName?.startsWith(`${it.names.prefix}-`));
    const [last] = sent.sort((one, other) => Number(other.Timestamp) - Number(one.Timestamp));
    const test = it.aws(
      'cloudwatch set-alarm-state',
      `--alarm-name ${it.id(ALARM)} --state-value ALARM --state-reason test`,
    );
    if (!last) return look(`None was sent yet. Send one, and look into the mailbox: ${test}`);
    if (!/^Success/i.test(last.HistorySummary ?? '')) return wrong(`The last one: ${last.HistorySummary ?? 'no word'}`);
    return well(`One was sent ${inTokyo(last.Timestamp ?? 0)}; the mailbox shows whether it arrived.`);
  }),
  /** An alarm on a metric that is not there is silent for ever: where no data is no alarm, it is even "OK". */
  awake.contact('alarm-metrics', 'The alarms see their metrics', async (it) => {
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
  }),
  when(has('AWS::Events::Rule')).contact('event-mail', 'Failed imports and scan findings are mailed', async (it) => {
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
  }),
];

const alarmsOf = (it: Environment) =>
  list(it.client(CloudWatch).paginateDescribeAlarms({ AlarmNames: [...it.ids(ALARM)] }), 'MetricAlarms');

/** An alarm watches one metric, or several of which it computes one. */
function metricsOf({ AlarmName = '', Metrics, ...one }: MetricAlarm) {
  const { Namespace, MetricName, Dimensions, Period = 60, Statistic: Stat } = one;
  const single = { MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: Math.max(Period, 60), Stat } };
  return (Metrics?.length ? Metrics : [single]).flatMap(({ MetricStat }) =>
    MetricStat ? [{ alarm: AlarmName, name: MetricStat.Metric?.MetricName ?? '', MetricStat }] : [],
  );
}
