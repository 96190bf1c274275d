import {
  CloudWatchClient,
  type MetricAlarm,
  type MetricDataQuery,
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { awsClient, itemsOf } from '../shared/aws';
import { inTokyo } from '../shared/times';
import { type Answer, type Contact, DAY, fail, HOUR, look, metricValues, noTaskYet, pass, type Row } from './row';

async function mails({ stack, names, now }: Contact): Promise<Answer> {
  const [TopicArn] = stack.ids('AWS::SNS::Topic');
  const pages = paginateListSubscriptionsByTopic({ client: awsClient(SNSClient, stack) }, { TopicArn });
  const subscriptions = await itemsOf(pages, (page) => page.Subscriptions);
  const open = subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
  if (subscriptions.length === 0) return fail('Nobody gets them: the topic has no subscription.');
  if (open.length > 0) {
    const who = open.map(({ Endpoint }) => Endpoint).join(', ');
    return fail(`${who} has not confirmed: open the link in AWS's mail "Subscription Confirmation".`);
  }
  const [AlarmName = ''] = stack.ids('AWS::CloudWatch::Alarm');
  const client = awsClient(CloudWatchClient, stack);
  const wanted = { HistoryItemType: 'Action', StartDate: new Date(now.getTime() - 90 * DAY), EndDate: now } as const;
  const all = await itemsOf(paginateDescribeAlarmHistory({ client }, wanted), (page) => page.AlarmHistoryItems);
  const sent = all.filter((each) => each.AlarmName?.startsWith(`${names.prefix}-`));
  const last = sent.sort((one, other) => Number(other.Timestamp) - Number(one.Timestamp))[0];
  if (!last)
    return look(
      'None was sent yet. Send one, and look into the mailbox: aws cloudwatch set-alarm-state --alarm-name ' +
        `${AlarmName} --state-value ALARM --state-reason test --region ${stack.region}`,
    );
  if (!/^Success/i.test(last.HistorySummary ?? '')) return fail(`The last one: ${last.HistorySummary ?? 'no word'}`);
  return pass(`One was sent ${inTokyo(last.Timestamp ?? 0)}; the mailbox shows whether it arrived.`);
}

/** They have no data as long as nothing goes wrong. */
const RARE = /^(HTTPCode_|Invocations$)/;

/** An alarm on a metric that is not there is silent for ever: where no data is no alarm, it is even "OK". */
async function metrics(contact: Contact): Promise<Answer> {
  const waits = await noTaskYet(contact);
  if (waits) return waits;
  const { stack, now } = contact;
  const client = awsClient(CloudWatchClient, stack);
  const AlarmNames = [...stack.ids('AWS::CloudWatch::Alarm')];
  const alarms = await itemsOf(paginateDescribeAlarms({ client }, { AlarmNames }), (page) => page.MetricAlarms);
  const watched = alarms.flatMap(metricsOf);
  const queries = watched.map(({ MetricStat }, index) => ({ Id: `m${index}`, MetricStat }));
  const values = await metricValues(contact, queries, 3);
  const silent = watched.filter((_, index) => values(`m${index}`).length === 0);
  const blind = silent.filter(({ name }) => !RARE.test(name));
  const seen = `${watched.length - silent.length} of ${watched.length} have data of the last three hours`;
  if (blind.length === 0)
    return pass(`${seen}${silent.length > 0 ? '; the others count what went wrong, and nothing did' : ''}.`);
  const isNew =
    (stack.description.LastUpdatedTime ?? stack.description.CreationTime ?? now).getTime() > now.getTime() - HOUR;
  const which = blind.map(({ alarm, name }) => `${alarm} (${name})`).join(', ');
  return isNew ? look(`${seen}, not ${which}: ask again in an hour.`) : fail(`${seen}, not ${which}.`);
}

/** An alarm watches one metric, or several of which it computes one. */
function metricsOf({ AlarmName = '', Metrics, ...one }: MetricAlarm) {
  const { Namespace, MetricName, Dimensions, Period = 60, Statistic: Stat } = one;
  const single: MetricDataQuery = {
    Id: 'one',
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: Math.max(Period, 60), Stat },
  };
  return (Metrics?.length ? Metrics : [single]).flatMap(({ MetricStat }) =>
    MetricStat ? [{ alarm: AlarmName, name: MetricStat.Metric?.MetricName ?? '', MetricStat }] : [],
  );
}

async function events(contact: Contact): Promise<Answer> {
  const rules = contact.stack.ids('AWS::Events::Rule');
  const of = (MetricName: string, index: number, Value = ''): MetricDataQuery => ({
    Id: `${MetricName.toLowerCase()}${index}`,
    MetricStat: {
      Metric: { Namespace: 'AWS/Events', MetricName, Dimensions: [{ Name: 'RuleName', Value }] },
      ...{ Period: 3600, Stat: 'Sum' },
    },
  });
  const queries = rules.flatMap((rule, index) => [
    of('Invocations', index, rule),
    of('FailedInvocations', index, rule),
  ]);
  const values = await metricValues(contact, queries, 14 * 24);
  const count = (id: string) => values(id).reduce((one, other) => one + other, 0);
  const failed = rules.filter((_, index) => count(`failedinvocations${index}`) > 0);
  if (failed.length > 0) return fail(`${failed.join(', ')}: what it sent in two weeks did not all reach the topic.`);
  const idle = rules.filter((_, index) => count(`invocations${index}`) === 0);
  if (idle.length === 0) return pass('Each was sent within two weeks, and none got lost.');
  return look(
    `Nothing to send within two weeks: ${idle.join(', ')}. An import of a file that is not there sends one, and so does ` +
      'a pushed image with findings.',
  );
}

const has = (type: string) => (contact: Contact) => contact.stack.ids(type).length > 0;

/** The mails to the operators. */
export const ALARMS: readonly Row[] = [
  {
    sees: "An alarm's mail arrives",
    told: 'subscription, and the last action of an alarm; the mailbox',
    applies: has('AWS::CloudWatch::Alarm'),
    ask: mails,
  },
  {
    sees: 'The alarms see their metrics',
    told: "data of each alarm's metrics, three hours",
    applies: has('AWS::CloudWatch::Alarm'),
    ask: metrics,
  },
  {
    sees: 'Failed imports and scan findings are mailed',
    told: "invocations of EventBridge's rules, and failed ones, two weeks",
    applies: has('AWS::Events::Rule'),
    ask: events,
  },
];
