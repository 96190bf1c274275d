import { ECRClient, paginateDescribeImages, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import * as environments from '../../lib/config';
import { resourceNames } from '../../lib/config/names';
import { awsClient } from '../shared/aws';
import type { EnvironmentName } from '../shared/environment-argument';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { PLATFORMS } from '../shared/image-manifest';
import { inTokyo } from '../shared/times';
import { platformsOf } from './image-platforms';

/** More tags than these nobody reads. */
const MOST_TAGS = 10;

/** The tags to ask for; an empty one is none. */
export interface Tags {
  readonly app?: string;
  readonly batch?: string;
}

/**
 * Asks the registries for tags: deploying one that does not exist, or was built for another processor, would fail
 * minutes later, with less to read.
 */
export async function runImageCheck(
  environment: EnvironmentName,
  tags: Tags,
  connect = (region: string) => awsClient(ECRClient, { region }),
): Promise<Outcome> {
  const { region } = environments[environment];
  const { repositories } = resourceNames(environment);
  const ecr = connect(region);
  const asked = (['app', 'batch'] as const).flatMap((image) => {
    const tag = tags[image];
    return tag ? [answer(ecr, environment, repositories[image], tag)] : [];
  });
  const answers = await Promise.all(asked).catch((error: unknown) => {
    if (error instanceof CannotTellError) throw error;
    throw new CannotTellError(`The registry could not be asked: ${reasonOf(error)}`);
  });
  return {
    exitCode: answers.every(({ fits }) => fits) ? 0 : 1,
    stdout: answers.map(({ says }) => `${says}\n`).join(''),
    stderr: '',
  };
}

/** If every address refused the connection, the error has no message of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = error.message || String((error as { code?: unknown }).code);
  // A person deploys the rights of GitHub's roles, so that they may be older than this.
  return error.name === 'AccessDeniedException' ? `${said}\nIn GitHub: npx cdk deploy ProoflinkDelivery` : said;
}

async function answer(
  ecr: ECRClient,
  environment: EnvironmentName,
  repository: string,
  tag: string,
): Promise<{ fits: boolean; says: string }> {
  const images = await imagesOf(ecr, repository);
  if (!images) {
    return { fits: false, says: `There is no registry ${repository}: deploy once without a tag, then push an image.` };
  }
  const found = images.find((image) => image.tag === tag);
  if (found) {
    const platforms = await platformsOf(ecr, repository, tag);
    const { cpuArchitecture } = environments[environment];
    const wanted = PLATFORMS[cpuArchitecture];
    const says = `${repository} has ${tag}, pushed ${found.pushed}, for ${platforms.join(' and ')}`;
    if (platforms.includes(wanted)) return { fits: true, says: `${says}.` };
    return {
      fits: false,
      says: [
        `${says}: it cannot start, since ${environment}'s cpuArchitecture is ${cpuArchitecture}.`,
        `Build it with "docker build --platform ${wanted}", and push it under a new tag.`,
      ].join('\n'),
    };
  }
  if (images.length === 0) return { fits: false, says: `${repository} has no ${tag}: no image was pushed yet.` };
  const shown = images.slice(0, MOST_TAGS);
  const width = Math.max(...shown.map((image) => image.tag.length));
  const more = images.length - shown.length;
  return {
    fits: false,
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
