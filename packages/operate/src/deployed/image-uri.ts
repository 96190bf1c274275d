import type { ImageIdentifier } from '@aws-sdk/client-ecr';

/** An image in ECR. */
export interface ImageName {
  readonly repositoryName: string;
  /** Tag or digest. */
  readonly reference: string;
}

/** `123456789012.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or with `@sha256:…`. */
const ECR_IMAGE_URI = /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)[:@](.+)$/;

/** Repository and reference of an image's URI. Both are empty if the image is not in ECR. */
export function parseImageUri(uri: string): ImageName {
  const [, repositoryName = '', reference = ''] = ECR_IMAGE_URI.exec(uri) ?? [];
  return { repositoryName, reference };
}

/** Reference to an image in a request to ECR, which has a field each for tags and digests. */
export function imageIdOf(reference: string): ImageIdentifier {
  return reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference };
}
