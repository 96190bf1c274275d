import { isRecord, parseJson } from '@infra/common/values';
import { Variable } from '../../../../../lib/contract';
import { lastArnPart } from '../../../../deployed/arn';
import { parseSecretReference, type SecretReference } from '../../../../deployed/secret-reference';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../../answer';
import type { CheckedContainer } from './container-kind';

/** A variable that a container gets from Secrets Manager. */
interface SecretVariable {
  readonly name: string;
  readonly reference: SecretReference;
  /** Value of the secret, which is never shown. */
  readonly value: string;
}

/**
 * Checks that each secret of a container has a value. ECS and AWS Batch start no container with a secret that waits for
 * its deletion, or whose JSON object lacks the key of a variable.
 */
export async function checkSecrets(checkedContainer: CheckedContainer): Promise<Answer> {
  const { environment, container, kind } = checkedContainer;
  let hasUnreadableSecret = false;
  for (const { name = '', valueFrom } of container.secrets) {
    const reference = parseSecretReference(valueFrom);
    const { isDeleted, value } = await environment.readSecret(reference.secretArn);
    if (isDeleted) {
      return wrongAnswer({
        says: `The secret ${name} of the ${kind.pluralName} waits for its deletion.`,
        fix: environment.awsCommand('secretsmanager restore-secret', `--secret-id ${reference.secretArn}`),
      });
    }
    if (value === undefined) {
      hasUnreadableSecret = true;
      continue;
    }
    const fault = findFault({ name, reference, value }, checkedContainer);
    if (fault) return fault;
  }
  if (!hasUnreadableSecret) return NOTHING_WRONG;
  return personMustLook({
    says: 'The values are not known: your rights do not read secrets (secretsmanager:GetSecretValue).',
  });
}

/** A wrong answer if a variable would get no value from its secret; `undefined`: it gets one. */
function findFault(variable: SecretVariable, { environment, kind }: CheckedContainer): Answer | undefined {
  const { name, reference, value } = variable;
  const { secretArn, jsonKey } = reference;
  const isWholeSecret = jsonKey === '';
  if (isWholeSecret) {
    const isEmpty = value.trim() === '';
    if (!isEmpty) return undefined;
    return wrongAnswer({
      says: `The secret ${name} of the ${kind.pluralName} is empty.`,
      fix: rotationChapter(name),
    });
  }
  const settings = parseJson(value);
  if (!isRecord(settings)) {
    const secretName = lastArnPart(secretArn);
    return wrongAnswer({
      says: `The secret ${secretName}, of which the ${kind.pluralName} want ${jsonKey}, is no JSON object.`,
      fix: rotationChapter(name),
    });
  }
  if (settings[jsonKey]) return undefined;
  return wrongAnswer({
    says: `The secret setting ${jsonKey} of the ${kind.pluralName} has no value.`,
    fix: environment.prooflinkCommand('settings', `set ${jsonKey}`),
  });
}

/** Chapter of the runbook on writing a new value of a secret. Only the session secret and DATABASE_URL have one. */
function rotationChapter(variableName: string): string {
  const rotated = variableName === Variable.databaseUrl ? 'the database password' : 'NEXTAUTH_SECRET';
  return `“Rotating ${rotated}” in docs/runbook.md`;
}
