/*
 * The CDK app of this repository with the migration of the sample application. `deploy:local` lets the CDK CLI run this file
 * in place of bin/prooflink.ts if the sample application takes the place of the real one, whose image has the configured
 * migration. The delivery is left out: its stack has roles for GitHub, which no local AWS needs.
 */
import { App, Duration } from 'aws-cdk-lib/core';
import { createStacks, type EnvironmentConfig, environments } from '@infra/commands/app';

/** Replaces the migration by that of the sample application: migrate.js creates the tables that the application needs. */
function withSampleMigration(config: EnvironmentConfig): EnvironmentConfig {
  const migration = { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) };
  // The cast is needed since EnvironmentConfig is a union, and TypeScript does not spread a union member by member.
  return { ...config, webService: { ...config.webService, migration } } as EnvironmentConfig;
}

const configs = Object.entries(environments).map(([name, config]) => [name, withSampleMigration(config)] as const);
createStacks(new App(), Object.fromEntries(configs));
