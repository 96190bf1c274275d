import { BatchGetImageCommand, type ECRClient, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { CannotTellError } from '@infra/common/outcome';

/** What `docker build --platform` calls the processors of Fargate. */
export const PLATFORMS: Readonly<Record<EnvironmentConfig['cpuArchitecture'], string>> = {
  X86_64: 'linux/amd64',
  ARM64: 'linux/arm64',
};

const LISTS = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json'];
const IMAGES = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'];

interface Platform {
  readonly os?: string;
  readonly architecture?: string;
}

interface Manifest {
  readonly config?: { readonly digest?: string };
  readonly manifests?: readonly { readonly platform?: Platform }[];
}

/** The platforms that an image runs on: an index lists them; a single image says so in its config, which is a blob. */
export async function platformsOf(ecr: ECRClient, repositoryName: string, imageTag: string): Promise<string[]> {
  const { images: [image] = [] } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }], acceptedMediaTypes: [...LISTS, ...IMAGES] }),
  );
  const { config, manifests } = JSON.parse(image?.imageManifest ?? '{}') as Manifest;
  const platforms = manifests?.map(({ platform }) => platform) ?? [
    config?.digest === undefined ? undefined : await configOf(ecr, repositoryName, config.digest),
  ];
  // What buildx adds about the build stands beside the images as "unknown/unknown".
  const known = platforms.filter((one) => one?.architecture !== undefined && one.architecture !== 'unknown');
  if (known.length === 0) {
    throw new CannotTellError(`${repositoryName}:${imageTag} does not say for which processor it was built.`);
  }
  return known.map((one) => `${one?.os ?? 'linux'}/${one?.architecture ?? ''}`);
}

async function configOf(ecr: ECRClient, repositoryName: string, layerDigest: string): Promise<Platform> {
  const { downloadUrl = '' } = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }));
  const response = await fetch(downloadUrl);
  if (!response.ok) throw new Error(`${repositoryName} answered ${response.status} for the config of an image`);
  return (await response.json()) as Platform;
}
