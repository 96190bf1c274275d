import { type DeliveryConfig, type EnvironmentConfig, stackId } from '@infra/commands/app';

/** Workflows that assume roles in the accounts of environments. */
export const WORKFLOWS_WITH_ACCOUNTS = ['deploy', 'drift', 'release'].map((name) => `.github/workflows/${name}.yml`);

/** Lines on a stack and its account in a call of a workflow. Captures all but the account, and the stack. */
const ACCOUNT_OF_STACK = /(stack: (\w+)\n +account: )'.*'/g;

/** Accounts by the names of environments, as JSON. */
const ACCOUNTS_OF_ENVIRONMENTS = /(?<=ACCOUNTS: ')\{.*\}/;

/**
 * A workflow with the account of each environment that GitHub deploys. Other environments get none, so that their jobs are
 * skipped. A variable of GitHub could be changed by everybody with write access.
 */
export function withAccounts(
  workflow: string,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  delivery: DeliveryConfig,
): string {
  const accounts = new Map<string, string>();
  for (const [name, { account }] of Object.entries(environments)) {
    const isDelivered = delivery.repository !== undefined && delivery.environments[name] === true;
    if (isDelivered && account !== undefined) accounts.set(stackId(name), account);
  }
  return workflow
    .replace(ACCOUNT_OF_STACK, (_, beginning: string, stack: string) => `${beginning}'${accounts.get(stack) ?? ''}'`)
    .replace(ACCOUNTS_OF_ENVIRONMENTS, (json) => {
      const names = Object.keys(JSON.parse(json) as object);
      return JSON.stringify(Object.fromEntries(names.map((name) => [name, accounts.get(stackId(name)) ?? ''])));
    });
}
