import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Account, Resources } from './account';

/** Log group with attributes such as `DependsOn`, or with properties. */
export function logGroup(LogGroupName: unknown, attributes: Resources = {}, properties: Resources = {}): Resources {
  return { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName, ...properties }, ...attributes };
}

/** Retention of each log group, by its name. */
export async function groups(account: Account, logGroupNamePrefix: string): Promise<Record<string, unknown>> {
  const { logGroups = [] } = await new CloudWatchLogs(account.client).describeLogGroups({ logGroupNamePrefix });
  return Object.fromEntries(logGroups.map((group) => [group.logGroupName ?? '', group.retentionInDays]));
}
