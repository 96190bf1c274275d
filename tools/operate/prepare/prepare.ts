import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { accountOfCredentials } from '../../deployed/account';
import { cdk } from '../../program/cdk-cli';
import { makeServiceLinkedRoles, type Step } from './service-linked-roles';

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

/** Makes what the CDK CLI deploys with, by `cdk bootstrap`, or brings it up to date. */
function bootstrap(account: string, region: string, { executionPolicies: policies }: PrepareOptions): Step {
  const environmentName = `aws://${account}/${region}`;
  process.stderr.write(`cdk bootstrap ${environmentName}: about a minute in a new account\n`);
  const narrowed = policies === undefined ? [] : ['--cloudformation-execution-policies', policies];
  // Without a cdk.json the CLI synthesizes no app, which it does not need here.
  const { exitCode, output } = cdk(['bootstrap', environmentName, '--no-color', ...narrowed], { cwd: __dirname });
  const what = `CDKToolkit in ${region}`;
  if (exitCode !== 0) return { what, done: false, says: `not made: cdk bootstrap says\n${output.trim()}` };
  return { what, done: true, says: output.includes('(no changes)') ? 'was there' : 'made, or brought up to date' };
}
