import { BatchGetImageCommand, type ECRClient } from '@aws-sdk/client-ecr';
import type { EnvironmentConfig } from '../../lib/config/environment';

/** What `docker build --platform` calls the processors of Fargate. */
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

/** What stands behind a tag: an image, with its config, which may be embedded as `data` (OCI), or an index of images. */
export interface Manifest {
  readonly config?: { readonly digest?: string; readonly data?: string };
  readonly manifests?: readonly { readonly digest?: string; readonly platform?: Platform }[];
}

/** Reads what a tag names. */
export async function readManifest(ecr: ECRClient, repositoryName: string, imageTag: string): Promise<Manifest> {
  const { images: [image] = [] } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }], acceptedMediaTypes: [...INDEXES, ...IMAGES] }),
  );
  return JSON.parse(image?.imageManifest ?? '{}') as Manifest;
}

/** A platform as `docker build --platform` calls it. */
export function platformName({ os = 'linux', architecture = '' }: Platform = {}): string {
  return `${os}/${architecture}`;
}
