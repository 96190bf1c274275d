import { createHash } from 'node:crypto';
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { type ImageProgram, programAnnotations } from '@infra/local-aws';
import { awsClient } from '../deployed/aws';

const MEDIA_TYPE = 'application/vnd.oci.image.manifest.v1+json';

/** Pushes an image without layers; a program of this machine is what runs where it is deployed. */
export async function pushImage(
  repositoryUri: string,
  tag: string,
  program?: ImageProgram,
  architecture = 'amd64',
): Promise<void> {
  const config = Buffer.from(JSON.stringify({ architecture, os: 'linux', tag }));
  const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE,
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      size: config.length,
      digest,
      // The local AWS stores no layers.
      data: config.toString('base64'),
    },
    layers: [],
    ...(program ? { annotations: programAnnotations(program) } : {}),
  });
  const repositoryName = repositoryUri.slice(repositoryUri.indexOf('/') + 1);
  const image = { repositoryName, imageTag: tag, imageManifest, imageManifestMediaType: MEDIA_TYPE };
  await awsClient(ECRClient, {}).send(new PutImageCommand(image));
}
