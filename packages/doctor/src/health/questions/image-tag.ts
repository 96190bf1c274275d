import { lastArnPart } from '@infra/operate/deployed/arn';

/** Tag in an image's URI, `…/<repository>:<tag>`; for a URI with a digest, the digits of the digest. */
export function tagInUri(imageUri: string | undefined): string {
  // The URI separates its last part as an ARN does, by a colon or a slash.
  return lastArnPart(imageUri);
}
