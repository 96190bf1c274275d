import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Environment } from '../environment/environment';

/** What is in a secret, which is never told; no value where the rights to look at an environment do not read it. */
export async function readSecret(it: Environment, SecretId: string) {
  const client = it.client(SecretsManagerClient);
  const { DeletedDate, LastChangedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
  if (DeletedDate) return { isDeleted: true };
  try {
    const { SecretString = '', CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId }));
    return { value: SecretString, changed: CreatedDate };
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDeniedException') return { changed: LastChangedDate };
    throw error;
  }
}
