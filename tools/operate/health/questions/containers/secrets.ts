import { isRecord, json } from '@infra/common/values';
import { Variable } from '../../../../../lib/contract';
import { lastPart } from '../../../../deployed/arn';
import { parseSecretReference, type SecretReference } from '../../../../deployed/containers';
import type { Environment } from '../../../../deployed/environment';
import { type Answer, lookAnswer, wrongAnswer } from '../../answer';
import type { ContainerCheck, ContainerKind } from './kind';

/** A variable of a container that comes from Secrets Manager. */
interface SecretVariable {
  readonly name: string;
  readonly reference: SecretReference;
  /** Value of the secret, which is never shown. */
  readonly value: string;
}

/** ECS and Batch refuse a secret that waits for its deletion, and one that lacks a key. */
export const checkSecrets: ContainerCheck = async (environment, container, kind) => {
  let isUnreadable = false;
  for (const { name = '', valueFrom } of container.secrets) {
    const reference = parseSecretReference(valueFrom);
    const { isDeleted, value } = await environment.readSecret(reference.secretArn);
    if (isDeleted) {
      return wrongAnswer(
        `The secret ${name} of the ${kind.noun} waits for its deletion.`,
        environment.awsCommand('secretsmanager restore-secret', `--secret-id ${reference.secretArn}`),
      );
    }
    if (value === undefined) {
      isUnreadable = true;
      continue;
    }
    const fault = checkValue(environment, kind, { name, reference, value });
    if (fault) return fault;
  }
  if (!isUnreadable) return undefined;
  return lookAnswer('The values are not known: your rights do not read secrets (secretsmanager:GetSecretValue).');
};

function checkValue(environment: Environment, { noun }: ContainerKind, variable: SecretVariable): Answer | undefined {
  const { name, reference, value } = variable;
  const { secretArn, jsonKey } = reference;
  const rotated = name === Variable.databaseUrl ? 'the database password' : 'NEXTAUTH_SECRET';
  const chapter = `“Rotating ${rotated}” in docs/runbook.md`;
  if (jsonKey === '') {
    const isEmpty = value.trim() === '';
    return isEmpty ? wrongAnswer(`The secret ${name} of the ${noun} is empty.`, chapter) : undefined;
  }
  const settings = json(value);
  if (!isRecord(settings)) {
    const secretName = lastPart(secretArn);
    return wrongAnswer(`The secret ${secretName}, of which the ${noun} want ${jsonKey}, is no JSON object.`, chapter);
  }
  if (settings[jsonKey]) return undefined;
  return wrongAnswer(
    `The secret setting ${jsonKey} of the ${noun} has no value.`,
    environment.prooflinkCommand('settings', `set ${jsonKey}`),
  );
}
