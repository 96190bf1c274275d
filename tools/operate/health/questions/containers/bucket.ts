import type { Container } from '../../../../deployed/containers';

/** The bucket in a container's environment variables; empty if there is none. */
export function bucketOf({ environment }: Container): string {
  const variable = environment.find(({ name }) => name === 'AWS_S3_BUCKET_NAME');
  return variable?.value ?? '';
}
