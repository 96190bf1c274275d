import { type EnvironmentConfig, withOwnSettings } from '@infra/commands/app';

/** A kind of containers that read secret settings. */
export type SettingsReader = 'web task' | 'import job' | 'job' | 'worker';

/** Keys of the secret settings in the config, each with the containers that read it. */
export type ConfiguredSettings = ReadonlyMap<string, ReadonlySet<SettingsReader>>;

/** Collects the keys of secret settings. */
export class SettingsReaders extends Map<string, Set<SettingsReader>> {
  public add(reader: SettingsReader, keys: readonly string[] = []): void {
    for (const key of keys) this.set(key, (this.get(key) ?? new Set()).add(reader));
  }
}

/** The secret settings that the config gives to the containers. */
export function configuredSettings({
  webService,
  userImport,
  jobs = [],
  workers = [],
}: EnvironmentConfig): ConfiguredSettings {
  const readers = new SettingsReaders();
  readers.add('web task', webService.settings?.secrets);
  readers.add('import job', userImport?.settings?.secrets);
  for (const { settings } of jobs) readers.add('job', withOwnSettings(webService.settings, settings).secrets);
  for (const { settings } of workers) readers.add('worker', withOwnSettings(webService.settings, settings).secrets);
  return readers;
}
