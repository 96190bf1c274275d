import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { stackId } from '@infra/commands/app';
import { type ConfiguredSettings, configuredSettings } from '../deployed/configured-settings';
import { prooflinkCommand } from '../deployed/printed-commands';
import { noSettingsConfigured, settingsTableWithCommands } from '../deployed/settings-report';
import { readStackIfDeployed } from '../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../deployed/settings-secret';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { words } from './words';

/**
 * Attempts to write a value. Among people who write at the same time, each round of attempts lets one succeed: as many
 * people as this number can write at once.
 */
const MOST_ATTEMPTS = 20;

/** Lists the secret settings that the config has, and says which of them have no value yet. */
export async function listSettings(
  environmentName: EnvironmentName,
  config = configOf(environmentName),
): Promise<Outcome> {
  const configured = configuredSettings(config);
  if (configured.size === 0) {
    return { exitCode: 0, stdout: `${noSettingsConfigured(environmentName)}\n`, stderr: '' };
  }
  const secret = await readSettingsSecret(environmentName);
  const keysWithValue = await readKeysWithValue(secret);
  const { isComplete, lines } = settingsTableWithCommands(environmentName, configured, keysWithValue);
  return { exitCode: isComplete ? 0 : 1, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/**
 * Sets the value of one key; the other keys keep theirs.
 *
 * @param ask - Asks for the value. Called only if the value can be set.
 */
export async function setSetting(
  environmentName: EnvironmentName,
  key: string,
  ask: () => Promise<string>,
  config = configOf(environmentName),
): Promise<Outcome> {
  requireConfigured(environmentName, key, configuredSettings(config));
  const secret = await readSettingsSecret(environmentName);
  // Fails if the rights are missing, before a person types the value.
  await secret.readCurrentVersion();
  const value = await ask();
  if (value === '') {
    throw new CannotTellError(words.noValue({ key }));
  }
  await storeValue(secret, key, value);
  return {
    exitCode: 0,
    stdout: `${words.isSet({ key, restartCommand: prooflinkCommand(environmentName, 'restart') })}\n`,
    stderr: '',
  };
}

function requireConfigured(environmentName: EnvironmentName, key: string, configured: ConfiguredSettings): void {
  if (configured.has(key)) return;
  throw new CannotTellError(words.unknownKey({ environmentName, keys: [...configured.keys()] }));
}

async function readSettingsSecret(environmentName: EnvironmentName): Promise<SettingsSecret> {
  const stack = await readStackIfDeployed(environmentName);
  const secret = settingsSecretOf(stack);
  if (secret) return secret;
  throw new CannotTellError(words.noSecret({ stackName: stackId(environmentName) }));
}

/** Writes a value into the secret, and tries again if another version of the secret was written meanwhile. */
async function storeValue(secret: SettingsSecret, key: string, value: string): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const { values, versionId } = await secret.readCurrentVersion();
    const isStored = await secret.replace(versionId, { ...values, [key]: value });
    if (isStored) return;
  }
  throw new CannotTellError(words.overtaken({ key }));
}

/**
 * Reads the keys that have a value from the labels of the secret. If the secret was written by other means than this
 * program, and has no labels, reads the values instead, and adds the labels for the next time.
 */
async function readKeysWithValue(secret: SettingsSecret): Promise<ReadonlySet<string>> {
  const labelledKeys = await secret.readKeys();
  if (labelledKeys) return labelledKeys;
  const { values, versionId } = await secret.readCurrentVersion();
  await secret.labelWithKeys(values, versionId);
  const keys = Object.keys(values);
  return new Set(keys.filter((key) => values[key]));
}
