import type { EnvironmentName } from '../program/environment-argument';
import type { ConfiguredSettings } from './configured-settings';

/** Sentence for an environment whose config has no secret setting. */
export function noSettingsConfigured(environmentName: EnvironmentName): string {
  return `${environmentName} wants no secret settings (lib/config/${environmentName}.ts).`;
}

/** Configured settings as a person reads them. */
export interface SettingsTable {
  /** A row for each key: if it has a value, and the containers that read it. */
  readonly rows: readonly string[];
  readonly missingKeys: readonly string[];
}

/** Compares the configured settings, at least one, with the keys that have a value. */
export function settingsTable(configured: ConfiguredSettings, keysWithValue: ReadonlySet<string>): SettingsTable {
  const keys = [...configured.keys()];
  const longestKey = Math.max(...keys.map((key) => key.length));
  const rows = [...configured].map(([key, containers]) => {
    const state = keysWithValue.has(key) ? 'set    ' : 'MISSING';
    return `${state}  ${key.padEnd(longestKey)}  ${containers.join(', ')}`;
  });
  const missingKeys = keys.filter((key) => !keysWithValue.has(key));
  return { rows, missingKeys };
}

/** Report on the configured settings for a person. */
export interface SettingsReport {
  /** True if no value is missing. */
  readonly isComplete: boolean;
  readonly lines: readonly string[];
}

/** The table of the settings, followed by commands that set the missing values. */
export function settingsTableWithCommands(
  environmentName: EnvironmentName,
  configured: ConfiguredSettings,
  keysWithValue: ReadonlySet<string>,
): SettingsReport {
  const { rows, missingKeys } = settingsTable(configured, keysWithValue);
  if (missingKeys.length === 0) return { isComplete: true, lines: rows };
  const commands = missingKeys.map((key) => `  npm run prooflink -- settings ${environmentName} set ${key}`);
  const advice = 'A container that wants a missing one does not start. Set it before the release:';
  return { isComplete: false, lines: [...rows, advice, ...commands] };
}
