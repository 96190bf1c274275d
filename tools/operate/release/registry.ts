import { ECR, type ImageDetail, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient, readAll } from '../../deployed/aws';
import { errorText } from '../../deployed/aws-errors';
import { platformsOf, readManifest } from '../../deployed/image-manifest';
import { inTokyo } from '../../deployed/times';
import type { Problem } from './problem';

/** Tags that are listed at most; older ones are counted. */
const MOST_TAGS = 10;

/** An image under one of its tags. */
export interface TaggedImage {
  readonly tag: string;
  readonly digest: string;
  /** Time of its push, in milliseconds. */
  readonly pushedAt: number;
}

/** A repository of an environment in the image registry. */
export class Registry {
  private readonly ecr: ECR;

  constructor(
    private readonly repositoryName: string,
    region: string,
  ) {
    this.ecr = awsClient(ECR, { region });
  }

  /** Reads all tags, newest first; `undefined` if the repository does not exist. */
  public async readImages(): Promise<TaggedImage[] | undefined> {
    const { repositoryName } = this;
    try {
      const details = await readAll(this.ecr.paginateDescribeImages({ repositoryName }), 'imageDetails');
      const images = details.flatMap(taggedImagesOf);
      return images.sort((image, other) => other.pushedAt - image.pushedAt);
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) return undefined;
      throw new CannotTellError(
        `The registry ${repositoryName} could not be asked: ${errorText(error)}${remedyFor(error)}`,
      );
    }
  }

  /** Checks that a tag can be deployed on a platform, such as `linux/amd64`. */
  public async checkTag(tag: string, platform: string): Promise<Problem> {
    const { repositoryName } = this;
    const images = await this.readImages();
    if (!images) {
      return `There is no registry ${repositoryName}: release once without a tag, then push an image.`;
    }
    if (images.some((image) => image.tag === tag)) {
      return await this.checkPlatform(tag, platform);
    }
    if (images.length === 0) {
      return `${repositoryName} has no ${tag}: no image was pushed yet.`;
    }
    return [`${repositoryName} has no ${tag}. It has, newest first:`, ...listNewest(images)].join('\n');
  }

  /** Checks that an image was built for a platform. */
  public async checkPlatform(tag: string, platform: string): Promise<Problem> {
    const platforms = await platformsOf(this.ecr, this.repositoryName, tag);
    if (platforms.includes(platform)) return undefined;
    const image = `${this.repositoryName}:${tag}`;
    return (
      `${image} is for ${platforms.join(' and ')}, and the config's cpuArchitecture wants ${platform}.\n` +
      `Build it with "docker build --platform ${platform}", and push it under a new tag.`
    );
  }

  /** Reads the digests that ECS may report for a tag: the image's, and those that an index of images lists. */
  public async readDigests(tag: string): Promise<string[]> {
    const images = await this.readImages();
    const image = images?.find((candidate) => candidate.tag === tag);
    const { manifests = [] } = await readManifest(this.ecr, this.repositoryName, tag);
    const digests = [image?.digest, ...manifests.map(({ digest }) => digest)];
    return digests.filter((digest) => digest !== undefined);
  }

  /**
   * True if a tag is still the image with this digest; without a digest, any image counts.
   *
   * @throws CannotTellError if the registry no longer has the tag.
   */
  public async stillHas(tag: string, digest: string | undefined): Promise<boolean> {
    const digests = await this.readDigests(tag);
    if (digests.length === 0) {
      throw new CannotTellError(`${tag} is no longer in the registry.`);
    }
    return !digest || digests.includes(digest);
  }
}

/** An image is listed once for each of its tags. */
function taggedImagesOf({ imageTags = [], imagePushedAt, imageDigest = '' }: ImageDetail): TaggedImage[] {
  const pushedAt = imagePushedAt?.getTime() ?? 0;
  return imageTags.map((tag) => ({ tag, digest: imageDigest, pushedAt }));
}

/** A person deploys the rights of GitHub's roles: they may be older than the command. */
function remedyFor(error: unknown): string {
  const isDenied = error instanceof Error && error.name === 'AccessDeniedException';
  return isDenied ? ' In GitHub: npx cdk deploy ProoflinkDelivery' : '';
}

function listNewest(images: readonly TaggedImage[]): string[] {
  const newest = images.slice(0, MOST_TAGS);
  const width = Math.max(...newest.map(({ tag }) => tag.length));
  const lines = newest.map(({ tag, pushedAt }) => `  ${tag.padEnd(width)}  pushed ${inTokyo(pushedAt)}`);
  const olderCount = images.length - newest.length;
  if (olderCount > 0) lines.push(`  and ${olderCount} older`);
  return lines;
}
