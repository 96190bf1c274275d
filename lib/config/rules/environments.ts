import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { type Report, show } from './check';

/** Values that environments must not share. The later of two is reported. */
export function environmentsRules(
  environments: Readonly<Record<string, EnvironmentConfig>>,
  reportFor: (name: string) => Report,
): void {
  const all = Object.entries(environments);
  for (const [index, [name, config]] of all.entries()) {
    const report = reportFor(name);
    const same = all.slice(0, index).find(([, other]) => other === config);
    if (same) {
      const file = `lib/config/${name}.ts`;
      report('name', words.environments.sameConfig({ name: show(name), other: show(same[0]), file }));
      continue;
    }
    const budgeted = all.slice(0, index).find(([, { account, budget }]) => budget && account === config.account);
    if (config.budget && budgeted) {
      report('budget', words.environments.secondBudget({ other: show(budgeted[0]) }));
    }
    const domainName = config.loadBalancer.domain?.domainName;
    const taken = all.slice(0, index).find(([, { loadBalancer }]) => loadBalancer.domain?.domainName === domainName);
    if (domainName !== undefined && taken) {
      report(
        'loadBalancer.domain.domainName',
        words.environments.takenDomain({ domain: show(domainName), other: show(taken[0]) }),
      );
    }
    zoneRules(config, all.slice(0, index), report);
  }
}

/** A hosted zone has one name (docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html). */
function zoneRules(
  { loadBalancer: { domain } }: EnvironmentConfig,
  earlier: readonly (readonly [name: string, config: EnvironmentConfig])[],
  report: Report,
): void {
  if (!domain) return;
  const { hostedZoneId: id, hostedZoneName: zone } = domain;
  for (const [name, { loadBalancer }] of earlier) {
    const other = loadBalancer.domain;
    if (other?.hostedZoneId !== id || other.hostedZoneName === zone) continue;
    report(
      'loadBalancer.domain.hostedZoneId',
      words.environments.zoneOfAnotherName({
        id: show(id),
        other: show(other.hostedZoneName),
        environment: show(name),
        zone: show(zone),
      }),
    );
    return;
  }
}
