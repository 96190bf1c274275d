import type { ECR } from '@aws-sdk/client-ecr';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../lib/config/environment';

/** Names of Fargate's processors for `docker build --platform`. */
export const PLATFORMS: Readonly<Record<EnvironmentConfig['cpuArchitecture'], string>> = {
  X86_64: 'linux/amd64',
  ARM64: 'linux/arm64',
};

const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const IMAGES = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'];

export interface Platform {
  readonly os?: string;
  readonly architecture?: string;
}

/** Manifest of a tag: an image, with its config, which may be embedded as `data` (OCI), or an index of images. */
export interface Manifest {
  readonly config?: { readonly digest?: string; readonly data?: string };
  readonly manifests?: readonly { readonly digest?: string; readonly platform?: Platform }[];
}

/** Reads what a tag names. */
export async function readManifest(ecr: ECR, repositoryName: string, imageTag: string): Promise<Manifest> {
  const wanted = { repositoryName, imageIds: [{ imageTag }], acceptedMediaTypes: [...INDEXES, ...IMAGES] };
  const { images: [image] = [] } = await ecr.batchGetImage(wanted);
  return JSON.parse(image?.imageManifest ?? '{}') as Manifest;
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
  const platforms = manifests?.map(({ platform }) => platform) ?? [await configOf(ecr, repositoryName, config)];
  // Attestations of buildx are beside the images as "unknown/unknown".
  const known = platforms.filter((one) => one?.architecture !== undefined && one.architecture !== 'unknown');
  if (known.length === 0) {
    throw new CannotTellError(`${repositoryName}:${imageTag} does not say for which processor it was built.`);
  }
  return known.map(platformName);
}

async function configOf(
  ecr: ECR,
  repositoryName: string,
  { data, digest: layerDigest }: NonNullable<Manifest['config']> = {},
): Promise<Platform | undefined> {
  if (data !== undefined) return JSON.parse(Buffer.from(data, 'base64').toString()) as Platform;
  if (layerDigest === undefined) return undefined;
  const { downloadUrl = '' } = await ecr.getDownloadUrlForLayer({ repositoryName, layerDigest });
  const response = await fetch(downloadUrl, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${repositoryName} answered ${response.status} for the config of an image`);
  return (await response.json()) as Platform;
}
