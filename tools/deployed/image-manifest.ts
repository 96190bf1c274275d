import type { ECR } from '@aws-sdk/client-ecr';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../lib/config/environment';

/** Names of Fargate's processors for `docker build --platform`. */
export const PLATFORMS: Readonly<Record<EnvironmentConfig['cpuArchitecture'], string>> = {
  X86_64: 'linux/amd64',
  ARM64: 'linux/arm64',
};

/** Media types of an index of images and of an image, by the OCI and by Docker. */
const MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Operating system and processor of an image. */
export interface Platform {
  readonly os?: string;
  readonly architecture?: string;
}

/** Manifest of a tag: an image, with its config, which may be embedded as `data` (OCI), or an index of images. */
export interface Manifest {
  readonly config?: ImageConfig;
  readonly manifests?: readonly ImageOfIndex[];
}

interface ImageConfig {
  readonly digest?: string;
  readonly data?: string;
}

interface ImageOfIndex {
  readonly digest?: string;
  readonly platform?: Platform;
}

/** Reads the manifest that a tag names. */
export async function readManifest(ecr: ECR, repositoryName: string, imageTag: string): Promise<Manifest> {
  const { images = [] } = await ecr.batchGetImage({
    repositoryName,
    imageIds: [{ imageTag }],
    acceptedMediaTypes: MEDIA_TYPES,
  });
  return JSON.parse(images[0]?.imageManifest ?? '{}') as Manifest;
}

/** A platform as `docker build --platform` calls it. */
export function platformName({ os = 'linux', architecture = '' }: Platform = {}): string {
  return `${os}/${architecture}`;
}

/** Timeout of a blob, in milliseconds. */
const PATIENCE = 30_000;

/** The platforms that an image runs on: an index lists them; a single image says so in its config, which is a blob. */
export async function platformsOf(ecr: ECR, repositoryName: string, imageTag: string): Promise<string[]> {
  const { config, manifests } = await readManifest(ecr, repositoryName, imageTag);
  const platforms = manifests
    ? manifests.map(({ platform }) => platform)
    : [await readPlatform(ecr, repositoryName, config)];
  const knownPlatforms = platforms.filter(isKnown);
  if (knownPlatforms.length === 0) {
    throw new CannotTellError(`${repositoryName}:${imageTag} does not say for which processor it was built.`);
  }
  return knownPlatforms.map(platformName);
}

/** Attestations of buildx are beside the images as "unknown/unknown". */
function isKnown(platform: Platform | undefined): boolean {
  return platform?.architecture !== undefined && platform.architecture !== 'unknown';
}

/** Platform of a single image, from its config. */
async function readPlatform(
  ecr: ECR,
  repositoryName: string,
  { data, digest: layerDigest }: ImageConfig = {},
): Promise<Platform | undefined> {
  if (data !== undefined) {
    const text = Buffer.from(data, 'base64').toString();
    return JSON.parse(text) as Platform;
  }
  if (layerDigest === undefined) return undefined;
  const { downloadUrl = '' } = await ecr.getDownloadUrlForLayer({ repositoryName, layerDigest });
  const response = await fetch(downloadUrl, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${repositoryName} answered ${response.status} for the config of an image`);
  return (await response.json()) as Platform;
}
