import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { type ConfiguredSettings, configuredSettings } from '../../deployed/configured-settings';
import { prooflinkCommand } from '../../deployed/printed-commands';
import { settingsTableWithCommands } from '../../deployed/settings-report';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../../deployed/settings-secret';
import type { EnvironmentName } from '../../program/environment-argument';
import { words } from './words';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';

/**
 * Checks that the secret settings needed after the release have values. Reads which settings have a value, but no value
 * itself, since the role of a release may lack that right.
 *
 * @param stack - `undefined` before the first deployment.
 * @returns The missing settings, with the commands that set them; `undefined` if none is missing.
 */
export async function checkSettings(
  environmentName: EnvironmentName,
  config: EnvironmentConfig,
  options: ReleaseOptions,
  stack: DeployedStack | undefined,
): Promise<Problem | undefined> {
  const neededSettings = settingsNeededAfterRelease(options, config, stack);
  if (neededSettings.size === 0) return undefined;
  const secret = settingsSecretOf(stack);
  const keysWithValue = secret ? await readKeysWithValue(environmentName, secret) : new Set<string>();
  const { isComplete, lines } = settingsTableWithCommands(environmentName, neededSettings, keysWithValue);
  if (isComplete) return undefined;
  const problemLines = [words.settings.missing(), ...lines];
  if (!secret) problemLines.push(words.settings.noSecret({ stackName: stackId(environmentName) }));
  return problemLines.join('\n');
}

/**
 * The secret settings that must have a value after a release, with the containers that read each:
 * - with a web image, all of them. Those of the import jobs, too: before its first release, the tag of the import's image is
 *   `latest`, so that nobody knows if there is an image;
 * - if only the import's image is released, those of the import jobs;
 * - otherwise none.
 */
function settingsNeededAfterRelease(
  { appTag, batchTag }: ReleaseOptions,
  config: EnvironmentConfig,
  stack: DeployedStack | undefined,
): ConfiguredSettings {
  const configured = configuredSettings(config);
  const hasWebImage = Boolean(appTag) || Boolean(stack?.parameters[Parameter.appImageTag]);
  if (hasWebImage) return configured;
  const settingsOfImport = [...configured].filter(([, readers]) => readers.includes('import job'));
  return new Map(batchTag ? settingsOfImport : []);
}

/**
 * Reads the keys of the settings that have a value. Staging labels of the secret's current version list these keys, so that
 * no value has to be read. A version that was written by hand has no such labels.
 */
async function readKeysWithValue(
  environmentName: EnvironmentName,
  secret: SettingsSecret,
): Promise<ReadonlySet<string>> {
  const keys = await secret.readKeys();
  if (keys) return keys;
  // The command in this advice reads the values, and notes their keys in the labels.
  const command = prooflinkCommand(environmentName, 'settings');
  throw new CannotTellError(words.settings.changedByHand({ environmentName, command }));
}
