import { joined, type Message } from '@infra/common/message';
import { CloudWatch, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { Part } from '@infra/commands/app';
import { lastArnPart } from '@infra/operate/deployed/arn';
import { allPhysicalIds, physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { readAll } from '@infra/operate/deployed/pages';
import type { Environment } from '@infra/operate/deployed/environment';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { revertDriftCommand } from '../../revert-drift-command';
import { type Answer, NOTHING_WRONG, wellAnswer, wrongAnswer } from '../answer';
import { isConfiguredOrDeployed, type Question } from '../question';
import { words } from './words';

const hasAlarms = isConfiguredOrDeployed(Part.alarmTopic, ({ alarms }) => alarms !== undefined);

/**
 * Questions on the alarms, which report users without service, and on the mails that they send to the operators through a
 * topic of SNS: without a click on the link in its first mail, nobody gets one.
 */
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
    ask: checkSubscription,
  },
];

async function checkAlarms(environment: Environment): Promise<Answer> {
  // Those that a team has added, too.
  const AlarmNames = allPhysicalIds(environment, Part.webCpuAlarm.type);
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
function dashboardUrl(environment: Environment): string {
  const { region } = environment;
  const dashboard = physicalIdOf(environment, Part.dashboard);
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard}`;
}

function alarmText({ AlarmName: name = '', StateUpdatedTimestamp, StateReason: reason = '' }: MetricAlarm): Message {
  const since = formatInTokyo(StateUpdatedTimestamp ?? 0);
  return words.alarms.alarm({ name, since, reason });
}

async function checkSubscription(environment: Environment): Promise<Answer> {
  const TopicArn = physicalIdOf(environment, Part.alarmTopic);
  const topic = lastArnPart(TopicArn);
  const pages = environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn });
  const subscriptions = await readAll(pages, 'Subscriptions');
  if (subscriptions.length === 0) {
    return wrongAnswer({ says: words.alarms.noSubscription({ topic }), fix: revertDriftCommand(environment) });
  }
  // An unconfirmed subscription has no ARN, but the text "PendingConfirmation".
  const unconfirmed = subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
  if (unconfirmed.length === 0) return NOTHING_WRONG;
  const addresses = unconfirmed.map(({ Endpoint = '' }) => Endpoint);
  return wrongAnswer({ says: words.alarms.notConfirmed({ addresses, topic }) });
}
