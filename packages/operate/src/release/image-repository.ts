import { ECR, type ImageDetail, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { joined, type Message } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient } from '../deployed/aws-client';
import { readAll } from '../deployed/pages';
import { errorText } from '../deployed/aws-errors';
import { platformsOf, readManifest } from '../deployed/image-manifest';
import { type ImageScan, readImageScan } from '../deployed/image-scan';
import { formatInTokyo } from '../deployed/tokyo-time';
import { words } from './words';
import type { Problem } from './problem';

/** A list of tags names this many; it ends with the number of older ones. */
const MOST_LISTED_TAGS = 10;

/** An image under one of its tags. */
export interface TaggedImage {
  readonly tag: string;
  readonly digest: string;
  /** Time of the push, in milliseconds since 1970. */
  readonly pushedAtMs: number;
}

/** A repository in Amazon ECR, which messages call a registry. */
export class ImageRepository {
  private readonly ecr: ECR;

  constructor(
    public readonly repositoryName: string,
    region: string,
  ) {
    this.ecr = awsClient(ECR, { region });
  }

  /** Reads all tags, newest first. `undefined`: the repository does not exist. */
  public async readImages(): Promise<TaggedImage[] | undefined> {
    const { repositoryName } = this;
    try {
      const details = await readAll(this.ecr.paginateDescribeImages({ repositoryName }), 'imageDetails');
      const images = details.flatMap(taggedImagesOf);
      return images.sort((image, other) => other.pushedAtMs - image.pushedAtMs);
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) return undefined;
      throw this.notAsked(error);
    }
  }

  /** Reads the scan of a tag's image for a platform. */
  public async readScan(imageTag: string, platform: string): Promise<ImageScan> {
    const { repositoryName } = this;
    try {
      return await readImageScan(this.ecr, { repositoryName, imageTag, platform });
    } catch (error) {
      throw this.notAsked(error);
    }
  }

  /** Checks that the repository has a tag, and that its image was built for a platform, such as `linux/amd64`. */
  public async checkTag(tag: string, platform: string): Promise<Problem | undefined> {
    const { repositoryName } = this;
    const images = await this.readImages();
    if (!images) {
      return words.images.noRegistry({ repositoryName });
    }
    if (images.some((image) => image.tag === tag)) {
      return await this.checkPlatform(tag, platform);
    }
    if (images.length === 0) {
      return words.images.noImage({ repositoryName, imageTag: tag });
    }
    return [words.images.noTag({ repositoryName, imageTag: tag }), ...tagLines(images)].join('\n');
  }

  private async checkPlatform(tag: string, platform: string): Promise<Problem | undefined> {
    const platforms = await platformsOf(this.ecr, this.repositoryName, tag);
    if (platforms.includes(platform)) return undefined;
    const image = `${this.repositoryName}:${tag}`;
    return words.images.otherPlatform({ image, platforms, platform });
  }

  /**
   * Reads the digests that ECS may report for a tag: that of the tag itself and, if the tag names an index of images for
   * several platforms, those of the images in the index. None if the repository does not have the tag.
   */
  public async readDigests(tag: string): Promise<string[]> {
    const images = await this.readImages();
    const taggedImage = images?.find((image) => image.tag === tag);
    const { manifests = [] } = await readManifest(this.ecr, this.repositoryName, tag);
    const digests = [taggedImage?.digest, ...manifests.map(({ digest }) => digest)];
    return digests.filter((digest) => digest !== undefined);
  }

  /** True if a tag still names the image with this digest. If the digest is `undefined`, any image will do. */
  public async stillNames(tag: string, digest: string | undefined): Promise<boolean> {
    return !digest || (await this.readDigests(tag)).includes(digest);
  }

  private notAsked(error: unknown): CannotTellError {
    const { repositoryName } = this;
    const problem = words.images.registryNotAsked({ repositoryName, reason: errorText(error) });
    return new CannotTellError(joined([problem, remedyFor(error)], ' '));
  }
}

/** An image with several tags, once for each of them; none for an image without a tag. */
function taggedImagesOf({ imageTags = [], imagePushedAt, imageDigest = '' }: ImageDetail): TaggedImage[] {
  const pushedAtMs = imagePushedAt?.getTime() ?? 0;
  return imageTags.map((tag) => ({ tag, digest: imageDigest, pushedAtMs }));
}

/**
 * Advice if AWS denies access. The rights of GitHub's roles are in the delivery stack. A person deploys that stack, so that
 * it may be older than this code, which needs more rights.
 */
function remedyFor(error: unknown): Message | undefined {
  const isDenied = error instanceof Error && error.name === 'AccessDeniedException';
  return isDenied ? words.images.deployRights : undefined;
}

/** Lines with the first tags, which are the newest, and the number of the others. */
function tagLines(imagesNewestFirst: readonly TaggedImage[]): string[] {
  const newestImages = imagesNewestFirst.slice(0, MOST_LISTED_TAGS);
  const width = Math.max(...newestImages.map(({ tag }) => tag.length));
  const lines = newestImages.map(
    ({ tag, pushedAtMs }) => `  ${tag.padEnd(width)}  ${words.images.pushed({ time: formatInTokyo(pushedAtMs) })}`,
  );
  const olderCount = imagesNewestFirst.length - newestImages.length;
  if (olderCount > 0) lines.push(`  ${words.images.olderTags({ count: olderCount })}`);
  return lines;
}
