import { App, Duration } from 'aws-cdk-lib/core';
import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { createStacks } from '../../../lib/create-stacks';

/** The app as it is configured, but for the migration: the sample application's tables come from its own. */
function migrating(config: EnvironmentConfig): EnvironmentConfig {
  const migration = { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) };
  return { ...config, webService: { ...config.webService, migration } } as EnvironmentConfig;
}

createStacks(
  new App(),
  Object.fromEntries(Object.entries(environments).map(([name, config]) => [name, migrating(config)])),
);
