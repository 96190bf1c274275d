import type * as stacks from '../../../lib/create-stacks';
export type { EnvironmentConfig } from '../../../lib/config/environment';
export * as environments from '../../../lib/config';
export { contains, parseIpv4Range } from '../../../lib/config/ip-range';
export { resourceNames, stackId } from '../../../lib/config/names';
export { isOn, whyOff } from '../../../lib/config/safeguard';
export type { RefusedImagesConfig } from '../../../lib/config/sections/image-registry';
export {
  APPLICATION_PORT,
  CONTAINER_NAME,
  DATABASE_PORT,
  HEALTH_CHECK_PATH,
  IMPORTS_PREFIX,
  MIGRATION_LOG_PREFIX,
  Output,
  Parameter,
  type ParameterName,
  Part,
  type PartName,
  type StackPart,
  TIME_LIMIT_CONTAINER_NAME,
  Variable,
} from '../../../lib/contract';
/** Loaded late: it brings the CDK's constructs, which no command needs. */
export function createStacks(...args: Parameters<typeof stacks.createStacks>): ReturnType<typeof stacks.createStacks> {
  return (require('../../../lib/create-stacks') as typeof stacks).createStacks(...args);
}
