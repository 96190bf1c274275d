import type { Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { accountOfCredentials } from '../../deployed/account';
import { readStackIfDeployed } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';

type Configs = Readonly<Record<EnvironmentName, EnvironmentConfig>>;

/**
 * Checks that an account is one to rehearse in: it is that of the credentials, and no environment's. An environment
 * without an account in its config may be deployed into any, so that the check fails.
 *
 * @param mustBeEmpty - True: no environment may exist in the account, either.
 */
export async function runRehearsalCheck(
  account: string,
  mustBeEmpty: boolean,
  configs: Configs = environments,
): Promise<Outcome> {
  const refusals = await refusalsByAccount(account, configs);
  if (mustBeEmpty && refusals.length === 0) {
    refusals.push(...(await refusalsByStacks(account, configs)));
  }
  if (refusals.length === 0) {
    return { exitCode: 0, stdout: `${account} is for rehearsals.\n`, stderr: '' };
  }
  const items = refusals.map((refusal) => `  - ${refusal}`);
  const text = ['No rehearsal in this account:', ...items, ''].join('\n');
  return { exitCode: 1, stdout: '', stderr: visible(text, '\n') };
}

/** Reasons to refuse the account itself. */
async function refusalsByAccount(account: string, configs: Configs): Promise<string[]> {
  const [firstConfig] = Object.values(configs);
  const accountSignedIn = await accountOfCredentials(firstConfig?.region ?? '');
  const environmentsInAccount = namesWithAccount(configs, account);
  const environmentsAnywhere = namesWithAccount(configs, undefined);
  const refusals: string[] = [];
  if (account !== accountSignedIn) {
    refusals.push(`The credentials are of account ${accountSignedIn}, and the rehearsal's is "${account}".`);
  }
  if (environmentsInAccount.length > 0) {
    refusals.push(`${account} is the account of ${environmentsInAccount.join(', ')} in lib/config.`);
  }
  if (environmentsAnywhere.length > 0) {
    const names = environmentsAnywhere.join(', ');
    refusals.push(`lib/config has no \`account\` for ${names}, which might be deployed in this one: name them.`);
  }
  return refusals;
}

function namesWithAccount(configs: Configs, account: string | undefined): string[] {
  const environmentNames = Object.keys(configs) as EnvironmentName[];
  return environmentNames.filter((environmentName) => configs[environmentName].account === account);
}

/** Reason to refuse an account in which environments exist. */
async function refusalsByStacks(account: string, configs: Configs): Promise<string[]> {
  const environmentNames = Object.keys(configs) as EnvironmentName[];
  const stacks = await Promise.all(environmentNames.map(readStackIfDeployed));
  const deployedNames = environmentNames.filter((_, index) => stacks[index]);
  if (deployedNames.length === 0) return [];
  const stackNames = deployedNames.map(stackId).join(', ');
  return [`${stackNames} stands in ${account}. If a rehearsal left it: npx cdk destroy.`];
}
