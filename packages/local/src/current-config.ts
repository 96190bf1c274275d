import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { CONFIG_MODULE, type EnvironmentConfig } from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { words } from './words';

/** Reads the config of an environment as the files are now. Other modules keep the config of the start of this process. */
export function readCurrentConfig(environmentName: EnvironmentName): EnvironmentConfig {
  const load = createRequire(__filename);
  const folder = dirname(load.resolve(CONFIG_MODULE)) + sep;
  for (const file of Object.keys(load.cache)) {
    if (file.startsWith(folder)) Reflect.deleteProperty(load.cache, file);
  }
  const environments = load(CONFIG_MODULE) as Readonly<Record<string, EnvironmentConfig>>;
  const config = environments[environmentName];
  if (!config) throw new CannotTellError(words.session.noConfig({ environmentName }));
  return config;
}
