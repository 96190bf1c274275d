import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { type ConfiguredSettings, configuredSettings } from '../../deployed/configured-settings';
import { settingsTableWithCommands } from '../../deployed/settings-report';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../../deployed/settings-secret';
import type { EnvironmentName } from '../../program/environment-argument';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';

/**
 * Checks that each secret setting has a value if a container that reads it has an image after the release. Reads which
 * settings have a value, but no value itself, since the role of a release may lack that right.
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
  const neededSettings = settingsNeededAfter(options, config, stack);
  if (neededSettings.size === 0) return undefined;
  const secret = settingsSecretOf(stack);
  const keysWithValue = secret ? await readKeysWithValue(environmentName, secret) : new Set<string>();
  const { isComplete, lines } = settingsTableWithCommands(environmentName, neededSettings, keysWithValue);
  if (isComplete) return undefined;
  const problemLines = ['Secret settings are missing:', ...lines];
  if (!secret) {
    problemLines.push(
      `${stackId(environmentName)} has no secret for them yet. ` +
        'Deploy once with settings: { variables: {}, secrets: [] }, which makes it.',
    );
  }
  return problemLines.join('\n');
}

/**
 * The settings that containers read after a release:
 * - all of them, if a web image is released or deployed;
 * - those of the import jobs, if only the import's image is released;
 * - none without an image. A deployed image of the import cannot be recognized: until one is released, its tag is `latest`,
 *   which may have been pushed or not.
 */
function settingsNeededAfter(
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
 * Reads the keys of the settings that have a value. The secret's labels name these keys, so that no value has to be read.
 * A secret that was changed by hand in AWS has no such labels.
 */
async function readKeysWithValue(
  environmentName: EnvironmentName,
  secret: SettingsSecret,
): Promise<ReadonlySet<string>> {
  const keys = await secret.readKeys();
  if (keys) return keys;
  // The command in this advice reads the values, and notes their keys in the labels.
  throw new CannotTellError(
    `The settings of ${environmentName} were changed by hand, so that nobody knows which there are without reading them. ` +
      `This reads them, and notes it: npm run prooflink -- settings ${environmentName}`,
  );
}
