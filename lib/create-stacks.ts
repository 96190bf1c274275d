import type { App } from 'aws-cdk-lib/core';
import { type EnvironmentConfig, isOn } from './config/environment';
import { resourceNames } from './config/names';
import { assertValid } from './config/validate';
import { ProoflinkStack } from './prooflink-stack';

/**
 * Adds one stack an environment to the app, `ProoflinkDev` for `dev`. `bin` and every test build stacks through this.
 *
 * @throws ConfigError that lists every broken rule of every environment.
 */
export function createStacks(app: App, environments: Readonly<Record<string, EnvironmentConfig>>): ProoflinkStack[] {
  assertValid(environments);
  return Object.entries(environments).map(([name, config]) => {
    return new ProoflinkStack(app, `Prooflink${name.charAt(0).toUpperCase()}${name.slice(1)}`, {
      description: `ProofLink, environment ${name}`,
      env: { account: config.account, region: config.region },
      terminationProtection: isOn(config.terminationProtection),
      // CloudFormation passes these on to every resource. Never a tag that changes: AWS Batch replaces its compute
      // environment on any change of tags, and a named one cannot be replaced.
      tags: { Project: 'ProofLink', Environment: name },
      names: resourceNames(name),
      config,
    });
  });
}
