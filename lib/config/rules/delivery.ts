import { deliveredAccounts, providerAccount } from '../delivered-accounts';
import type { DeliveryConfig } from '../delivery';
import { words } from '../words';
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
    report('reviewLanguage', words.delivery.notLanguage({ language: show(reviewLanguage) }));
  }
  if (repository === undefined) {
    if (applicationRepository !== undefined) {
      report('applicationRepository', words.delivery.noRole({ repository: show(applicationRepository) }));
    }
    return;
  }
  for (const [field, name] of Object.entries({ repository, applicationRepository })) {
    if (name !== undefined) repositoryRules(field, name, report);
  }
  checkRegion(report, region);
  const named = Object.entries(delivery.environments).filter(([, delivered]) => delivered);
  if (named.length === 0) {
    report('environments', words.delivery.noneDelivered);
  }
  for (const name of Object.keys(delivery.environments)) {
    if (!Object.hasOwn(environments, name)) {
      report(`environments.${name}`, words.values.notOneOf({ value: show(name), allowed: Object.keys(environments) }));
    }
  }
  const accounts = deliveredAccounts(delivery, environments);
  for (const name of accounts.find(({ account }) => account === undefined)?.names ?? []) {
    const file = `lib/config/${name}.ts`;
    report(`environments.${name}`, words.delivery.noAccount({ name: show(name), file }));
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
    report(field, words.delivery.notRepository({ name: show(name) }));
  } else if (GIT_ENDING.test(name)) {
    report(field, words.delivery.gitEnding({ name, repository: name.replace(GIT_ENDING, '') }));
  }
}

function providerRules(arns: readonly string[], accounts: readonly (string | undefined)[], report: Report): void {
  const owners: string[] = [];
  for (const [index, arn] of arns.entries()) {
    const field = `existingProviders[${index}]`;
    const owner = providerAccount(arn);
    if (owner === undefined) {
      report(field, words.delivery.notProvider({ arn: show(arn) }));
    } else if (owners.includes(owner)) {
      report(field, words.delivery.secondProvider({ arn }));
    } else if (!accounts.includes(owner) && !accounts.includes(undefined)) {
      const known = accounts.filter((account) => account !== undefined);
      report(field, words.delivery.providerElsewhere({ arn, owner, accounts: known }));
    }
    if (owner !== undefined) owners.push(owner);
  }
}
