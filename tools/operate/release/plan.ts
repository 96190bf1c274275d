import type { Template } from '@infra/common/template';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { resourceNames, stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { reasonOf } from '../../deployed/error-reason';
import { type DeployedStack, readStackIfDeployed, stackTemplateOf } from '../../deployed/deployed-stack';
import { DOCKER_PLATFORMS } from '../../deployed/image-manifest';
import type { StackTemplate } from '../../deployed/template-parts';
import type { EnvironmentName } from '../../program/environment-argument';
import { checkMigrationRequest, checkPlaceholders, checkTags } from './config-checks';
import { words } from './words';
import { checkProcessor, checkPushOrder, checkTagIsUnmoved } from './image-checks';
import { ImageRepository } from './image-repository';
import { decideMigration, type MigrationDecision } from './migration-decision';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';
import { checkSettings } from './settings-check';
import { checkDatabase, checkRunningMigrations, checkStackStatus } from './stack-checks';
import { checkScan, type ReleasedImage } from './scan-check';
import { nextStackTemplate } from './stack-template';
import type { StackUpdate } from './stack-update';
import { mayReplaceWebTasks, migrationIn } from './tasks-in-template';

/** Result of the checks before a release changes anything. */
export interface ReleasePlan {
  /** Reasons to refuse the release; none if it may begin. */
  readonly problems: readonly string[];
  readonly migration: MigrationDecision;
  /**
   * True if the web tasks may restart with the deployed image. A release that migrates deploys the new template together
   * with the deployed image first.
   */
  readonly mayRestartWebTasks: boolean;
  /** Tag of the web image that the stack has; `undefined` without a stack. */
  readonly deployedAppTag: string | undefined;
}

/** Result of a check: `undefined` if it found nothing wrong. A check that asks AWS returns a promise. */
type CheckResult = Problem | undefined | Promise<Problem | undefined>;

/** Facts that only the comparison of a deployed stack with the next template shows. */
type Comparison = Pick<StackUpdate, 'deployedAppTag' | 'deployedTemplate' | 'mayRestartWebTasks'>;

/** Checks everything that could stop a release, and reports all problems at once. */
export async function planRelease(
  environmentName: EnvironmentName,
  config: EnvironmentConfig,
  options: ReleaseOptions,
  template: Template,
): Promise<ReleasePlan> {
  const { appTag = '', batchTag = '' } = options;
  const { repositories } = resourceNames(environmentName);
  const nextTemplate = nextStackTemplate(stackId(environmentName), template);
  const stack = await readStackIfDeployed(environmentName);
  const configuredMigration = migrationIn(nextTemplate, config.webService.migration !== undefined);
  const isMigrationConfigured = configuredMigration !== undefined;
  const migration = decideMigration(options, configuredMigration, stack?.parameters ?? {});
  const appRepository = new ImageRepository(repositories.app, config.region);
  const batchRepository = new ImageRepository(repositories.batch, config.region);
  const platform = DOCKER_PLATFORMS[config.cpuArchitecture];

  const comparison = stack && compareWithDeployed(stack, nextTemplate);

  const checks: CheckResult[] = [
    ...checkTags(options),
    checkPlaceholders(environmentName, config, options),
    checkMigrationRequest(environmentName, options, isMigrationConfigured),
    appTag === '' ? undefined : appRepository.checkTag(appTag, platform),
    batchTag === '' ? undefined : batchRepository.checkTag(batchTag, platform),
    checkSettings(environmentName, config, options, stack),
  ];
  if (stack && comparison) {
    const update: StackUpdate = {
      environmentName,
      config,
      options,
      stack,
      appRepository,
      nextTemplate,
      ...comparison,
      migrates: migration.migrates,
      migrationTimeoutSeconds: migration.migrates ? migration.timeoutSeconds : undefined,
    };
    checks.push(...checkUpdate(update));
  }
  const mayRestartWebTasks = comparison?.mayRestartWebTasks ?? false;
  const problems = await problemsOf(checks);
  const { refuse } = config.imageRegistry;
  if (refuse && problems.length === 0) {
    // A scan may take minutes: a release that is refused anyway does not wait for it.
    const images: ReleasedImage[] = [
      { repository: appRepository, imageTag: appTag, platform },
      { repository: batchRepository, imageTag: batchTag, platform },
    ];
    const releasedImages = images.filter(({ imageTag }) => imageTag !== '');
    problems.push(...(await problemsOf(releasedImages.map((image) => checkScan(image, refuse)))));
  }
  return { problems, migration, mayRestartWebTasks, deployedAppTag: comparison?.deployedAppTag };
}

function compareWithDeployed(stack: DeployedStack, nextTemplate: StackTemplate): Comparison {
  const deployedTemplate = stackTemplateOf(stack);
  const deployedAppTag = stack.parameters[Parameter.appImageTag] ?? '';
  const hasWebTasks = deployedAppTag !== '';
  const mayRestartWebTasks = hasWebTasks && mayReplaceWebTasks(deployedTemplate, nextTemplate);
  return { deployedAppTag, deployedTemplate, mayRestartWebTasks };
}

/** Starts the checks of a release to a stack that exists already. */
function checkUpdate(update: StackUpdate): CheckResult[] {
  return [
    checkStackStatus(update),
    checkDatabase(update),
    checkTagIsUnmoved(update),
    checkPushOrder(update),
    checkProcessor(update),
    checkRunningMigrations(update),
  ];
}

/** Waits for all checks. A check that throws is a problem, too. */
async function problemsOf(checks: readonly CheckResult[]): Promise<string[]> {
  const promises = checks.map((check) => Promise.resolve(check));
  const results = await Promise.allSettled(promises);
  const problems = results.map((result) => {
    const hasThrown = result.status === 'rejected';
    return hasThrown ? words.notChecked({ reason: reasonOf(result.reason) }) : result.value;
  });
  return problems.filter((problem) => problem !== undefined);
}
