import type { EnvironmentConfig } from '../environment';
import { type Report, show } from './check';

/** What environments must not share. Of two, the later one is told. */
export function environmentsRules(
  environments: Readonly<Record<string, EnvironmentConfig>>,
  reportFor: (name: string) => Report,
): void {
  const all = Object.entries(environments);
  for (const [index, [name, config]] of all.entries()) {
    const report = reportFor(name);
    const same = all.slice(0, index).find(([, other]) => other === config);
    if (same) {
      report(
        'name',
        `${show(name)} is the very config of ${show(same[0])}; write one of its own, lib/config/${name}.ts`,
      );
      continue;
    }
    for (const [other, otherConfig] of all) {
      if (other !== name) copiedTexts(config, other, otherConfig, report);
    }
    const budgeted = all.slice(0, index).find(([, { account, budget }]) => budget && account === config.account);
    if (config.budget && budgeted) {
      report('budget', `the budget of ${show(budgeted[0])} counts this account's costs already; write undefined`);
    }
    const domainName = config.loadBalancer.domain?.domainName;
    const taken = all.slice(0, index).find(([, { loadBalancer }]) => loadBalancer.domain?.domainName === domainName);
    if (domainName !== undefined && taken) {
      report(
        'loadBalancer.domain.domainName',
        `${show(domainName)} is the name of ${show(taken[0])} already; write another one, which DNS gives to one only`,
      );
    }
  }
}

/** Texts that a copied file brought along, and that still speak of the environment from which it was copied. */
function copiedTexts(config: EnvironmentConfig, other: string, otherConfig: EnvironmentConfig, report: Report): void {
  const theirs = new Map(textsOf(otherConfig));
  for (const [field, text] of textsOf(config)) {
    if (theirs.get(field) === text && wordsOf(text).some((word) => word === other || word === `prooflink${other}`)) {
      report(field, `${show(text)} was copied, and speaks of ${show(other)}; write what is so here`);
    }
  }
}

/** Every text of a config by its field; a safeguard's reason is the field's own. */
function textsOf(value: unknown, path = ''): [field: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  // Objects of the CDK's classes, such as a duration, have no text of a person's.
  if (typeof value !== 'object' || value === null || ![Object, Array].includes(value.constructor as never)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'off') return textsOf(inner, path);
    return textsOf(inner, Array.isArray(value) ? `${path}[${key}]` : [path, key].filter(Boolean).join('.'));
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[^a-z0-9]+/);
}
