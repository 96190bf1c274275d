import type * as stacks from '../../../lib/create-stacks';
export { delivery } from '../../../lib/config/delivery';
export type { EnvironmentConfig } from '../../../lib/config/environment';
export * as environments from '../../../lib/config';
export { resourceNames, stackId } from '../../../lib/config/names';
export { isOn, type Safeguard, type SwitchedOff } from '../../../lib/config/safeguard';
export { brokenRules } from '../../../lib/config/validate';
export {
  CONTAINER_NAME,
  HEALTH_CHECK_PATH,
  Output,
  Parameter,
  Part,
  type StackPart,
  WEB_LOG_PREFIX,
} from '../../../lib/contract';
/** Loaded late: it brings the CDK's constructs, which no command needs. */
export function createStacks(...args: Parameters<typeof stacks.createStacks>): ReturnType<typeof stacks.createStacks> {
  return (require('../../../lib/create-stacks') as typeof stacks).createStacks(...args);
}
