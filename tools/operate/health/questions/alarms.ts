import { joined, type Message } from '@infra/common/message';
import { type AlarmHistoryItem, CloudWatch, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { Part } from '../../../../lib/contract';
import { allPhysicalIds } from '../../../deployed/deployed-stack';
import { readAll } from '../../../deployed/pages';
import type { Environment } from '../../../deployed/environment';
import { formatInTokyo } from '../../../deployed/tokyo-time';
import { type Answer, NOTHING_WRONG, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import { isConfiguredOrDeployed, type Question } from '../question';
import { words } from './words';

const hasAlarms = isConfiguredOrDeployed(Part.alarmTopic, ({ alarms }) => alarms !== undefined);

/** Questions on the alarms, and on the mails that they send to the operators through a topic of SNS. */
export const ALARM_QUESTIONS: readonly Question[] = [
  {
    id: 'alarms',
    statement: words.statements.alarms,
    firstAskedBy: 'status',
    applies: hasAlarms,
    ask: checkAlarms,
  },
  {
    id: 'alarm-subscription',
    statement: words.statements.alarmSubscription,
    firstAskedBy: 'doctor',
    applies: hasAlarms,
    ask: async (environment) => (await findSubscriptionFault(environment)) ?? NOTHING_WRONG,
  },
  {
    id: 'alarm-mail',
    statement: words.statements.alarmMail,
    confirms: ['alarm-mail'],
    firstAskedBy: 'first-contact',
    applies: hasAlarms,
    ask: checkAlarmMail,
  },
];

/** Names of all alarms of the stack, those that a team has added, too. */
function alarmNamesOf(environment: Environment): string[] {
  return allPhysicalIds(environment, Part.webCpuAlarm.type);
}

async function checkAlarms(environment: Environment): Promise<Answer> {
  const AlarmNames = alarmNamesOf(environment);
  const pages = environment.client(CloudWatch).paginateDescribeAlarms({ AlarmNames });
  const alarms = await readAll(pages, 'MetricAlarms');
  const firing = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  const withoutData = alarms.filter(({ StateValue }) => StateValue === 'INSUFFICIENT_DATA');

  const counts = {
    firingCount: firing.length,
    alarmCount: alarms.length,
    withoutDataCount: withoutData.length,
  };
  if (firing.length === 0) return wellAnswer(words.alarms.silent(counts));
  return wrongAnswer({
    says: joined([words.alarms.firing(counts), ...firing.map(alarmText)]),
    fix: words.alarms.lookIntoAlarm({ dashboard: dashboardUrl(environment) }),
  });
}

/** Address of the environment's dashboard in the console of CloudWatch. */
function dashboardUrl({ region, physicalIdOf }: Environment): string {
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${physicalIdOf(Part.dashboard)}`;
}

function alarmText({ AlarmName: name = '', StateUpdatedTimestamp, StateReason: reason = '' }: MetricAlarm): Message {
  const since = formatInTokyo(StateUpdatedTimestamp ?? 0);
  return words.alarms.alarm({ name, since, reason });
}

/** Start of CloudWatch's summary of a mail that was sent: `Successfully executed action arn:aws:sns:…`. */
const SENT_SUMMARY = /^Success/i;

async function checkAlarmMail(environment: Environment): Promise<Answer> {
  const subscriptionFault = await findSubscriptionFault(environment);
  if (subscriptionFault) return subscriptionFault;
  const lastMail = await readLastMail(environment);
  if (!lastMail) {
    const testCommand = environment.awsCommand(
      'cloudwatch set-alarm-state',
      `--alarm-name ${environment.physicalIdOf(Part.webCpuAlarm)} --state-value ALARM --state-reason test`,
    );
    return personMustLook({ says: words.alarms.noMailYet({ testCommand }) });
  }
  const { HistorySummary: summary, Timestamp = 0 } = lastMail;
  const isSent = SENT_SUMMARY.test(summary ?? '');
  if (!isSent) return wrongAnswer({ says: words.alarms.mailFailed({ summary }) });
  return wellAnswer(words.alarms.mailSent({ time: formatInTokyo(Timestamp) }));
}

/** A wrong answer if mails of the topic reach nobody; `undefined` if every subscription is confirmed. */
async function findSubscriptionFault(environment: Environment): Promise<Answer | undefined> {
  const TopicArn = environment.physicalIdOf(Part.alarmTopic);
  const pages = environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn });
  const subscriptions = await readAll(pages, 'Subscriptions');
  if (subscriptions.length === 0) return wrongAnswer({ says: words.alarms.noSubscription() });
  // An unconfirmed subscription has no ARN, but the text "PendingConfirmation".
  const unconfirmed = subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
  if (unconfirmed.length === 0) return undefined;
  const addresses = unconfirmed.map(({ Endpoint = '' }) => Endpoint);
  return wrongAnswer({ says: words.alarms.notConfirmed({ addresses }) });
}

const DAY_MS = 24 * 3_600_000;
/** Days of history in which the last mail is looked for. */
const HISTORY_DAYS = 90;

/** The last mail of an alarm of this environment, in CloudWatch's words an action; `undefined` if there was none. */
async function readLastMail(environment: Environment): Promise<AlarmHistoryItem | undefined> {
  const pages = environment.client(CloudWatch).paginateDescribeAlarmHistory({
    HistoryItemType: 'Action',
    StartDate: new Date(environment.now.getTime() - HISTORY_DAYS * DAY_MS),
    EndDate: environment.now,
  });
  const actionsOfAllAlarms = await readAll(pages, 'AlarmHistoryItems');
  const alarmNames = new Set(alarmNamesOf(environment));
  const actions = actionsOfAllAlarms.filter(({ AlarmName = '' }) => alarmNames.has(AlarmName));
  actions.sort((first, second) => timeOf(second) - timeOf(first));
  const newestAction = actions[0];
  return newestAction;
}

function timeOf({ Timestamp }: AlarmHistoryItem): number {
  return Timestamp?.getTime() ?? 0;
}
