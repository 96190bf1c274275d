import { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Template } from '@infra/common/template';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { resourceNames, stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { type DeployedStack, readStackIfDeployed } from '../../deployed/deployed-stack';
import { PLATFORMS } from '../../deployed/image-manifest';
import type { EnvironmentName } from '../../program/environment-argument';
import { checkMigrationOption, checkPlaceholders } from './config-checks';
import { checkProcessor, checkPushOrder, checkTagIsUnmoved } from './image-checks';
import { decideMigration, type MigrationDecision } from './migration-decision';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';
import { Registry } from './registry';
import { checkSettings } from './settings-check';
import { checkDatabase, checkRunningMigrations, checkStackStatus } from './stack-checks';
import type { StackUpdate } from './stack-update';
import { changesWebTasks, migrationTimeoutIn, parseTemplate } from './template';

/** Result of the checks before a release changes anything. */
export interface Plan {
  /** Reasons to refuse the release. */
  readonly problems: readonly string[];
  readonly migration: MigrationDecision;
  /** True if the deployment before the migration restarts the web tasks, under the image that runs. */
  readonly restartsWebTasks: boolean;
}

/** Result of a check, which may wait for AWS. */
type Check = Problem | Promise<Problem>;

/** Checks everything that could stop a release, and reports all of it at once. */
export async function planRelease(
  environmentName: EnvironmentName,
  config: EnvironmentConfig,
  options: ReleaseOptions,
  template: Template,
): Promise<Plan> {
  const { app = '', batch = '' } = options;
  const { migrationFamily, repositories } = resourceNames(environmentName);
  const stack = await readStackIfDeployed(environmentName);
  const timeoutSeconds = migrationTimeoutIn(template, migrationFamily);
  const migration = decideMigration(options, timeoutSeconds, stack?.parameters ?? {});
  const registry = new Registry(repositories.app, config.region);
  const batchRegistry = new Registry(repositories.batch, config.region);
  const platform = PLATFORMS[config.cpuArchitecture];

  // Read before the checks begin: one that fails meanwhile would have nobody to report to.
  const comparison = stack && (await compareWithDeployed(stack, template));

  const checks: Check[] = [
    checkPlaceholders(environmentName, config, options),
    checkMigrationOption(environmentName, options, timeoutSeconds !== undefined),
    app === '' ? undefined : registry.checkTag(app, platform),
    batch === '' ? undefined : batchRegistry.checkTag(batch, platform),
    checkSettings(environmentName, config, app, stack),
  ];
  if (stack && comparison) {
    const update: StackUpdate = {
      environmentName,
      config,
      options,
      stack,
      registry,
      template,
      ...comparison,
      migrates: migration.migrates,
    };
    checks.push(...checkUpdate(update));
  }
  const restartsWebTasks = comparison?.restartsWebTasks ?? false;
  return { problems: await problemsOf(checks), migration, restartsWebTasks };
}

/** Compares the template to deploy with the deployed one. */
async function compareWithDeployed(
  stack: DeployedStack,
  template: Template,
): Promise<Pick<StackUpdate, 'deployedTag' | 'deployedTemplate' | 'restartsWebTasks'>> {
  const { taskFamily } = resourceNames(stack.environmentName);
  const deployedTemplate = await readDeployedTemplate(stack);
  const deployedTag = stack.parameters[Parameter.appImageTag] ?? '';
  const hasWebTasks = deployedTag !== '';
  const restartsWebTasks = hasWebTasks && changesWebTasks(deployedTemplate, template, taskFamily);
  return { deployedTag, deployedTemplate, restartsWebTasks };
}

async function readDeployedTemplate(stack: DeployedStack): Promise<Template> {
  const StackName = stackId(stack.environmentName);
  const { TemplateBody = '' } = await stack.client(CloudFormation).getTemplate({ StackName });
  return parseTemplate(TemplateBody) ?? { Resources: {} };
}

function checkUpdate(update: StackUpdate): Check[] {
  return [
    checkStackStatus(update),
    checkDatabase(update),
    checkTagIsUnmoved(update),
    checkPushOrder(update),
    checkProcessor(update),
    checkRunningMigrations(update),
  ];
}

/** Waits for all checks. A check that fails itself is a problem, too. */
async function problemsOf(checks: readonly Check[]): Promise<string[]> {
  const results = await Promise.allSettled(checks.map((check) => Promise.resolve(check)));
  return results.flatMap((result) => {
    if (result.status === 'rejected') {
      return `It could not be checked: ${String(result.reason)}`;
    }
    return result.value ?? [];
  });
}
