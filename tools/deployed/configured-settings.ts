import type { EnvironmentConfig } from '../../lib/config/environment';

/** Keys of the secret settings in the config, each with the names of the containers that read it. */
export type ConfiguredSettings = ReadonlyMap<string, readonly string[]>;

/** The secret settings that the config gives to the web tasks and to the import jobs. */
export function configuredSettings({ webService, userImport }: EnvironmentConfig): ConfiguredSettings {
  const containersOfKey = new Map<string, string[]>();
  const addContainer = (container: string, keys: readonly string[] = []) => {
    for (const key of keys) {
      const containers = containersOfKey.get(key) ?? [];
      containersOfKey.set(key, [...containers, container]);
    }
  };
  addContainer('web task', webService.settings?.secrets);
  addContainer('import job', userImport?.settings?.secrets);
  return containersOfKey;
}
