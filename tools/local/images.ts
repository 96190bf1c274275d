import { createHash } from 'node:crypto';
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { type ImageProgram, programAnnotations } from '@infra/local-aws';
import { awsClient } from '../deployed/aws';

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';

/** Pushes an image without layers. Where it is deployed, a program of this machine runs. */
export async function pushImage(
  repositoryUri: string,
  tag: string,
  program?: ImageProgram,
  architecture = 'amd64',
): Promise<void> {
  const [registryHost = ''] = repositoryUri.split('/');
  const command = new PutImageCommand({
    repositoryName: repositoryUri.slice(registryHost.length + 1),
    imageTag: tag,
    imageManifest: JSON.stringify(imageManifest(tag, program, architecture)),
    imageManifestMediaType: MANIFEST_TYPE,
  });
  await awsClient(ECRClient, {}).send(command);
}

function imageManifest(tag: string, program: ImageProgram | undefined, architecture: string): object {
  const config = Buffer.from(JSON.stringify({ architecture, os: 'linux', tag }));
  return {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: {
      mediaType: CONFIG_TYPE,
      size: config.length,
      digest: `sha256:${createHash('sha256').update(config).digest('hex')}`,
      // The local AWS stores no layers.
      data: config.toString('base64'),
    },
    layers: [],
    annotations: program && programAnnotations(program),
  };
}
