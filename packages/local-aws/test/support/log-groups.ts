import { CloudWatchLogs, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Account, Resources } from './account';

/** Retention, and attributes of the resource such as `DependsOn`. */
interface LogGroupFields {
  readonly RetentionInDays?: unknown;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string;
}

/** Log group in a template: a small resource whose name and retention CloudWatch Logs reports. */
export function logGroup(name: unknown, { RetentionInDays, ...attributes }: LogGroupFields = {}): Resources {
  return {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: name, RetentionInDays },
    ...attributes,
  };
}

async function describeLogGroups(account: Account, prefix: string): Promise<LogGroup[]> {
  const logs = new CloudWatchLogs(account.client);
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: prefix });
  return logGroups;
}

/** Names of the existing log groups with a prefix, in alphabetical order. */
export async function logGroupNames(account: Account, prefix: string): Promise<string[]> {
  const logGroups = await describeLogGroups(account, prefix);
  return logGroups.map(({ logGroupName = '' }) => logGroupName).sort();
}

/** Retention in days of each existing log group with a prefix, by its name. */
export async function logGroupRetentions(account: Account, prefix: string): Promise<Record<string, unknown>> {
  const retentions: Record<string, unknown> = {};
  for (const { logGroupName = '', retentionInDays } of await describeLogGroups(account, prefix)) {
    retentions[logGroupName] = retentionInDays;
  }
  return retentions;
}
