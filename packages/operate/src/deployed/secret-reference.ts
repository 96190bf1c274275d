/** A secret of Secrets Manager that a container reads as a variable. */
export interface SecretReference {
  readonly secretArn: string;
  /** Key of the secret's JSON object; empty if the variable gets the whole secret. */
  readonly jsonKey: string;
}

/** Parts between colons in the ARN of a secret, `arn:aws:secretsmanager:<region>:<account>:secret:<name>`. */
const PARTS_OF_SECRET_ARN = 7;

/**
 * Reads the `valueFrom` of a container's secret: the secret's ARN, which `:<JSON key>:<version stage>:<version id>` may
 * follow.
 */
export function parseSecretReference(valueFrom = ''): SecretReference {
  const parts = valueFrom.split(':');
  const arnParts = parts.slice(0, PARTS_OF_SECRET_ARN);
  return { secretArn: arnParts.join(':'), jsonKey: parts[PARTS_OF_SECRET_ARN] ?? '' };
}
