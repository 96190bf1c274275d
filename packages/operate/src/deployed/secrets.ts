import { ResourceNotFoundException, SecretsManager } from '@aws-sdk/client-secrets-manager';
import { undefinedIf } from './aws-errors';
import type { DeployedStack } from './deployed-stack';

/** A secret of Secrets Manager, as far as the caller may read it. */
export interface ReadSecret {
  /** True if it is scheduled for deletion; then it has no value. */
  readonly isDeleted?: boolean;
  /** True if Secrets Manager rotates it. */
  readonly isRotated?: boolean;
  /** `undefined` if the caller may not read it. */
  readonly value?: string;
  /** Moment of its last change. */
  readonly changed?: Date;
}

/** Reads a secret, whose value is never printed. */
export async function readSecret(stack: DeployedStack, SecretId: string): Promise<ReadSecret> {
  const client = stack.client(SecretsManager);
  const { DeletedDate, LastChangedDate, RotationEnabled: isRotated } = await client.describeSecret({ SecretId });
  if (DeletedDate) return { isDeleted: true };
  try {
    const { SecretString = '', CreatedDate } = await client.getSecretValue({ SecretId });
    return { value: SecretString, changed: CreatedDate, isRotated };
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDeniedException')
      return { changed: LastChangedDate, isRotated };
    throw error;
  }
}

export async function existsSecret(stack: DeployedStack, SecretId: string): Promise<boolean> {
  const request = stack.client(SecretsManager).describeSecret({ SecretId });
  return (await request.catch(undefinedIf(ResourceNotFoundException))) !== undefined;
}

/** A version of a secret. */
interface SecretVersion {
  readonly versionId: string;
  readonly value: string;
}

/** Reads the version of a secret that has a staging label; `undefined` if no version has the label. */
export async function readSecretVersion(
  stack: DeployedStack,
  SecretId: string,
  VersionStage: string,
): Promise<SecretVersion | undefined> {
  const request = stack.client(SecretsManager).getSecretValue({ SecretId, VersionStage });
  const version = await request.catch(undefinedIf(ResourceNotFoundException));
  return version && { versionId: version.VersionId ?? '', value: version.SecretString ?? '' };
}
