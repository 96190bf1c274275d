import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import * as environments from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { accountOfCredentials } from '../../deployed/account';
import { runCdk } from '../../program/cdk-cli';
import type { PreparedPart } from './prepared-part';
import { createServiceLinkedRoles } from './service-linked-roles';

export interface PrepareOptions {
  /** ARNs of policies, separated by commas: the CLI's `--cloudformation-execution-policies`. */
  readonly executionPolicies?: string;
}

type Configs = Readonly<Record<string, EnvironmentConfig>>;

/** Prepares the account of the credentials: the roles first, so that they spread while the bootstrap runs. */
export async function runPrepare(options: PrepareOptions, configs: Configs = environments): Promise<Outcome> {
  const [firstConfig] = Object.values(configs);
  const account = await accountOfCredentials(firstConfig?.region);
  const regions = regionsIn(account, configs);
  const roles = await createServiceLinkedRoles(regions[0]);
  const parts = [...roles];
  if (areReady(roles)) {
    // One after the other, as they are reported.
    for (const region of regions) parts.push(await bootstrap(account, region, options));
  }
  return report(account, roles, parts);
}

function areReady(parts: readonly PreparedPart[]): boolean {
  return parts.every(({ isReady }) => isReady);
}

function report(account: string, roles: readonly PreparedPart[], parts: readonly PreparedPart[]): Outcome {
  const isPrepared = areReady(parts);
  const width = Math.max(...parts.map(({ name }) => name.length));
  const lines = [`Account ${account}:`];
  for (const { name, result } of parts) lines.push(`  ${name.padEnd(width)}  ${result}`);
  if (!isPrepared) {
    lines.push('Not prepared. Once the reason is fixed, call this again.');
  }
  if (roles.some(({ result }) => result === 'made')) {
    lines.push('A role is not in force at once: wait five minutes before the first deploy.');
  }
  return {
    exitCode: isPrepared ? 0 : 1,
    stdout: visible(`${lines.join('\n')}\n`, '\n'),
    stderr: '',
  };
}

/** The regions of the environments that can be deployed into an account. */
function regionsIn(account: string, configs: Configs): [string, ...string[]] {
  const configsOfAccount = Object.values(configs).filter((config) => {
    return config.account === undefined || config.account === account;
  });
  const regions = new Set(configsOfAccount.map(({ region }) => region));
  const [firstRegion, ...otherRegions] = regions;
  if (firstRegion !== undefined) return [firstRegion, ...otherRegions];
  const accounts = Object.entries(configs).map(([name, config]) => `${name} in ${String(config.account)}`);
  throw new CannotTellError(
    `The credentials are of account ${account}, in which lib/config has no environment: ${accounts.join(', ')}.\n` +
      'Sign in to one of these, or change `account` in lib/config.',
  );
}

/** Creates or updates what the CDK CLI deploys with, by `cdk bootstrap`. */
async function bootstrap(
  account: string,
  region: string,
  { executionPolicies }: PrepareOptions,
): Promise<PreparedPart> {
  const name = `CDKToolkit in ${region}`;
  const target = `aws://${account}/${region}`;
  process.stderr.write(`cdk bootstrap ${target}: about a minute in a new account\n`);
  const args = ['bootstrap', target, '--no-color'];
  if (executionPolicies !== undefined) {
    args.push('--cloudformation-execution-policies', executionPolicies);
  }
  // Without a cdk.json the CLI synthesizes no app, which it does not need here.
  const { exitCode, output } = await runCdk(args, { directory: __dirname });
  if (exitCode !== 0) {
    return { name, isReady: false, result: `not made: cdk bootstrap says\n${output.trim()}` };
  }
  const isUnchanged = output.includes('(no changes)');
  return { name, isReady: true, result: isUnchanged ? 'was there' : 'made, or brought up to date' };
}
