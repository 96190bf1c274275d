import { CannotTellError, type Outcome } from '@infra/common/outcome';
import * as environments from '../../../lib/config';
import { stackId } from '../../../lib/config/names';
import {
  type ConfiguredSettings,
  configuredSettings,
  noSettingsConfigured,
  settingsReport,
} from '../../deployed/configured-settings';
import { readStackIfDeployed } from '../../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../../deployed/settings-secret';
import type { EnvironmentName } from '../../program/environment-argument';

/** Concurrent writers: one succeeds at each attempt. */
const ATTEMPTS = 20;

/** Lists the keys that the containers read, and those of them that have no value yet. */
export async function listSettings(
  environmentName: EnvironmentName,
  config = environments[environmentName],
): Promise<Outcome> {
  const configured = configuredSettings(config);
  if (configured.size === 0) {
    return { exitCode: 0, stdout: `${noSettingsConfigured(environmentName)}\n`, stderr: '' };
  }
  const secret = await readSettingsSecret(environmentName);
  const keysWithValue = await readKeysWithValue(secret);
  const { isComplete, lines } = settingsReport(environmentName, configured, keysWithValue);
  return { exitCode: isComplete ? 0 : 1, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/** Sets one key and leaves the others as they are. */
export async function setSetting(
  environmentName: EnvironmentName,
  key: string,
  ask: () => Promise<string>,
  config = environments[environmentName],
): Promise<Outcome> {
  requireConfigured(environmentName, key, configuredSettings(config));
  const secret = await readSettingsSecret(environmentName);
  // A person types the value only if it can be set.
  await secret.read();
  const value = await ask();
  if (value === '') {
    throw new CannotTellError(`No value was given; ${key} stays as it was.`);
  }
  await store(secret, key, value);
  return {
    exitCode: 0,
    stdout: `${key} is set. Containers read it when they start: from the next release or new task on.\n`,
    stderr: '',
  };
}

function requireConfigured(environmentName: EnvironmentName, key: string, configured: ConfiguredSettings): void {
  if (configured.has(key)) return;
  const keys = [...configured.keys()];
  const choice = keys.length > 0 ? `It wants: ${keys.join(', ')}.` : 'It wants none.';
  throw new CannotTellError(
    `${environmentName} wants no secret setting ${key}. ${choice} ` +
      `Names stand in settings.secrets of lib/config/${environmentName}.ts.`,
  );
}

async function readSettingsSecret(environmentName: EnvironmentName): Promise<SettingsSecret> {
  const stack = await readStackIfDeployed(environmentName);
  const secret = settingsSecretOf(stack);
  if (secret) return secret;
  const stackName = stackId(environmentName);
  throw new CannotTellError(
    `${stackName} has no secret for settings yet. Deploy it once without a new image: npx cdk deploy ${stackName}`,
  );
}

/** Writes a key into the secret, again if another writer comes between. */
async function store(secret: SettingsSecret, key: string, value: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { values, version } = await secret.read();
    const isStored = await secret.replace(version, { ...values, [key]: value });
    if (isStored) return;
  }
  throw new CannotTellError(`${key} is not set: somebody else set other settings each time. Set it again.`);
}

/** Reads the keys that have a value. Values that were changed by hand are read, and labelled with their keys. */
async function readKeysWithValue(secret: SettingsSecret): Promise<ReadonlySet<string>> {
  const labelledKeys = await secret.keys();
  if (labelledKeys) return labelledKeys;
  const { values, version } = await secret.read();
  await secret.labelWithKeys(values, version);
  const keys = Object.keys(values);
  return new Set(keys.filter((key) => values[key]));
}
