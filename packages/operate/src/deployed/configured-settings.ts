import type { EnvironmentConfig } from '@infra/commands/app';

/** A container that reads secret settings. */
export type SettingsReader = 'web task' | 'import job';

/** Keys of the secret settings in the config, each with the containers that read it. */
export type ConfiguredSettings = ReadonlyMap<string, readonly SettingsReader[]>;

/** The secret settings that the config gives to the web tasks and to the import jobs. */
export function configuredSettings({ webService, userImport }: EnvironmentConfig): ConfiguredSettings {
  const readersOfKey = new Map<string, SettingsReader[]>();
  const addReader = (reader: SettingsReader, keys: readonly string[] = []) => {
    for (const key of keys) {
      const readers = readersOfKey.get(key) ?? [];
      readersOfKey.set(key, [...readers, reader]);
    }
  };
  addReader('web task', webService.settings?.secrets);
  addReader('import job', userImport?.settings?.secrets);
  return readersOfKey;
}
