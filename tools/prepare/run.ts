import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { accountOfCredentials } from '../shared/account';
import { bootstrap } from './bootstrap';
import { makeServiceLinkedRoles } from './service-linked-roles';

export interface PrepareOptions {
  /** ARNs of policies, separated by commas: the CLI's `--cloudformation-execution-policies`. */
  readonly executionPolicies?: string;
}

/** Prepares the account of the credentials: the roles first, so that they spread while the bootstrap runs. */
export async function runPrepare(
  options: PrepareOptions,
  configs: Readonly<Record<string, EnvironmentConfig>> = environments,
): Promise<Outcome> {
  const account = await accountOfCredentials(Object.values(configs)[0]?.region);
  const regions = regionsIn(account, configs);
  const roles = await makeServiceLinkedRoles(regions[0]);
  const steps = roles.every(({ done }) => done)
    ? [...roles, ...regions.map((region) => bootstrap(account, region, options))]
    : roles;
  const width = Math.max(...steps.map(({ what }) => what.length));
  const lines = [
    `Account ${account}:`,
    ...steps.map(({ what, says }) => `  ${what.padEnd(width)}  ${says}`),
    ...(steps.every(({ done }) => done) ? [] : ['Not prepared. Once the reason is fixed, call this again.']),
    ...(roles.some(({ says }) => says === 'made')
      ? ['A role is not in force at once: wait five minutes before the first deploy.']
      : []),
  ];
  return {
    exitCode: steps.every(({ done }) => done) ? 0 : 1,
    stdout: visible(`${lines.join('\n')}\n`, '\n'),
    stderr: '',
  };
}

/** The regions of the environments that can be deployed into an account. */
function regionsIn(account: string, configs: Readonly<Record<string, EnvironmentConfig>>): [string, ...string[]] {
  const here = Object.values(configs).filter((config) => (config.account ?? account) === account);
  const [first, ...rest] = new Set(here.map(({ region }) => region));
  if (first !== undefined) return [first, ...rest];
  const elsewhere = Object.entries(configs).map(([name, config]) => `${name} in ${String(config.account)}`);
  throw new CannotTellError(
    `The credentials are of account ${account}, in which lib/config has no environment: ${elsewhere.join(', ')}.\n` +
      'Sign in to one of these, or change `account` in lib/config.',
  );
}
