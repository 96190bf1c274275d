import { CannotTellError } from '@infra/common/outcome';
import { Parameter } from '@infra/commands/app';
import type { ConfiguredSettings } from '../deployed/configured-settings';
import { prooflinkCommand } from '../deployed/printed-commands';
import { settingsTableWithCommands } from '../deployed/settings-report';
import type { DeployedStack } from '../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../deployed/settings-secret';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { deployedSettings } from './deployed-settings';
import { words } from './words';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';
import type { StackUpdate } from './stack-update';

/**
 * Checks that the secret settings needed after the release have values. Reads which settings have a value, but no value
 * itself, since the role of a release may lack that right.
 *
 * @returns The missing settings, with the commands that set them; `undefined` if none is missing.
 */
export async function checkSettings({
  environmentName,
  options,
  stack,
}: Pick<StackUpdate, 'environmentName' | 'options' | 'stack'>): Promise<Problem | undefined> {
  const neededSettings = settingsNeededAfterRelease(options, stack);
  const secret = settingsSecretOf(stack);
  if (neededSettings.size === 0 || secret === undefined) return undefined;
  const keysWithValue = await readKeysWithValue(environmentName, secret);
  const { isComplete, lines } = settingsTableWithCommands(environmentName, neededSettings, keysWithValue);
  return isComplete ? undefined : [words.settings.missing, ...lines].join('\n');
}

/**
 * The secret settings that must have a value after a release, with the containers that read each:
 * - with a web image, all of them. Those of the import jobs, too: before its first release, the tag of the import's image is
 *   `latest`, so that nobody knows if there is an image;
 * - if only the import's image is released, those of the import jobs;
 * - otherwise none.
 */
function settingsNeededAfterRelease({ appTag, batchTag }: ReleaseOptions, stack: DeployedStack): ConfiguredSettings {
  const settings = deployedSettings(stack);
  const hasWebImage = Boolean(appTag) || Boolean(stack.parameters[Parameter.appImageTag]);
  if (hasWebImage) return settings;
  const settingsOfImport = [...settings].filter(([, readers]) => readers.has('import job'));
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
