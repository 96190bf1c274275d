import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import { configuredSettings, settingsReport } from '../../deployed/configured-settings';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { type SettingsSecret, settingsSecretOf } from '../../deployed/settings-secret';
import type { EnvironmentName } from '../../program/environment-argument';
import type { Problem } from './problem';

/**
 * Checks that every secret setting of the config has a value, if the release starts tasks that read it. No value is read:
 * a release need not have that right.
 */
export async function checkSettings(
  environmentName: EnvironmentName,
  config: EnvironmentConfig,
  app: string,
  stack: DeployedStack | undefined,
): Promise<Problem> {
  const configured = configuredSettings(config);
  const hasImage = app !== '' || Boolean(stack?.parameters[Parameter.appImageTag]);
  if (configured.size === 0 || !hasImage) return undefined;
  const secret = settingsSecretOf(stack);
  const keysWithValue = secret ? await readKeys(environmentName, secret) : new Set<string>();
  const { isComplete, lines } = settingsReport(environmentName, configured, keysWithValue);
  if (isComplete) return undefined;
  const problem = ['Secret settings are missing:', ...lines];
  if (!secret) {
    problem.push(
      `${stackId(environmentName)} has no secret for them yet. ` +
        'Deploy once with settings: { variables: {}, secrets: [] }, which makes it.',
    );
  }
  return problem.join('\n');
}

async function readKeys(environmentName: EnvironmentName, secret: SettingsSecret): Promise<ReadonlySet<string>> {
  const keys = await secret.keys();
  if (keys) return keys;
  throw new CannotTellError(
    `The settings of ${environmentName} were changed by hand, so that nobody knows which there are without reading them. ` +
      `This reads them, and notes it: npm run prooflink -- settings ${environmentName}`,
  );
}
