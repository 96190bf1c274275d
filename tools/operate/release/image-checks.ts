import { resourceNames } from '../../../lib/config/names';
import { PLATFORMS } from '../../deployed/image-manifest';
import { inTokyo } from '../../deployed/times';
import { describeTasks } from '../../deployed/web-service';
import type { Problem } from './problem';
import type { StackUpdate } from './stack-update';
import { cpuArchitectureIn } from './template';

/**
 * Checks that the deployed tag was not pushed again. The CDK CLI skips a deployment with the same template and parameters,
 * and the new image would never serve.
 */
export async function checkTagIsUnmoved({ stack, registry, options, deployedTag }: StackUpdate): Promise<Problem> {
  const { app } = options;
  if (!app || app !== deployedTag) return undefined;
  const tasks = await describeTasks(stack, 'RUNNING');
  const runningDigests = tasks.flatMap(({ containers = [] }) => containers[0]?.imageDigest ?? []);
  const pushedDigests = await registry.readDigests(app);
  const isUnmoved = runningDigests.every((digest) => pushedDigests.includes(digest));
  if (pushedDigests.length === 0 || isUnmoved) return undefined;
  return `${app} was pushed again, and is no longer the image that runs. Push it under a new tag, and release that.`;
}

/** Checks that no older image is migrated unasked: a rollback must not migrate, a first release of an older image must. */
export async function checkPushOrder({ registry, options, deployedTag, migrates }: StackUpdate): Promise<Problem> {
  const { app = '', migration: isDemanded } = options;
  if (!migrates || isDemanded) return undefined;
  if (deployedTag === '' || deployedTag === app) return undefined;
  const images = (await registry.readImages()) ?? [];
  const newImage = images.find(({ tag }) => tag === app);
  const deployedImage = images.find(({ tag }) => tag === deployedTag);
  if (!newImage) return undefined;
  if (deployedImage && newImage.pushedAt >= deployedImage.pushedAt) {
    return undefined;
  }
  const comparison = deployedImage
    ? `before ${deployedTag}, which runs`
    : `and ${deployedTag}, which runs, is no longer in the registry`;
  return (
    `${app} was pushed ${inTokyo(newImage.pushedAt)}, ${comparison}. ` +
    'If it served before: --no-migration. If it never did: --migration.'
  );
}

/** Checks that the deployed image can start on the processor of the template, unless the deployment replaces it. */
export async function checkProcessor(update: StackUpdate): Promise<Problem> {
  const { config, deployedTag, environmentName, migrates, options, registry } = update;
  const { taskFamily } = resourceNames(environmentName);
  const deployedProcessor = cpuArchitectureIn(update.deployedTemplate, taskFamily);
  const nextProcessor = cpuArchitectureIn(update.template, taskFamily);
  const isReplacedAtOnce = Boolean(options.app) && !migrates;
  if (deployedTag === '' || deployedProcessor === nextProcessor || isReplacedAtOnce) {
    return undefined;
  }
  const problem = await registry.checkPlatform(deployedTag, PLATFORMS[config.cpuArchitecture]);
  if (problem === undefined) return undefined;
  return (
    `cpuArchitecture changes to ${config.cpuArchitecture}, and ${deployedTag} would start there first. ` +
    `Release ${deployedTag}, built for it and pushed under a new tag, with --no-migration; then the next version.\n` +
    problem
  );
}
