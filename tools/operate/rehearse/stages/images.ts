import { join } from 'node:path';
import { ECR } from '@aws-sdk/client-ecr';
import { Output } from '../../../../lib/contract';
import { awsClient } from '../../../deployed/aws-client';
import { DOCKER_PLATFORMS } from '../../../deployed/image-manifest';
import { readAll } from '../../../deployed/pages';
import { buildAndPush, copyImage, signDockerIn } from '../docker';
import { readDeployedRehearsal } from '../deployed-rehearsal';
import type { Rehearsal, StageResult } from '../rehearsal';

const SAMPLE_FOLDER = join(__dirname, '../../../local/sample-app');

/** Tag of the images that serve, which no other rehearsal uses: tags may be immutable. */
export function imageTag({ id }: Pick<Rehearsal, 'id'>): string {
  return `rehearsal-${id}`;
}

/** Tag of a web image that never becomes healthy. */
export function failingTag(rehearsal: Pick<Rehearsal, 'id'>): string {
  return `${imageTag(rehearsal)}-failing`;
}

/** Repositories of the rehearsal's stack, as Docker writes them. */
interface Repositories {
  readonly app: string;
  readonly batch: string;
}

async function readRepositories(rehearsal: Rehearsal): Promise<Repositories> {
  const { outputs } = await readDeployedRehearsal(rehearsal);
  return { app: outputs[Output.appRepositoryUri] ?? '', batch: outputs[Output.batchRepositoryUri] ?? '' };
}

/** Pushes both images: those of the team, or the sample's, which are built. */
export async function pushImages(rehearsal: Rehearsal): Promise<StageResult> {
  const { app, batch } = await readRepositories(rehearsal);
  await signDockerIn(app);
  const tag = imageTag(rehearsal);
  const { images } = rehearsal;
  if (images.kind === 'own') {
    await pushOnce(rehearsal, app, tag, (image) => copyFrom(images.appImage, image));
    await pushOnce(rehearsal, batch, tag, (image) => copyFrom(images.batchImage, image));
  } else {
    const platform = DOCKER_PLATFORMS[rehearsal.config.cpuArchitecture];
    const build = (target: string) => (image: string) =>
      buildAndPush({ folder: SAMPLE_FOLDER, target, platform, image });
    await pushOnce(rehearsal, app, tag, build('web'));
    await pushOnce(rehearsal, batch, tag, build('batch'));
  }
  return { words: [`${app}:${tag}`, `${batch}:${tag}`] };
}

/**
 * Pushes an image that never becomes healthy as a web task, for which nothing has to be built: the import's. It ends at once
 * without a file, or answers no health check.
 */
export async function pushFailingImage(rehearsal: Rehearsal): Promise<void> {
  const { app, batch } = await readRepositories(rehearsal);
  await signDockerIn(app);
  const source = `${batch}:${imageTag(rehearsal)}`;
  await pushOnce(rehearsal, app, failingTag(rehearsal), (image) => copyImage(source, image));
}

async function copyFrom(source: string, image: string): Promise<void> {
  await signDockerIn(source);
  await copyImage(source, image);
}

/** Pushes an image unless the repository has the tag already, from a call that was left. */
async function pushOnce(
  { region }: Rehearsal,
  repositoryUri: string,
  tag: string,
  push: (image: string) => Promise<void>,
): Promise<void> {
  const repositoryName = repositoryUri.slice(repositoryUri.indexOf('/') + 1);
  const pages = awsClient(ECR, { region }).paginateListImages({ repositoryName });
  const ids = await readAll(pages, 'imageIds');
  if (ids.some(({ imageTag: pushedTag }) => pushedTag === tag)) return;
  await push(`${repositoryUri}:${tag}`);
}
