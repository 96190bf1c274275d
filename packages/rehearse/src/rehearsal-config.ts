import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { type EnvironmentConfig, isOn, type Safeguard, type SwitchedOff } from '@infra/commands/app';

type Environments = Readonly<Record<string, EnvironmentConfig>>;

/** Hours that hold nearly a whole day: schedules are deployed, and rarely stop a rehearsal. */
const LONG_HOURS = { start: '00:30', stop: '23:50', days: 'every-day' } as const;

const OFF: SwitchedOff = { off: 'a rehearsal deletes what it has deployed' };

/** Name of the environment that a rehearsal copies: the first one that may be deleted; `undefined` if none may. */
export function rehearsedName(environments: Environments): string | undefined {
  const deletable = Object.entries(environments).find(([, config]) => !isOn(config.terminationProtection));
  return deletable?.[0];
}

/**
 * Config of a rehearsal: that of the environment that it copies, in another account, without what outlives its stack, belongs
 * to the team alone, or speaks to people. `undefined` if no environment can be rehearsed.
 */
export function rehearsalConfig(
  environments: Environments,
  account: string | undefined,
): EnvironmentConfig | undefined {
  const config = environments[rehearsedName(environments) ?? ''];
  if (!config) return undefined;
  const { database, imageRegistry, loadBalancer } = config;
  const rehearsed: EnvironmentConfig = {
    ...config,
    account,
    keepData: switchedOff(config.keepData),
    alarms: undefined,
    budget: undefined,
    database: {
      ...database,
      fromSnapshot: undefined,
      backups: { ...database.backups, restoreTest: undefined },
      deletionProtection: switchedOff(database.deletionProtection),
    },
    imageRegistry: { ...imageRegistry, refuse: undefined },
    // Without the firewall, since its log goes with it: config has no field for the log alone.
    loadBalancer: { ...loadBalancer, domain: undefined, firewall: undefined, openPorts: withPlainHttp(config) },
  };
  if (!rehearsed.officeHours) return rehearsed;
  return { ...rehearsed, officeHours: { ...rehearsed.officeHours, ...LONG_HOURS } };
}

/** The safeguard as it is written if it is off, with its reason. */
function switchedOff(safeguard: Safeguard | RemovalPolicy): SwitchedOff {
  return typeof safeguard === 'object' ? safeguard : OFF;
}

/** Without a domain, people come in by port 80. */
function withPlainHttp({ loadBalancer }: EnvironmentConfig): EnvironmentConfig['loadBalancer']['openPorts'] {
  const { openPorts } = loadBalancer;
  return openPorts.includes(80) ? openPorts : [...openPorts, 80];
}
