import { delivery, type DeliveryConfig } from '../../lib/config/delivery';
import type { EnvironmentConfig, FixedConfig, ScaledConfig } from '../../lib/config/environment';
import { dev } from '../../lib/config/dev';
import { prod } from '../../lib/config/prod';

/** A third environment, as a team would add it: like prod, but small, with port 80 open and a shell into its tasks. */
const staging: ScaledConfig = {
  ...prod,
  loadBalancer: {
    ...prod.loadBalancer,
    openPorts: [80, 443],
    domain: prod.loadBalancer.domain && { ...prod.loadBalancer.domain, domainName: 'staging.prooflink.example.com' },
  },
  webService: { ...prod.webService, executeCommand: true },
  userImport: undefined,
};

/** Dev with what it may lack left out, and with the alarms it may have. */
const lean: FixedConfig = { ...dev, userImport: undefined, officeHours: undefined, alarms: prod.alarms };

/** Dev that rests at the weekend. */
const weekdays: FixedConfig = { ...dev, officeHours: dev.officeHours && { ...dev.officeHours, days: 'weekdays' } };

/** The environments that are synthesized once for all tests: the real ones, and some that take other branches. */
export const testEnvironments = { dev, prod, staging, lean, weekdays } satisfies Record<string, EnvironmentConfig>;

export type TestEnvironment = keyof typeof testEnvironments;

/** The delivery as it stands once somebody names a repository, one of those whose tokens carry ids. */
export const testDelivery: DeliveryConfig = { ...delivery, repository: 'prooflink@1234/infrastructure@5678' };

/** What each synthesized stack is called after. */
export type TestStack = TestEnvironment | 'delivery';
