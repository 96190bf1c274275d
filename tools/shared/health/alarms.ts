import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { awsClient, itemsOf } from '../aws';
import type { DeployedStack } from '../deployed-stack';
import { inTokyo } from '../times';
import { count } from '@infra/common/words';
import type { Part } from './part';

/** The alarms of the stack: those that ring, and why. */
export async function alarmsPart(stack: DeployedStack): Promise<Part> {
  const AlarmNames = [...stack.ids('AWS::CloudWatch::Alarm')];
  const client = awsClient(CloudWatchClient, stack);
  const alarms = await itemsOf(paginateDescribeAlarms({ client }, { AlarmNames }), (page) => page.MetricAlarms);
  const ringing = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  const silent = alarms.filter(({ StateValue }) => StateValue === 'INSUFFICIENT_DATA').length;
  return {
    rows: [
      ['in alarm', `${ringing.length} of ${count(alarms.length, 'alarm')}${silent ? `, ${silent} without data` : ''}`],
      ...ringing.map(
        ({ AlarmName = '', StateReason = '', StateUpdatedTimestamp: since }) =>
          [AlarmName, `since ${inTokyo(since ?? 0)}: ${StateReason}`] as const,
      ),
    ],
    wrong: ringing.map(({ AlarmName = '' }) => `The alarm ${AlarmName} rings.`),
  };
}
