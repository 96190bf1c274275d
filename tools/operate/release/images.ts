import { ECR, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { awsClient, readAll } from '../../deployed/aws';
import { errorText } from '../../deployed/deployed-stack';
import { platformsOf, readManifest } from '../../deployed/image-manifest';
import { inTokyo } from '../../deployed/times';
import { CannotTellError } from '@infra/common/outcome';

/** Tags beyond these are counted only. */
const MOST_TAGS = 10;

export interface Image {
  readonly tag: string;
  readonly digest: string;
  readonly pushed: number;
}

/** A registry of an environment. */
export class Registry {
  private readonly ecr: ECR;

  constructor(
    readonly name: string,
    region: string,
  ) {
    this.ecr = awsClient(ECR, { region });
  }

  /** All tags, newest first; `undefined` if the repository does not exist. */
  async images(): Promise<Image[] | undefined> {
    try {
      const pages = this.ecr.paginateDescribeImages({ repositoryName: this.name });
      const images = (await readAll(pages, 'imageDetails')).flatMap(
        ({ imageTags = [], imagePushedAt, imageDigest: digest = '' }): Image[] =>
          imageTags.map((tag) => ({ tag, digest, pushed: imagePushedAt?.getTime() ?? 0 })),
      );
      return images.sort((left, right) => right.pushed - left.pushed);
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) return undefined;
      // A person deploys the rights of GitHub's roles, so that they may be older than this.
      const isDenied = error instanceof Error && error.name === 'AccessDeniedException';
      const remedy = isDenied ? ' In GitHub: npx cdk deploy ProoflinkDelivery' : '';
      throw new CannotTellError(`The registry ${this.name} could not be asked: ${errorText(error)}${remedy}`);
    }
  }

  /** Why a tag cannot be deployed, as far as the registry knows; `undefined` if it can. */
  async refusal(tag: string, platform: string): Promise<string | undefined> {
    const images = await this.images();
    if (!images) return `There is no registry ${this.name}: release once without a tag, then push an image.`;
    if (images.some((image) => image.tag === tag)) return await this.misfit(tag, platform);
    if (images.length === 0) return `${this.name} has no ${tag}: no image was pushed yet.`;
    const shown = images.slice(0, MOST_TAGS);
    const width = Math.max(...shown.map((image) => image.tag.length));
    const more = images.length - shown.length;
    return [
      `${this.name} has no ${tag}. It has, newest first:`,
      ...shown.map((image) => `  ${image.tag.padEnd(width)}  pushed ${inTokyo(image.pushed)}`),
      ...(more > 0 ? [`  and ${more} older`] : []),
    ].join('\n');
  }

  /** Why an image cannot start on a processor. */
  async misfit(tag: string, platform: string): Promise<string | undefined> {
    const platforms = await platformsOf(this.ecr, this.name, tag);
    if (platforms.includes(platform)) return undefined;
    return (
      `${this.name}:${tag} is for ${platforms.join(' and ')}, and the config's cpuArchitecture wants ${platform}.\n` +
      `Build it with "docker build --platform ${platform}", and push it under a new tag.`
    );
  }

  /** The digests that ECS may report for a tag: the image's, and those that an index lists. */
  async digests(tag: string): Promise<string[]> {
    const image = (await this.images())?.find((one) => one.tag === tag);
    const { manifests = [] } = await readManifest(this.ecr, this.name, tag);
    return [image?.digest, ...manifests.map(({ digest }) => digest)].filter((digest) => digest !== undefined);
  }
}
