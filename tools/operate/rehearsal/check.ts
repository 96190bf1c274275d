import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { accountOfCredentials } from '../../deployed/account';
import type { EnvironmentName } from '../../program/environment-argument';
import { readStackIfDeployed } from '../../deployed/deployed-stack';
import type { Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';

/**
 * True if an account may be rehearsed in: it is the one that was named for it, and no environment's. Where an
 * environment names no account, it may be deployed into any, and the answer is not known.
 */
export async function runRehearsalCheck(
  account: string,
  empty: boolean,
  configs: Readonly<Record<EnvironmentName, EnvironmentConfig>> = environments,
): Promise<Outcome> {
  const [region = ''] = Object.values(configs).map((each) => each.region);
  const here = await accountOfCredentials(region);
  const named = Object.entries(configs);
  const [unnamed, same] = [
    named.filter(([, each]) => each.account === undefined).map(([name]) => name),
    named.filter(([, each]) => each.account === account).map(([name]) => name),
  ];
  const refusals = [
    ...(account === here ? [] : [`The credentials are of account ${here}, and the rehearsal's is "${account}".`]),
    ...(same.length > 0 ? [`${account} is the account of ${same.join(', ')} in lib/config.`] : []),
    ...(unnamed.length > 0
      ? [`lib/config has no \`account\` for ${unnamed.join(', ')}, which might be deployed in this one: name them.`]
      : []),
  ];
  const names = empty && refusals.length === 0 ? (Object.keys(configs) as EnvironmentName[]) : [];
  const stacks = await Promise.all(names.map(readStackIfDeployed));
  const standing = names.filter((_, index) => stacks[index]).map(stackId);
  if (standing.length > 0)
    refusals.push(`${standing.join(', ')} stands in ${account}. If a rehearsal left it: npx cdk destroy.`);
  if (refusals.length === 0) return { exitCode: 0, stdout: `${account} is for rehearsals.\n`, stderr: '' };
  const lines = ['No rehearsal in this account:', ...refusals.map((each) => `  - ${each}`), ''];
  return { exitCode: 1, stdout: '', stderr: visible(lines.join('\n'), '\n') };
}
