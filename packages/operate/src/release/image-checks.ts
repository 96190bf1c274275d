import { applicationContainer } from '../deployed/application-container';
import { formatInTokyo } from '../deployed/tokyo-time';
import { describeTasks } from '../deployed/web-service';
import { imageTagOf } from '../deployed/web-state';
import { words } from './words';
import type { Problem } from './problem';
import type { StackUpdate } from './stack-update';

/**
 * Checks that the tag to release, if it is the deployed one, still names the image that runs. A tag that was pushed again
 * names another image, which would never serve: CloudFormation has nothing to update.
 */
export async function checkTagIsUnmoved({
  stack,
  appRepository,
  options,
  deployedAppTag,
}: StackUpdate): Promise<Problem | undefined> {
  const { appTag } = options;
  if (!appTag || appTag !== deployedAppTag) return undefined;
  const tasks = await describeTasks(stack, 'RUNNING');
  // While the tag is still rolling out, tasks of the version before run beside its own.
  const tasksOfTag = tasks.filter((task) => imageTagOf(task) === appTag);
  const runningDigests = tasksOfTag.flatMap(({ containers }) => applicationContainer(containers)?.imageDigest ?? []);
  const pushedDigests = await appRepository.readDigests(appTag);
  // Another check reports a tag that the repository does not have.
  if (pushedDigests.length === 0) return undefined;
  const isUnmoved = runningDigests.every((digest) => pushedDigests.includes(digest));
  if (isUnmoved) return undefined;
  return words.images.pushedAgain({ imageTag: appTag });
}

/**
 * Checks that the image which migrates was not pushed before the deployed one, unless the caller requests the migration.
 * Such an image is either a way back, which must not migrate, or released for the first time, and must: only the caller
 * knows.
 */
export async function checkPushOrder({
  appRepository,
  options,
  deployedAppTag,
  migrates,
}: StackUpdate): Promise<Problem | undefined> {
  const { appTag = '', migration } = options;
  if (!migrates || migration) return undefined;
  if (deployedAppTag === '' || deployedAppTag === appTag) return undefined;
  const images = (await appRepository.readImages()) ?? [];
  const newImage = images.find(({ tag }) => tag === appTag);
  const deployedImage = images.find(({ tag }) => tag === deployedAppTag);
  // Another check reports a tag that the repository does not have.
  if (!newImage) return undefined;
  if (deployedImage && newImage.pushedAtMs >= deployedImage.pushedAtMs) {
    return undefined;
  }
  return words.images.pushedBefore({
    imageTag: appTag,
    pushed: formatInTokyo(newImage.pushedAtMs),
    deployedTag: deployedAppTag,
  });
}
