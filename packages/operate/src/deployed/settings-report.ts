import { padToWidth, textWidth } from '@infra/common/text-width';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import type { ConfiguredSettings } from './configured-settings';
import { words } from './words';

/** Sentence for an environment whose config has no secret setting. */
export function noSettingsConfigured(environmentName: EnvironmentName): string {
  return words.settings.noneConfigured({ environmentName });
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
  const states = [words.settings.set, words.settings.missing];
  const widestState = Math.max(...states.map(textWidth));
  const rows = [...configured].map(([key, readers]) => {
    const state = keysWithValue.has(key) ? words.settings.set : words.settings.missing;
    const containers = [...readers].map((reader) => words.settings.reader({ reader }));
    return `${padToWidth(state, widestState)}  ${key.padEnd(longestKey)}  ${containers.join(', ')}`;
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
  return { isComplete: false, lines: [...rows, words.settings.setMissing, ...commands] };
}
