import { type ECRClient, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import { CannotTellError } from '@infra/common/outcome';
import { type Manifest, type Platform, platformName, readManifest } from '../shared/image-manifest';

/** How long a blob may take to arrive, in milliseconds. */
const PATIENCE = 30_000;

/** The platforms that an image runs on: an index lists them; a single image says so in its config, which is a blob. */
export async function platformsOf(ecr: ECRClient, repositoryName: string, imageTag: string): Promise<string[]> {
  const { config, manifests } = await readManifest(ecr, repositoryName, imageTag);
  const platforms = manifests?.map(({ platform }) => platform) ?? [await configOf(ecr, repositoryName, config)];
  // What buildx adds about the build stands beside the images as "unknown/unknown".
  const known = platforms.filter((one) => one?.architecture !== undefined && one.architecture !== 'unknown');
  if (known.length === 0) {
    throw new CannotTellError(`${repositoryName}:${imageTag} does not say for which processor it was built.`);
  }
  return known.map(platformName);
}

async function configOf(
  ecr: ECRClient,
  repositoryName: string,
  { data, digest: layerDigest }: NonNullable<Manifest['config']> = {},
): Promise<Platform | undefined> {
  if (data !== undefined) return JSON.parse(Buffer.from(data, 'base64').toString()) as Platform;
  if (layerDigest === undefined) return undefined;
  const { downloadUrl = '' } = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }));
  const response = await fetch(downloadUrl, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${repositoryName} answered ${response.status} for the config of an image`);
  return (await response.json()) as Platform;
}
