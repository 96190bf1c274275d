import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { isOn, type SwitchedOff } from '../../../lib/config/safeguard';

type Environments = Readonly<Record<string, EnvironmentConfig>>;

const OFF: SwitchedOff = { off: 'a rehearsal deletes what it has deployed' };

/** Name of the environment that a rehearsal copies: the first one that may be deleted; `undefined` if none may. */
export function rehearsedName(environments: Environments): string | undefined {
  const deletable = Object.entries(environments).find(([, config]) => !isOn(config.terminationProtection));
  return deletable?.[0];
}

/**
 * Config of a rehearsal: that of the environment that it copies, in another account, without what outlives its stack or
 * belongs to the team alone. `undefined` if no environment can be rehearsed.
 */
export function rehearsalConfig(
  environments: Environments,
  account: string | undefined,
): EnvironmentConfig | undefined {
  const config = environments[rehearsedName(environments) ?? ''];
  if (!config) return undefined;
  const { database, loadBalancer } = config;
  return {
    ...config,
    account,
    terminationProtection: OFF,
    keepData: OFF,
    budget: undefined,
    database: { ...database, fromSnapshot: undefined, deletionProtection: OFF },
    loadBalancer: { ...loadBalancer, domain: undefined, openPorts: withPlainHttp(loadBalancer.openPorts) },
  };
}

/** Without a domain, people come in by port 80. */
function withPlainHttp(openPorts: EnvironmentConfig['loadBalancer']['openPorts']): (80 | 443)[] {
  return [...new Set([...openPorts, 80 as const])];
}

/** Fields of a config that a rehearsal switches off, as the config writes them. */
export function fieldsSwitchedOff(config: EnvironmentConfig): string[] {
  const isSwitchedOff: Readonly<Record<string, boolean>> = {
    keepData: isRemovalPolicy(config.keepData),
    budget: config.budget !== undefined,
    'database.fromSnapshot': config.database.fromSnapshot !== undefined,
    'database.deletionProtection': isOn(config.database.deletionProtection),
    'loadBalancer.domain': config.loadBalancer.domain !== undefined,
  };
  return Object.keys(isSwitchedOff).filter((field) => isSwitchedOff[field]);
}

function isRemovalPolicy(keepData: EnvironmentConfig['keepData']): keepData is RemovalPolicy.RETAIN {
  return Object.values(RemovalPolicy).includes(keepData as RemovalPolicy);
}
