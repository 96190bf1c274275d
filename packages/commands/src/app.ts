// Door to the app: no other file of a package's program imports it.
import type * as settingsRules from '../../../lib/config/rules/settings';
import type * as stacks from '../../../lib/create-stacks';
export { delivery, type DeliveryConfig } from '../../../lib/config/delivery';
export type { EnvironmentConfig, FixedConfig } from '../../../lib/config/environment';
export * as environments from '../../../lib/config';
export { contains, parseIpv4Range } from '../../../lib/config/ip-range';
export { keyLabelsFor, KEYS_PREFIX, MOST_KEY_LABELS } from '../../../lib/config/key-labels';
export { capitalize, resourceNames, type ResourceNames, stackId } from '../../../lib/config/names';
export { ORIGIN_FACING_PREFIX_LISTS } from '../../../lib/config/origin-facing';
export { isOn, type Safeguard, type SwitchedOff, whyOff } from '../../../lib/config/safeguard';
export type { DatabaseConfig } from '../../../lib/config/sections/database';
export type { AcceptedFindingConfig, RefusedImagesConfig } from '../../../lib/config/sections/image-registry';
export type { OfficeHoursConfig, RunningDays } from '../../../lib/config/sections/office-hours';
export { allSettings, withOwnSettings } from '../../../lib/config/sections/settings';
export type { FargateSizeConfig, WebServiceConfig } from '../../../lib/config/sections/web-service';
export * from '../../../lib/contract';

/** Module of the configured environments, which a session loads anew. */
export const CONFIG_MODULE = require.resolve('../../../lib/config');

/** Loaded late: it brings the CDK's constructs, which no command needs. */
export function createStacks(...args: Parameters<typeof stacks.createStacks>): ReturnType<typeof stacks.createStacks> {
  return (require('../../../lib/create-stacks') as typeof stacks).createStacks(...args);
}

/** Loaded late: the rules of the config bring the CDK's core. */
export function isTakenName(name: string): boolean {
  return (require('../../../lib/config/rules/settings') as typeof settingsRules).isTakenName(name);
}
