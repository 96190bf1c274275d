import type { DeliveryConfig } from './delivery';
import type { EnvironmentConfig } from './environment';
import { capitalize, stackId } from './names';

/** An account with the environments in it that GitHub deploys; `undefined` in a config that is not valid. */
interface DeliveredAccount {
  readonly account: string | undefined;
  readonly names: readonly string[];
  /**
   * Id of the account's ProoflinkDelivery for the CDK CLI, which needs another one for each account:
   * `ProoflinkDeliveryDev`, `ProoflinkDeliveryProd`.
   */
  readonly stackId: string;
}

/** The accounts that hold GitHub's roles, in the order of their environments. */
export function deliveredAccounts(
  delivery: DeliveryConfig,
  environments: Readonly<Record<string, EnvironmentConfig>>,
): DeliveredAccount[] {
  const delivered = Object.entries(environments).filter(([name]) => delivery.environments[name] === true);
  const accounts = [...new Set(delivered.map(([, { account }]) => account))];
  const hasStackPerAccount = accounts.length > 1;
  return accounts.map((account) => {
    const names = delivered.filter(([, config]) => config.account === account).map(([name]) => name);
    const suffix = hasStackPerAccount ? names.map(capitalize).join('') : '';
    return { account, names, stackId: `${stackId('delivery')}${suffix}` };
  });
}

/** The account of an identity provider for GitHub; `undefined` where the ARN is none of such. */
export function providerAccount(arn: string): string | undefined {
  return /^arn:aws:iam::(\d{12}):oidc-provider\/token\.actions\.githubusercontent\.com$/.exec(arn)?.[1];
}
