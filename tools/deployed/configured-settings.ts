import type { EnvironmentConfig } from '../../lib/config/environment';
import type { EnvironmentName } from '../program/environment-argument';

/** Keys of the secret settings in the config, each with the containers that read it. */
export type ConfiguredSettings = ReadonlyMap<string, readonly string[]>;

/** The secret settings that the config gives to the web tasks and to the import jobs. */
export function configuredSettings({ webService, userImport }: EnvironmentConfig): ConfiguredSettings {
  const containersOfKey = new Map<string, string[]>();
  const add = (container: string, keys: readonly string[] = []) => {
    for (const key of keys) {
      const containers = containersOfKey.get(key) ?? [];
      containersOfKey.set(key, [...containers, container]);
    }
  };
  add('web task', webService.settings?.secrets);
  add('import job', userImport?.settings?.secrets);
  return containersOfKey;
}

/** Sentence for an environment whose config has no secret setting. */
export function noSettingsConfigured(environmentName: EnvironmentName): string {
  return `${environmentName} wants no secret settings (lib/config/${environmentName}.ts).`;
}

/** Configured settings as a person reads them. */
export interface SettingsTable {
  /** A row for each key: if it has a value, and the containers that read it. */
  readonly rows: readonly string[];
  /** The keys without a value. */
  readonly missing: readonly string[];
}

/** Compares the configured settings with the keys that have a value. */
export function settingsTable(configured: ConfiguredSettings, keysWithValue: ReadonlySet<string>): SettingsTable {
  const keys = [...configured.keys()];
  const width = Math.max(...keys.map((key) => key.length));
  const rows = [...configured].map(([key, containers]) => {
    const state = keysWithValue.has(key) ? 'set    ' : 'MISSING';
    return `${state}  ${key.padEnd(width)}  ${containers.join(', ')}`;
  });
  const missing = keys.filter((key) => !keysWithValue.has(key));
  return { rows, missing };
}

/** Lines of a report on the settings. */
export interface SettingsReport {
  /** True if no value is missing. */
  readonly isComplete: boolean;
  readonly lines: readonly string[];
}

/** The table, with the commands that set the missing values. */
export function settingsReport(
  environmentName: EnvironmentName,
  configured: ConfiguredSettings,
  keysWithValue: ReadonlySet<string>,
): SettingsReport {
  const { rows, missing } = settingsTable(configured, keysWithValue);
  if (missing.length === 0) return { isComplete: true, lines: rows };
  const commands = missing.map((key) => `  npm run prooflink -- settings ${environmentName} set ${key}`);
  const advice = 'A container that wants a missing one does not start. Set it before the release:';
  return { isComplete: false, lines: [...rows, advice, ...commands] };
}
