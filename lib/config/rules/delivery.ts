import type { DeliveryConfig } from '../delivery';
import type { EnvironmentConfig } from '../environment';
import { checkAccount, checkDistinct, checkRegion, type Report, show } from './check';

/** What GitHub allows in names, with both ids or none: nothing that IAM would read as a pattern or as a variable. */
const REPOSITORY = /^([\w-]{1,39}\/[\w.-]{1,100}|[\w-]{1,39}@\d+\/[\w.-]{1,100}@\d+)$/;

const PROVIDER_ARN = /^arn:aws:iam::(\d{12}):oidc-provider\/token\.actions\.githubusercontent\.com$/;

/** Repository, provider, and environments that one stack's roles can reach. */
export function deliveryRules(
  delivery: DeliveryConfig,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  report: Report,
): void {
  const { repository, provider, account, region } = delivery;
  if (repository === undefined) return;
  if (!REPOSITORY.test(repository) || /\/\.{1,2}$/.test(repository)) {
    report(
      'repository',
      `${show(repository)} is not a repository; write owner/name or owner@1234/name@5678, as GitHub's tokens have it`,
    );
  }
  checkAccount(report, account);
  checkRegion(report, region);
  if (provider !== 'create') providerRules(provider.arn, account, report);
  environmentRules(delivery, environments, report);
}

function providerRules(arn: string, account: string | undefined, report: Report): void {
  const owner = PROVIDER_ARN.exec(arn)?.[1];
  if (owner === undefined) {
    report(
      'provider.arn',
      `${show(arn)} is not a provider of GitHub's tokens; write 'create', or an ARN such as ` +
        'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
    );
  } else if (account !== undefined && owner !== account) {
    report(
      'provider.arn',
      `${arn} is of account ${owner}, and delivery of ${show(account)}; write one of the same account, or 'create'`,
    );
  }
}

function environmentRules(
  delivery: DeliveryConfig,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  report: Report,
): void {
  if (delivery.environments.length === 0)
    report('environments', '[] names no environment; name one, or write undefined for the repository');
  for (const [index, name] of delivery.environments.entries()) {
    const field = `environments[${index}]`;
    const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
    if (!environment) report(field, `${show(name)} is not one of ${Object.keys(environments).join(', ')}`);
    if (environment?.account !== undefined && environment.account !== delivery.account) {
      report(
        field,
        `${show(name)} is of account ${show(environment.account)}, and delivery of ` +
          `${show(delivery.account ?? "the credentials' own")}; one stack reaches one account ` +
          '(docs/decisions/0011)',
      );
    }
  }
  checkDistinct(report, 'environments', delivery.environments);
}
