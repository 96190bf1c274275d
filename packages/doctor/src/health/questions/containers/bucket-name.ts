import type { Container } from '@infra/operate/deployed/containers';

/** Environment variable from which the application reads the name of its bucket. */
const BUCKET_VARIABLE = 'AWS_S3_BUCKET_NAME';

/** Name of a container's bucket, from its environment variables; empty if they name none. */
export function bucketNameOf({ variables }: Container): string {
  const variable = variables.find(({ name }) => name === BUCKET_VARIABLE);
  return variable?.value ?? '';
}
