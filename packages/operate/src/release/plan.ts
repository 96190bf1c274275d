import { type EnvironmentConfig, Parameter, Part, resourceNames } from '@infra/commands/app';
import { valueAtPath } from '@infra/common/values';
import { reasonOf } from '../deployed/error-reason';
import { type DeployedStack, stackTemplateOf } from '../deployed/deployed-stack';
import { DOCKER_PLATFORMS } from '../deployed/image-manifest';
import { requirePart } from '../deployed/template-parts';
import { checkMigrationRequest, checkTags } from './option-checks';
import { words } from './words';
import { checkPushOrder, checkTagIsUnmoved } from './image-checks';
import { checkFurtherImage, furtherImagesOf, furtherRegistries } from './further-images';
import { ImageRepository } from './image-repository';
import { decideMigration, type MigrationDecision } from './migration-decision';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';
import { checkSettings } from './settings-check';
import {
  checkDatabase,
  checkIsDeployed,
  checkReadableTasks,
  checkRunningMigrations,
  checkStackStatus,
} from './stack-checks';
import { checkScan, type ReleasedImage } from './scan-check';
import type { StackUpdate } from './stack-update';

/** Result of the checks before a release changes anything. */
export interface ReleasePlan {
  /** Reasons to refuse the release; none if it may begin. */
  readonly problems: readonly string[];
  readonly migration: MigrationDecision;
  /** Tag of the web image that the stack has; empty if it has none yet. */
  readonly deployedAppTag: string;
}

/** Result of a check: `undefined` if it found nothing wrong. A check that asks AWS returns a promise. */
type CheckResult = Problem | undefined | Promise<Problem | undefined>;

/** Checks everything that could stop a release to the deployed stack, and reports all problems at once. */
export async function planRelease(
  config: EnvironmentConfig,
  options: ReleaseOptions,
  stack: DeployedStack,
): Promise<ReleasePlan> {
  const { environmentName } = stack;
  const migration = decideMigration(options, stack);
  const deployedAppTag = stack.parameters[Parameter.appImageTag] ?? '';
  const plan = { migration, deployedAppTag };
  const neverDeployed = checkIsDeployed({ stack });
  // Every other check would find that there is nothing.
  if (neverDeployed !== undefined) return { ...plan, problems: [neverDeployed] };

  const { repositories } = resourceNames(environmentName);
  const appRepository = new ImageRepository(repositories.app, config.region);
  const batchRepository = new ImageRepository(repositories.batch, config.region);
  const platform = deployedPlatform(stack);
  const registries = furtherRegistries(stack);
  const furtherImages = furtherImagesOf(options.images);
  const images: ReleasedImage[] = [
    { repository: appRepository, imageTag: options.appTag ?? '', platform },
    { repository: batchRepository, imageTag: options.batchTag ?? '', platform },
  ];
  for (const { parameter, imageTag } of furtherImages) {
    const repositoryName = registries.get(parameter);
    if (repositoryName === undefined) continue;
    images.push({ repository: new ImageRepository(repositoryName, config.region), imageTag, platform });
  }
  const releasedImages = images.filter(({ imageTag }) => imageTag !== '');
  const update: StackUpdate = {
    environmentName,
    config,
    options,
    stack,
    appRepository,
    deployedAppTag,
    migrates: migration.migrates,
  };
  const problems = await problemsOf([
    ...checkTags(update),
    ...furtherImages.map((image) => checkFurtherImage(image, registries)),
    checkMigrationRequest(update),
    ...releasedImages.map(({ repository, imageTag }) => repository.checkTag(imageTag, platform)),
    checkSettings(update),
    checkStackStatus(update),
    checkDatabase(update),
    checkTagIsUnmoved(update),
    checkPushOrder(update),
    checkRunningMigrations(update),
    checkReadableTasks(update),
  ]);
  const { refuse } = config.imageRegistry;
  if (refuse && problems.length === 0) {
    // A scan may take minutes: a release that is refused anyway does not wait for it.
    problems.push(...(await problemsOf(releasedImages.map((image) => checkScan(image, refuse)))));
  }
  return { ...plan, problems };
}

/** Platform of the deployed tasks, such as `linux/amd64`. */
function deployedPlatform(stack: DeployedStack): string {
  const [, { Properties }] = requirePart(stackTemplateOf(stack), Part.webTaskDefinition);
  const cpuArchitecture = String(valueAtPath(Properties, 'RuntimePlatform', 'CpuArchitecture'));
  return new Map(Object.entries(DOCKER_PLATFORMS)).get(cpuArchitecture) ?? cpuArchitecture;
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
