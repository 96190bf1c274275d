import { ECRClient, paginateDescribeImages, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import * as environments from '../../lib/config';
import { resourceNames } from '../../lib/config/names';
import type { EnvironmentName } from '../shared/environment-argument';
import { CannotTellError, type Outcome } from '../shared/outcome';
import { inTokyo } from '../shared/times';

/** More tags than these nobody reads. */
const MOST_TAGS = 10;

/** The tags to ask for; an empty one is none. */
export interface Tags {
  readonly app?: string;
  readonly batch?: string;
}

/** Asks the registries for tags: deploying one that does not exist would fail minutes later, with less to read. */
export async function runImageCheck(
  environment: EnvironmentName,
  tags: Tags,
  connect = (region: string) => new ECRClient({ region }),
): Promise<Outcome> {
  const { region } = environments[environment];
  const { repositories } = resourceNames(environment);
  const ecr = connect(region);
  const asked = (['app', 'batch'] as const).flatMap((image) => {
    const tag = tags[image];
    return tag ? [answer(ecr, repositories[image], tag)] : [];
  });
  const answers = await Promise.all(asked).catch((error: unknown) => {
    throw new CannotTellError(`The registry could not be asked: ${reasonOf(error)}`);
  });
  return {
    exitCode: answers.every(({ found }) => found) ? 0 : 1,
    stdout: answers.map(({ says }) => `${says}\n`).join(''),
    stderr: '',
  };
}

/** If every address refused the connection, the error has no message of its own. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error);
}

async function answer(ecr: ECRClient, repository: string, tag: string): Promise<{ found: boolean; says: string }> {
  const images = await imagesOf(ecr, repository);
  if (!images) {
    return { found: false, says: `There is no registry ${repository}: deploy once without a tag, then push an image.` };
  }
  const found = images.find((image) => image.tag === tag);
  if (found) return { found: true, says: `${repository} has ${tag}, pushed ${found.pushed}.` };
  if (images.length === 0) return { found: false, says: `${repository} has no ${tag}: no image was pushed yet.` };
  const shown = images.slice(0, MOST_TAGS);
  const width = Math.max(...shown.map((image) => image.tag.length));
  const more = images.length - shown.length;
  return {
    found: false,
    says: [
      `${repository} has no ${tag}. It has, newest first:`,
      ...shown.map((image) => `  ${image.tag.padEnd(width)}  pushed ${image.pushed}`),
      ...(more > 0 ? [`  and ${more} older`] : []),
    ].join('\n'),
  };
}

/** All tags, newest first; `undefined` if the repository does not exist. */
async function imagesOf(ecr: ECRClient, repositoryName: string) {
  const images: { tag: string; time: number; pushed: string }[] = [];
  try {
    for await (const page of paginateDescribeImages({ client: ecr }, { repositoryName })) {
      for (const { imageTags = [], imagePushedAt } of page.imageDetails ?? []) {
        const time = imagePushedAt?.getTime() ?? 0;
        images.push(...imageTags.map((tag) => ({ tag, time, pushed: inTokyo(time) })));
      }
    }
  } catch (error) {
    if (error instanceof RepositoryNotFoundException) return undefined;
    throw error;
  }
  return images.sort((left, right) => right.time - left.time);
}
