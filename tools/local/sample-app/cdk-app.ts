import { App, Duration } from 'aws-cdk-lib/core';
import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { createStacks } from '../../../lib/create-stacks';

/**
 * The config of an environment, whose migration is that of the sample application: migrate.js creates the tables that the
 * sample application needs.
 */
function withSampleMigration(config: EnvironmentConfig): EnvironmentConfig {
  const migration = { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) };
  // The cast is needed since EnvironmentConfig is a union, and TypeScript does not spread a union member by member.
  return { ...config, webService: { ...config.webService, migration } } as EnvironmentConfig;
}

// The app of bin/prooflink.ts without the delivery stack. The CDK CLI runs this file in place of that one.
const configs = Object.entries(environments).map(([name, config]) => [name, withSampleMigration(config)] as const);
createStacks(new App(), Object.fromEntries(configs));
