import { Variable } from '../../../../../lib/contract';
import { familyAndRevision, lastArnPart } from '../../../../deployed/arn';
import type { Container } from '../../../../deployed/containers';
import { parseImageUri } from '../../../../deployed/image-uri';
import { parseSecretReference } from '../../../../deployed/secret-reference';
import type { Environment } from '../../../../deployed/environment';
import { type Answer, wrongIfAny } from '../../answer';
import { bucketNameOf } from './bucket-name';
import type { CheckedContainer } from './container-kind';

/**
 * Checks that the task definition or job definition refers to resources of the stack. A revision that was registered by
 * hand may name another image, role, bucket, secret or log group.
 */
export function checkDefinition({ environment, container, kind }: CheckedContainer): Answer {
  const definition = familyAndRevision(container.definitionArn);
  return wrongIfAny({
    faults: findForeignParts(environment, container),
    describe: (parts) => `The ${kind.pluralName} run ${definition}, with what the stack did not make: ${parts}.`,
    fix: kind.restoreCommand(environment, container),
  });
}

/** Names the parts of a definition that are missing, or that belong to no resource of the stack. */
function findForeignParts(environment: Environment, container: Container): string[] {
  const { repositoryName } = parseImageUri(container.image);
  const executionRole = lastArnPart(container.executionRoleArn);
  const taskRole = lastArnPart(container.taskRoleArn);
  const bucket = bucketNameOf(container);
  const hasDatabaseUrl = container.secrets.some(({ name }) => name === Variable.databaseUrl);
  const isOfStack = (type: string, physicalId: string) => environment.physicalIdsOf(type).includes(physicalId);

  const parts: string[] = [];
  if (!isOfStack('AWS::ECR::Repository', repositoryName)) {
    parts.push(`the image ${container.image}`);
  }
  if (!isOfStack('AWS::IAM::Role', executionRole)) {
    parts.push(`the execution role ${executionRole || '(none)'}`);
  }
  if (!isOfStack('AWS::IAM::Role', taskRole)) {
    parts.push(`the task role ${taskRole || '(none)'}`);
  }
  if (!isOfStack('AWS::S3::Bucket', bucket)) {
    parts.push(`the bucket ${bucket || '(none)'}`);
  }
  if (!hasDatabaseUrl) parts.push('no DATABASE_URL');
  for (const { valueFrom } of container.secrets) {
    const { secretArn } = parseSecretReference(valueFrom);
    if (!isOfStack('AWS::SecretsManager::Secret', secretArn)) {
      parts.push(`the secret ${lastArnPart(secretArn)}`);
    }
  }
  if (!isOfStack('AWS::Logs::LogGroup', container.logGroup)) {
    parts.push(`the log group ${container.logGroup || '(none)'}`);
  }
  return parts;
}
