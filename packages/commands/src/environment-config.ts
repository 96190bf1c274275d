import { CannotTellError } from '@infra/common/outcome';
import { type EnvironmentConfig, environments } from './app';
import { addedEnvironments } from './added-environments';
import { words } from './words';
import type { EnvironmentName } from './environment-argument';

/** The config of an environment of `lib/config`, or of one that a command added. */
export function configOf(environmentName: EnvironmentName): EnvironmentConfig {
  const configured = (environments as Readonly<Record<string, EnvironmentConfig>>)[environmentName];
  const config = configured ?? addedEnvironments.get(environmentName)?.();
  if (config) return config;
  const names = Object.keys(environments);
  throw new CannotTellError(words.environments.missing({ environmentName, names }));
}
