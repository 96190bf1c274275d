import { Part, type StackPart, Variable } from '../../../../../lib/contract';
import { familyAndRevision, lastArnPart } from '../../../../deployed/arn';
import { allPhysicalIds } from '../../../../deployed/deployed-stack';
import { parseImageUri } from '../../../../deployed/image-uri';
import { parseSecretReference } from '../../../../deployed/secret-reference';
import { type Answer, wrongIfAny } from '../../answer';
import { bucketNameOf } from './bucket-name';
import type { CheckedContainer } from './container-kind';

/**
 * Checks that the task definition or job definition refers to the parts that the stack has for it. A revision that was
 * registered by hand may name another image, role, bucket, secret or log group.
 */
export function checkDefinition(checkedContainer: CheckedContainer): Answer {
  const { environment, container, kind } = checkedContainer;
  const definition = familyAndRevision(container.definitionArn);
  return wrongIfAny({
    faults: findForeignParts(checkedContainer),
    describe: (parts) =>
      `The ${kind.pluralName} run ${definition}, with what the stack did not make for them: ${parts}.`,
    fix: kind.restoreCommand(environment, container),
  });
}

/** Names the parts of a definition that are missing, or that the stack has not made for these containers. */
function findForeignParts({ environment, container, kind }: CheckedContainer): string[] {
  const { repository, executionRole, taskRole, logGroup } = kind.parts;
  const { repositoryName } = parseImageUri(container.image);
  const executionRoleName = lastArnPart(container.executionRoleArn);
  const taskRoleName = lastArnPart(container.taskRoleArn);
  const bucket = bucketNameOf(container);
  const hasDatabaseUrl = container.secrets.some(({ name }) => name === Variable.databaseUrl);
  // A team may give its containers further secrets of the stack.
  const secretArns = allPhysicalIds(environment, Part.connectionUrlSecret.type);
  const isPart = (part: StackPart, physicalId: string) => environment.physicalIdOf(part) === physicalId;

  const parts: string[] = [];
  if (!isPart(repository, repositoryName)) {
    parts.push(`the image ${container.image}`);
  }
  if (!isPart(executionRole, executionRoleName)) {
    parts.push(`the execution role ${executionRoleName || '(none)'}`);
  }
  if (!isPart(taskRole, taskRoleName)) {
    parts.push(`the task role ${taskRoleName || '(none)'}`);
  }
  if (!isPart(Part.bucket, bucket)) {
    parts.push(`the bucket ${bucket || '(none)'}`);
  }
  if (!hasDatabaseUrl) parts.push('no DATABASE_URL');
  for (const { valueFrom } of container.secrets) {
    const { secretArn } = parseSecretReference(valueFrom);
    if (!secretArns.includes(secretArn)) {
      parts.push(`the secret ${lastArnPart(secretArn)}`);
    }
  }
  if (!isPart(logGroup, container.logGroup)) {
    parts.push(`the log group ${container.logGroup || '(none)'}`);
  }
  return parts;
}
