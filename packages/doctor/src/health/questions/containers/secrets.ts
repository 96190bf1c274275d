import { isRecord, parseJson } from '@infra/common/values';
import { Variable } from '@infra/commands/app';
import { lastArnPart } from '@infra/operate/deployed/arn';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { readSecret, readSecretVersion } from '@infra/operate/deployed/secrets';
import { parseSecretReference, type SecretReference } from '@infra/operate/deployed/secret-reference';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../../answer';
import type { CheckedContainer } from './container-kind';
import { isRevisionByHand } from './definition';
import { words } from './words';

const SESSION_SECRET_VARIABLE = 'NEXTAUTH_SECRET';

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
  const { pluralName: containers } = kind;
  let hasUnreadableSecret = false;
  for (const { name = '', valueFrom } of container.secrets) {
    const reference = parseSecretReference(valueFrom);
    const { isDeleted, value } = await readSecret(environment, reference.secretArn);
    if (isDeleted) {
      const secretName = words.secrets.secretOf({ containers, variable: name });
      return deletedSecret(environment, reference.secretArn, secretName);
    }
    if (value === undefined) {
      hasUnreadableSecret = true;
      continue;
    }
    const fault = await findFault({ name, reference, value }, checkedContainer);
    if (fault) return fault;
  }
  if (!hasUnreadableSecret) return NOTHING_WRONG;
  const says = words.secrets.unknown({ containers });
  return { ...personMustLook({ says }), missingRights: ['secretsmanager:GetSecretValue'] };
}

/** Answer on a secret that has no value, since its deletion is scheduled. */
export function deletedSecret(environment: Environment, secretArn: string, secretName: string): Answer {
  return wrongAnswer({
    says: words.secrets.isDeleted({ secretName }),
    fix: awsCommand(environment.region, 'secretsmanager restore-secret', `--secret-id ${secretArn}`),
  });
}

/** A wrong answer if a variable would get no value from its secret; `undefined`: it gets one. */
async function findFault(variable: SecretVariable, checkedContainer: CheckedContainer): Promise<Answer | undefined> {
  const { environment, container, kind } = checkedContainer;
  const { pluralName: containers } = kind;
  const { name, reference, value } = variable;
  const { secretArn, jsonKey } = reference;
  const isWholeSecret = jsonKey === '';
  if (isWholeSecret) {
    const isEmpty = value.trim() === '';
    if (!isEmpty) return undefined;
    return wrongAnswer({
      says: words.secrets.isEmpty({ containers, variable: name }),
      fix: rotationChapter(name) ?? commandToWrite(environment, secretArn, '<value>'),
    });
  }
  // Only a revision that was registered by hand reads a key which the stack did not give to its containers.
  const isByHand = await isRevisionByHand(checkedContainer);
  const restoreCommand = isByHand ? kind.restoreCommand(environment, container) : undefined;
  const settings = parseJson(value);
  if (!isRecord(settings)) {
    const secretName = lastArnPart(secretArn);
    return wrongAnswer({
      says: words.secrets.noJson({ containers, secretName, jsonKey }),
      fix: restoreCommand ?? (await commandToRestore(environment, secretArn)),
    });
  }
  if (settings[jsonKey]) return undefined;
  return wrongAnswer({
    says: words.secrets.noValue({ containers, jsonKey }),
    fix: restoreCommand ?? prooflinkCommand(environment.environmentName, 'settings', `set ${jsonKey}`),
  });
}

/** Command that gives a secret a JSON object again: the previous version, or an empty object if that is none. */
async function commandToRestore(environment: Environment, secretArn: string): Promise<string> {
  const current = await readSecretVersion(environment, secretArn, 'AWSCURRENT');
  const previous = await readSecretVersion(environment, secretArn, 'AWSPREVIOUS');
  const hasPrevious = previous !== undefined && isRecord(parseJson(previous.value));
  if (!current || !hasPrevious) {
    return `${commandToWrite(environment, secretArn, "'{}'")}\n${prooflinkCommand(environment.environmentName, 'settings')}`;
  }
  return awsCommand(
    environment.region,
    'secretsmanager update-secret-version-stage',
    `--secret-id ${secretArn} --version-stage AWSCURRENT ` +
      `--remove-from-version-id ${current.versionId} --move-to-version-id ${previous.versionId}`,
  );
}

function commandToWrite(environment: Environment, secretArn: string, value: string): string {
  return awsCommand(
    environment.region,
    'secretsmanager put-secret-value',
    `--secret-id ${secretArn} --secret-string ${value}`,
  );
}

/** Chapter of the runbook on writing a new value of a secret; `undefined` for a secret without one. */
function rotationChapter(variableName: string): string | undefined {
  switch (variableName) {
    case Variable.databaseUrl:
      return words.secrets.rotatePassword;
    case SESSION_SECRET_VARIABLE:
      return words.secrets.rotateSessionSecret;
    default:
      return undefined;
  }
}
