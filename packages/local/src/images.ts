import { createHash } from 'node:crypto';
import { BatchDeleteImageCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { findingAnnotations, type ImageProgram, programAnnotations, type ScanFinding } from '@infra/local-aws';
import { awsClient } from '@infra/operate/deployed/aws-client';

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';

/** An image for the local AWS. */
export interface LocalImage {
  /** URI of the repository in the local ECR, with the host of the registry. */
  readonly repositoryUri: string;
  readonly tag: string;
  /** Program of this machine that runs where a task or job has this image. */
  readonly program?: ImageProgram;
  /** Processor as images name it, `amd64` or `arm64`; `amd64` by default. */
  readonly architecture?: string;
  /** Findings of the image's scan; none by default. */
  readonly findings?: readonly ScanFinding[];
}

/** Pushes an image without layers: the local AWS runs the image's program, and no container. */
export async function pushImage(image: LocalImage): Promise<void> {
  const { repositoryUri, tag } = image;
  const command = new PutImageCommand({
    repositoryName: repositoryNameOf(repositoryUri),
    imageTag: tag,
    imageManifest: JSON.stringify(imageManifest(image)),
    imageManifestMediaType: MANIFEST_TYPE,
  });
  await awsClient(ECRClient, {}).send(command);
}

/** Deletes images as ECR's lifecycle policy does; a tag that the repository lacks is no error. */
export async function deleteImages(repositoryUri: string, tags: readonly string[]): Promise<void> {
  const imageIds = tags.map((imageTag) => ({ imageTag }));
  const repositoryName = repositoryNameOf(repositoryUri);
  await awsClient(ECRClient, {}).send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
}

function repositoryNameOf(repositoryUri: string): string {
  const [registryHost = ''] = repositoryUri.split('/');
  return repositoryUri.slice(registryHost.length + 1);
}

function imageManifest({ tag, program, architecture = 'amd64', findings = [] }: LocalImage): object {
  const config = Buffer.from(JSON.stringify({ architecture, os: 'linux', tag }));
  return {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: {
      mediaType: CONFIG_TYPE,
      size: config.length,
      digest: `sha256:${createHash('sha256').update(config).digest('hex')}`,
      // The configuration itself: the local AWS stores no blobs.
      data: config.toString('base64'),
    },
    layers: [],
    annotations: {
      ...(program && programAnnotations(program)),
      ...(findings.length > 0 && findingAnnotations(findings)),
    },
  };
}
