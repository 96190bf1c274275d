import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { NamedResource } from '../words';
import type { EnvironmentConfig } from '../environment';
import { resourceNames } from '../names';
import { words } from '../words';
import { checkAccount, checkOneOf, checkReason, checkRegion, checkSafeguard, type Report, show } from './check';

/** The fields outside the sections, and the environment's name. */
export function generalRules(name: string, config: EnvironmentConfig, report: Report): void {
  nameRules(name, report);
  checkAccount(report, config.account);
  checkRegion(report, config.region);
  checkSafeguard(report, 'terminationProtection', config.terminationProtection);
  keepDataRules(config.keepData, report);
  checkOneOf<string>(report, 'cpuArchitecture', config.cpuArchitecture, ['X86_64', 'ARM64']);

  const retentions = Object.values(RetentionDays).filter((days) => typeof days === 'number');
  if (config.logRetention === RetentionDays.INFINITE || !retentions.includes(config.logRetention)) {
    report('logRetention', words.general.notRetention({ days: show(config.logRetention) }));
  }
}

/** AWS's limits for the names that an environment's name becomes a part of. */
function nameRules(environment: string, report: Report): void {
  if (!/^[a-z][a-z0-9]*$/.test(environment)) {
    report('name', words.general.notEnvironmentName({ name: show(environment) }));
  }
  if (environment.startsWith('delivery')) {
    report('name', words.general.reservedName({ name: show(environment) }));
  }
  const names = resourceNames(environment);
  const limits: [resource: NamedResource, name: string, limit: number][] = [
    ['loadBalancer', names.loadBalancer, 32],
    ['targetGroup', names.targetGroup, 32],
    ['bucket', `${names.bucketPrefix}123456789012`, 63],
    ['dbInstance', names.dbInstance, 63],
    ...Object.values(names.roles).map((role): [NamedResource, string, number] => ['role', role, 64]),
  ];
  for (const [resource, name, limit] of limits) {
    if (name.length > limit) {
      report('name', words.general.nameTooLong({ resource, name: show(name), length: name.length, limit }));
    }
  }
}

function keepDataRules(keepData: EnvironmentConfig['keepData'], report: Report): void {
  const kept = ['RETAIN', 'RETAIN_ON_UPDATE_OR_DELETE'] as const;
  const policies = kept.map((policy) => `RemovalPolicy.${policy}`);
  if (typeof keepData === 'object') checkReason(report, 'keepData', keepData, policies);
  else if (!kept.some((policy) => keepData === RemovalPolicy[policy])) {
    report('keepData', words.general.notRemovalPolicy({ value: show(keepData), policies }));
  }
}
