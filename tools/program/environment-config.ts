import { CannotTellError } from '@infra/common/outcome';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { words } from './words';
import type { EnvironmentName } from './environment-argument';

/** The config of an environment of `lib/config`. */
export function configOf(environmentName: EnvironmentName): EnvironmentConfig {
  const config = (environments as Readonly<Record<string, EnvironmentConfig>>)[environmentName];
  if (config) return config;
  const names = Object.keys(environments);
  throw new CannotTellError(words.environments.missing({ environmentName, names }));
}
