import { type AlarmHistoryItem, CloudWatch, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { count } from '@infra/common/words';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import { hasResource, type Question } from '../question';

const DAY = 24 * 3_600_000;
/** Days of the alarms' history in which a mail is looked for. */
const HISTORY_DAYS = 90;
const ALARM = 'AWS::CloudWatch::Alarm';

/** The alarms, and the mails to the operators. */
export const ALARM_QUESTIONS: readonly Question[] = [
  {
    id: 'alarms',
    statement: 'The alarms are silent',
    depth: 'status',
    applies: hasResource(ALARM),
    ask: checkAlarms,
  },
  {
    id: 'alarm-mail',
    statement: "An alarm's mail arrives",
    depth: 'contact',
    applies: hasResource(ALARM),
    ask: checkAlarmMail,
  },
];

async function checkAlarms(environment: Environment): Promise<Answer> {
  const AlarmNames = [...environment.ids(ALARM)];
  const pages = environment.client(CloudWatch).paginateDescribeAlarms({ AlarmNames });
  const alarms = await readAll(pages, 'MetricAlarms');
  const firing = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  const withoutData = alarms.filter(({ StateValue }) => StateValue === 'INSUFFICIENT_DATA');

  const withoutDataText = withoutData.length > 0 ? `, ${withoutData.length} without data` : '';
  const counts = `${firing.length} of ${count(alarms.length, 'alarm')} in ALARM${withoutDataText}`;
  if (firing.length === 0) return wellAnswer(`${counts}.`);
  return wrongAnswer([`${counts}:`, ...firing.map(alarmText)].join('\n'));
}

function alarmText({ AlarmName = '', StateUpdatedTimestamp, StateReason = '' }: MetricAlarm): string {
  const start = inTokyo(StateUpdatedTimestamp ?? 0);
  return `${AlarmName} since ${start}: ${StateReason}`;
}

async function checkAlarmMail(environment: Environment): Promise<Answer> {
  const fault = await checkSubscriptions(environment);
  if (fault) return fault;
  const lastMail = await readLastMail(environment);
  if (!lastMail) {
    const testCommand = environment.awsCommand(
      'cloudwatch set-alarm-state',
      `--alarm-name ${environment.physicalId(ALARM)} --state-value ALARM --state-reason test`,
    );
    return lookAnswer(`None was sent yet. Send one, and look into the mailbox: ${testCommand}`);
  }
  const { HistorySummary, Timestamp = 0 } = lastMail;
  const isSent = /^Success/i.test(HistorySummary ?? '');
  if (!isSent) return wrongAnswer(`The last one: ${HistorySummary ?? 'no word'}`);
  return wellAnswer(`One was sent ${inTokyo(Timestamp)}; the mailbox shows whether it arrived.`);
}

async function checkSubscriptions(environment: Environment): Promise<Answer | undefined> {
  const TopicArn = environment.physicalId('AWS::SNS::Topic');
  const pages = environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn });
  const subscriptions = await readAll(pages, 'Subscriptions');
  if (subscriptions.length === 0) return wrongAnswer('Nobody gets them: the topic has no subscription.');
  // An unconfirmed subscription has no ARN, but the text "PendingConfirmation".
  const unconfirmed = subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
  const addresses = unconfirmed.map(({ Endpoint }) => Endpoint).join(', ');
  if (addresses === '') return undefined;
  return wrongAnswer(`${addresses} has not confirmed: open the link in AWS's mail "Subscription Confirmation".`);
}

/** The newest action of an alarm of this environment. */
async function readLastMail(environment: Environment): Promise<AlarmHistoryItem | undefined> {
  const pages = environment.client(CloudWatch).paginateDescribeAlarmHistory({
    HistoryItemType: 'Action',
    StartDate: new Date(environment.now.getTime() - HISTORY_DAYS * DAY),
    EndDate: environment.now,
  });
  const actions = await readAll(pages, 'AlarmHistoryItems');
  const prefix = `${environment.names.prefix}-`;
  const actionsOfEnvironment = actions.filter(({ AlarmName = '' }) => AlarmName.startsWith(prefix));
  actionsOfEnvironment.sort((first, second) => Number(second.Timestamp) - Number(first.Timestamp));
  return actionsOfEnvironment[0];
}
