import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { configuredSettings } from '../../deployed/configured-settings';
import { settingsReport } from '../../deployed/settings-report';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../../deployed/settings-secret';
import type { EnvironmentName } from '../../program/environment-argument';
import type { Problem } from './problem';

/**
 * Checks that every secret setting of the config has a value, if the environment has, or gets, an image whose tasks read
 * them. Reads which settings have a value, but no value itself, since the role of a release may lack that right.
 *
 * @param stack - `undefined` before the first deployment.
 */
export async function checkSettings(
  environmentName: EnvironmentName,
  config: EnvironmentConfig,
  appTag: string,
  stack: DeployedStack | undefined,
): Promise<Problem> {
  const configured = configuredSettings(config);
  const hasImage = appTag !== '' || Boolean(stack?.parameters[Parameter.appImageTag]);
  if (configured.size === 0 || !hasImage) return undefined;
  const secret = settingsSecretOf(stack);
  const keysWithValue = secret ? await readKeys(environmentName, secret) : new Set<string>();
  const { isComplete, lines } = settingsReport(environmentName, configured, keysWithValue);
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

/** Reads the keys that have a value from the labels of the secret, which are missing if the secret was written by hand. */
async function readKeys(environmentName: EnvironmentName, secret: SettingsSecret): Promise<ReadonlySet<string>> {
  const keys = await secret.readKeys();
  if (keys) return keys;
  throw new CannotTellError(
    `The settings of ${environmentName} were changed by hand, so that nobody knows which there are without reading them. ` +
      `This reads them, and notes it: npm run prooflink -- settings ${environmentName}`,
  );
}
