export type { EnvironmentConfig } from '../../../lib/config/environment';
export * as environments from '../../../lib/config';
export { capitalize } from '../../../lib/config/names';
