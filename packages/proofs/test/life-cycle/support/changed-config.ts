import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import * as environments from '@infra/testing/configs';
import type { EnvironmentConfig } from '@infra/commands/app';

/** Values of the changed config; none of them replaces a resource that holds data. */
export const CHANGED = { cpu: 2048, memory: 4096, retentionInDays: RetentionDays.ONE_WEEK, webCpuPercent: 70 } as const;

function withChangedValues(config: EnvironmentConfig): EnvironmentConfig {
  const size = { cpu: CHANGED.cpu, memory: Size.mebibytes(CHANGED.memory) };
  const alarms = config.alarms && { ...config.alarms, webCpuPercent: CHANGED.webCpuPercent };
  return {
    ...config,
    logRetention: CHANGED.retentionInDays,
    webService: { ...config.webService, size },
    alarms,
  } as EnvironmentConfig;
}

/** A variable with letters that CloudFormation does not return: a template with them is compared all the same. */
export const JAPANESE_VARIABLE = { MAIL_FROM_NAME: 'プルーフリンク' };

/** The sample application's tables come from its own migration. */
function ofSampleApplication(config: EnvironmentConfig): EnvironmentConfig {
  const migration = { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) };
  const settings = { variables: JAPANESE_VARIABLE, secrets: [] };
  return { ...config, webService: { ...config.webService, migration, settings } } as EnvironmentConfig;
}

/** The guide's environments, as they are but for the migration and a variable, and changed. */
export function configs(isChanged: boolean): Record<string, EnvironmentConfig> {
  const entries = Object.entries<EnvironmentConfig>(environments).map(([name, config]) => {
    const values = isChanged ? withChangedValues(config) : config;
    return [name, ofSampleApplication(values)] as const;
  });
  return Object.fromEntries(entries);
}
