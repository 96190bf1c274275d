import type { Outcome } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { accountOfCredentials } from '../../deployed/account';
import { stackExists } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';

type Configs = Readonly<Record<EnvironmentName, EnvironmentConfig>>;

/**
 * Checks that an account is fit for a rehearsal, which deploys `dev` there and destroys it: the credentials are of this
 * account, and by `lib/config` no environment belongs there, or may be deployed there. An environment without an `account`
 * may be deployed in any. The stacks that exist in the account are read only with `mustBeEmpty`.
 *
 * @param mustBeEmpty - True if no stack of an environment may exist in the account, as before a rehearsal and after it;
 *   false while the rehearsal's own stack may exist.
 */
export async function runRehearsalCheck(
  account: string,
  mustBeEmpty: boolean,
  configs: Configs = environments,
): Promise<Outcome> {
  const refusals = await refusalsFromConfig(account, configs);
  // Stacks are read with the credentials, which must be of this account.
  const mayReadStacks = refusals.length === 0;
  if (mustBeEmpty && mayReadStacks) {
    refusals.push(...(await refusalsFromDeployedStacks(account, configs)));
  }
  if (refusals.length === 0) {
    return { exitCode: 0, stdout: `${account} is for rehearsals.\n`, stderr: '' };
  }
  const items = refusals.map((refusal) => `  - ${refusal}`);
  const text = ['No rehearsal in this account:', ...items, ''].join('\n');
  return { exitCode: 1, stdout: '', stderr: escapeInvisible(text, '\n') };
}

/** Reasons to refuse the account, as the credentials and the config show. */
async function refusalsFromConfig(account: string, configs: Configs): Promise<string[]> {
  // STS reports the same account in every region.
  const [firstConfig] = Object.values(configs);
  const credentialsAccount = await accountOfCredentials(firstConfig?.region ?? '');
  const namesInAccount = namesWithAccount(configs, account);
  const namesWithoutAccount = namesWithAccount(configs, undefined);
  const refusals: string[] = [];
  if (account !== credentialsAccount) {
    refusals.push(`The credentials are of account ${credentialsAccount}, and the rehearsal's is "${account}".`);
  }
  if (namesInAccount.length > 0) {
    refusals.push(`${account} is the account of ${namesInAccount.join(', ')} in lib/config.`);
  }
  if (namesWithoutAccount.length > 0) {
    const names = namesWithoutAccount.join(', ');
    refusals.push(`lib/config has no \`account\` for ${names}, which might be deployed in this one: name them.`);
  }
  return refusals;
}

/** Names of the environments whose config has this account. */
function namesWithAccount(configs: Configs, account: string | undefined): EnvironmentName[] {
  const inAccount = Object.entries(configs).filter(([, config]) => config.account === account);
  return inAccount.map(([environmentName]) => environmentName);
}

/** Reason to refuse an account in which environments are deployed; none if it has no stack of an environment. */
async function refusalsFromDeployedStacks(account: string, configs: Configs): Promise<string[]> {
  const deployedNames = await namesOfDeployedStacks(configs);
  if (deployedNames.length === 0) return [];
  return [`${deployedNames.join(', ')} stands in ${account}. If a rehearsal left it: npx cdk destroy.`];
}

/** Names of the stacks of environments that exist in the account of the credentials, each looked for in its region. */
async function namesOfDeployedStacks(configs: Configs): Promise<string[]> {
  const deployedNames: string[] = [];
  for (const [environmentName, { region }] of Object.entries(configs)) {
    const stackName = stackId(environmentName);
    if (await stackExists(stackName, region)) deployedNames.push(stackName);
  }
  return deployedNames;
}
