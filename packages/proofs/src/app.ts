import type * as stacks from '../../../lib/create-stacks';
export { delivery, type DeliveryConfig } from '../../../lib/config/delivery';
export type { EnvironmentConfig, FixedConfig } from '../../../lib/config/environment';
export * as environments from '../../../lib/config';
export { resourceNames, type ResourceNames, stackId } from '../../../lib/config/names';
export { show } from '../../../lib/config/rules/check';
export { isSecretValue } from '../../../lib/config/rules/plain-secrets';
export { SECRET_FORMS } from '../../../lib/config/rules/secret-forms';
export { isOn, type SwitchedOff, whyOff } from '../../../lib/config/safeguard';
export type { DatabaseConfig } from '../../../lib/config/sections/database';
export type { OfficeHoursConfig, RunningDays } from '../../../lib/config/sections/office-hours';
export type { FargateSizeConfig, WebServiceConfig } from '../../../lib/config/sections/web-service';
export { brokenRules, ConfigError } from '../../../lib/config/validate';
export { IMPORT_COMMAND, Output, Parameter, Part } from '../../../lib/contract';
/** Loaded late: it brings the CDK's constructs, which no command needs. */
export function createStacks(...args: Parameters<typeof stacks.createStacks>): ReturnType<typeof stacks.createStacks> {
  return (require('../../../lib/create-stacks') as typeof stacks).createStacks(...args);
}
