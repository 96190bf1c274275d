import { deliveredAccounts, providerAccount } from '../delivered-accounts';
import type { DeliveryConfig } from '../delivery';
import { en } from '../en';
import type { EnvironmentConfig } from '../environment';
import { checkRegion, type Report, show } from './check';

/** Names that GitHub allows, with both ids or none: no character that IAM would read as a pattern or as a variable. */
const REPOSITORY = /^([\w-]{1,39}\/[\w.-]{1,100}|[\w-]{1,39}@\d+\/[\w.-]{1,100}@\d+)$/;

/** Repositories, providers, and environments, each with its account. */
export function deliveryRules(
  delivery: DeliveryConfig,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  report: Report,
): void {
  const { repository, applicationRepository, region, reviewLanguage } = delivery;
  if (!['en', 'ja'].includes(reviewLanguage)) {
    report('reviewLanguage', `${show(reviewLanguage)} is no language of the review; write en or ja`);
  }
  if (repository === undefined) {
    if (applicationRepository !== undefined) {
      report(
        'applicationRepository',
        `${show(applicationRepository)} gets no role as long as repository is undefined; write both, or neither`,
      );
    }
    return;
  }
  for (const [field, name] of Object.entries({ repository, applicationRepository })) {
    if (name !== undefined) repositoryRules(field, name, report);
  }
  checkRegion(report, region);
  const named = Object.entries(delivery.environments).filter(([, delivered]) => delivered);
  if (named.length === 0) {
    report('environments', 'none is true; write true for one, or undefined for the repository');
  }
  for (const name of Object.keys(delivery.environments)) {
    if (!Object.hasOwn(environments, name)) {
      report(`environments.${name}`, `${show(name)} is not one of ${Object.keys(environments).join(', ')}`);
    }
  }
  const accounts = deliveredAccounts(delivery, environments);
  for (const name of accounts.find(({ account }) => account === undefined)?.names ?? []) {
    report(
      `environments.${name}`,
      `${show(name)} is delivered and has no account; write its number into account of lib/config/${name}.ts: GitHub's ` +
        'variables name the roles, and a role of another account is refused by it',
    );
  }
  providerRules(
    delivery.existingProviders,
    accounts.map(({ account }) => account),
    report,
  );
}

/** The ending of a clone's URL: GitHub takes it off a new repository's name (github.com/github/docs/issues/44518). */
const GIT_ENDING = /\.git(?=(@\d+)?$)/;

function repositoryRules(field: string, name: string, report: Report): void {
  if (!REPOSITORY.test(name) || /\/\.{1,2}$/.test(name)) {
    report(
      field,
      `${show(name)} is not a repository; write owner/name or owner@1234/name@5678, as GitHub's tokens have it`,
    );
  } else if (GIT_ENDING.test(name)) {
    report(field, en.gitEnding({ name, repository: name.replace(GIT_ENDING, '') }));
  }
}

function providerRules(arns: readonly string[], accounts: readonly (string | undefined)[], report: Report): void {
  const owners: string[] = [];
  for (const [index, arn] of arns.entries()) {
    const field = `existingProviders[${index}]`;
    const owner = providerAccount(arn);
    if (owner === undefined) {
      report(
        field,
        `${show(arn)} is not a provider of GitHub's tokens; write an ARN such as ` +
          'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com, or leave it out',
      );
    } else if (owners.includes(owner)) {
      report(field, `${arn} is a second one, and an account can have one; write the one of each account only`);
    } else if (!accounts.includes(owner) && !accounts.includes(undefined)) {
      report(field, `${arn} is of account ${owner}, and the environments of ${accounts.join(', ')}; leave it out`);
    }
    if (owner !== undefined) owners.push(owner);
  }
}
