export type { EnvironmentConfig } from '../../../lib/config/environment';
export { keyLabelsFor, KEYS_PREFIX, MOST_KEY_LABELS } from '../../../lib/config/key-labels';
export { resourceNames, stackId } from '../../../lib/config/names';
export type { AcceptedFindingConfig, RefusedImagesConfig } from '../../../lib/config/sections/image-registry';
export {
  CONTAINER_NAME,
  MIGRATION_LOG_PREFIX,
  Output,
  type OutputName,
  Parameter,
  type ParameterName,
  Part,
  type PartName,
  type StackPart,
  TIME_LIMIT_CONTAINER_NAME,
  WEB_LOG_PREFIX,
} from '../../../lib/contract';
