import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { Parameter } from '../../../lib/contract';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { settingsSecretOf } from '../../deployed/settings-secret';
import type { EnvironmentName } from '../../program/environment-argument';
import { settingsReport, wantedBy } from '../../deployed/wanted-settings';
import { CannotTellError } from '@infra/common/outcome';

/** Only where a task would run can one miss a setting. No value is read: a release need not be trusted with them. */
export async function missingSettings(
  environmentName: EnvironmentName,
  config: EnvironmentConfig,
  app: string,
  stack: DeployedStack | undefined,
): Promise<string | undefined> {
  const wanted = wantedBy(config);
  if (wanted.size === 0 || (app === '' && !stack?.parameters[Parameter.appImageTag])) return undefined;
  const secret = settingsSecretOf(stack);
  const keys = secret ? await secret.keys() : new Set<string>();
  if (!keys) {
    throw new CannotTellError(
      `The settings of ${environmentName} were changed by hand, so that nobody knows which there are without reading them. ` +
        `This reads them, and notes it: npm run prooflink -- settings ${environmentName}`,
    );
  }
  const { isComplete, lines } = settingsReport(environmentName, wanted, keys);
  if (isComplete) return undefined;
  const first =
    `${stackId(environmentName)} has no secret for them yet. ` +
    'Deploy once with settings: { variables: {}, secrets: [] }, which makes it.';
  return ['Secret settings are missing:', ...lines, ...(secret ? [] : [first])].join('\n');
}
