import type { Outcome } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { accountOfCredentials } from '../../deployed/account';
import { readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';

type Configs = Readonly<Record<EnvironmentName, EnvironmentConfig>>;

/**
 * Checks that an account is fit for a rehearsal, which deploys `dev` there and destroys it: the credentials are of this
 * account, and no environment of `lib/config` is, or may be, deployed in it. An environment without an `account` may be
 * deployed in any.
 *
 * @param mustBeEmpty - True if stacks of environments must not exist in the account yet.
 */
export async function runRehearsalCheck(
  account: string,
  mustBeEmpty: boolean,
  configs: Configs = environments,
): Promise<Outcome> {
  const refusals = await refusalsByAccount(account, configs);
  // Stacks are read with the credentials, which must be of this account.
  if (mustBeEmpty && refusals.length === 0) {
    refusals.push(...(await refusalsByStacks(account, configs)));
  }
  if (refusals.length === 0) {
    return { exitCode: 0, stdout: `${account} is for rehearsals.\n`, stderr: '' };
  }
  const items = refusals.map((refusal) => `  - ${refusal}`);
  const text = ['No rehearsal in this account:', ...items, ''].join('\n');
  return { exitCode: 1, stdout: '', stderr: escapeInvisible(text, '\n') };
}

/** Reasons to refuse the account, as the credentials and the config show. */
async function refusalsByAccount(account: string, configs: Configs): Promise<string[]> {
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
  const environmentNames = Object.keys(configs) as EnvironmentName[];
  return environmentNames.filter((environmentName) => configs[environmentName].account === account);
}

/** Reason to refuse an account in which environments are deployed; none if it has no stack of an environment. */
async function refusalsByStacks(account: string, configs: Configs): Promise<string[]> {
  const environmentNames = Object.keys(configs) as EnvironmentName[];
  const stacks = await Promise.all(environmentNames.map(readStackIfDeployed));
  const deployedNames = environmentNames.filter((_, index) => stacks[index] !== undefined);
  if (deployedNames.length === 0) return [];
  const stackNames = deployedNames.map(stackId).join(', ');
  return [`${stackNames} stands in ${account}. If a rehearsal left it: npx cdk destroy.`];
}
