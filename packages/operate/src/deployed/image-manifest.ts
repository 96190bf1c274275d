import type { ECR } from '@aws-sdk/client-ecr';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '@infra/commands/app';
import { imageIdOf } from './image-uri';
import { words } from './words';

/** Platforms of `docker build --platform` for Fargate's processors. */
export const DOCKER_PLATFORMS: Readonly<Record<EnvironmentConfig['cpuArchitecture'], string>> = {
  X86_64: 'linux/amd64',
  ARM64: 'linux/arm64',
};

/** Media types of the manifests that ECR may answer: an index of images or a single image, by OCI or by Docker. */
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

/** Manifest of an image: it has `manifests` if it is an index of images, and `config` if it is a single image. */
export interface Manifest {
  readonly config?: ImageConfig;
  readonly manifests?: readonly ImageOfIndex[];
}

/** Reference to the config of a single image, which names the image's platform. */
interface ImageConfig {
  readonly digest?: string;
  /** The config itself in base64, which OCI allows. Otherwise, the config is the blob with the digest. */
  readonly data?: string;
}

interface ImageOfIndex {
  readonly digest?: string;
  readonly platform?: Platform;
}

/** Reads the manifest of a tag or digest. */
export async function readManifest(ecr: ECR, repositoryName: string, reference: string): Promise<Manifest> {
  const { images = [] } = await ecr.batchGetImage({
    repositoryName,
    imageIds: [imageIdOf(reference)],
    acceptedMediaTypes: MEDIA_TYPES,
  });
  return JSON.parse(images[0]?.imageManifest ?? '{}') as Manifest;
}

/** A platform as `docker build --platform` writes it. */
export function platformName({ os = 'linux', architecture = '' }: Platform = {}): string {
  return `${os}/${architecture}`;
}

const BLOB_TIMEOUT_MS = 10_000;

/** Reads the platforms that an image runs on. Throws a CannotTellError if the image names none. */
export async function platformsOf(ecr: ECR, repositoryName: string, reference: string): Promise<string[]> {
  const { config, manifests } = await readManifest(ecr, repositoryName, reference);
  const platforms = manifests
    ? manifests.map(({ platform }) => platform)
    : [await readPlatform(ecr, repositoryName, config)];
  const knownPlatforms = platforms.filter(isKnown);
  if (knownPlatforms.length === 0) {
    throw new CannotTellError(words.image.noPlatform({ image: `${repositoryName}:${reference}` }));
  }
  return knownPlatforms.map(platformName);
}

/** False for the attestations that buildx adds to an index, whose platform is "unknown/unknown". */
function isKnown(platform: Platform | undefined): boolean {
  return platform?.architecture !== undefined && platform.architecture !== 'unknown';
}

/** Reads the platform of a single image from its config; `undefined` if the manifest has no config. */
async function readPlatform(
  ecr: ECR,
  repositoryName: string,
  { data, digest }: ImageConfig = {},
): Promise<Platform | undefined> {
  if (data !== undefined) {
    const configJson = Buffer.from(data, 'base64').toString();
    return JSON.parse(configJson) as Platform;
  }
  if (digest === undefined) return undefined;
  const { downloadUrl = '' } = await ecr.getDownloadUrlForLayer({ repositoryName, layerDigest: digest });
  const response = await fetch(downloadUrl, { signal: AbortSignal.timeout(BLOB_TIMEOUT_MS) });
  if (!response.ok) throw new Error(words.image.noConfig({ repositoryName, status: response.status }));
  return (await response.json()) as Platform;
}
