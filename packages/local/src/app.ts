import type * as stacks from '../../../lib/create-stacks';
export type { EnvironmentConfig } from '../../../lib/config/environment';
export * as environments from '../../../lib/config';
export { resourceNames, type ResourceNames, stackId } from '../../../lib/config/names';
export { isTakenName } from '../../../lib/config/rules/settings';
export {
  HEALTH_CHECK_PATH,
  IMPORT_COMMAND,
  Output,
  Parameter,
  Part,
  type StackPart,
  Variable,
} from '../../../lib/contract';
/** Loaded late: it brings the CDK's constructs, which no command needs. */
export function createStacks(...args: Parameters<typeof stacks.createStacks>): ReturnType<typeof stacks.createStacks> {
  return (require('../../../lib/create-stacks') as typeof stacks).createStacks(...args);
}

/** Module of the configured environments, which a session loads anew. */
export const CONFIG_MODULE = require.resolve('../../../lib/config');
