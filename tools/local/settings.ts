import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CannotTellError } from '@infra/common/outcome';
import { stackId } from '../../lib/config/names';
import { configuredSettings } from '../deployed/configured-settings';
import { noSettingsConfigured, settingsTable } from '../deployed/settings-report';
import { readStack } from '../deployed/deployed-stack';
import { settingsSecretOf } from '../deployed/settings-secret';
import type { EnvironmentName } from '../program/environment-argument';
import { configOf } from '../program/environment-config';

/** Secret settings of an environment that is deployed to a local AWS. */
export interface LocalSettings {
  /** Values by their key. */
  readonly values: Readonly<Record<string, string>>;
  /** Lines for the user on settings without a value, or on a file that is not needed; none if nothing is wrong. */
  readonly notices: readonly string[];
}

/** Values of the user's file by their key. */
type FileValues = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of the config from a file with lines NAME=value. A setting that the file does not have, or has without
 * a value, gets a placeholder.
 */
export function readLocalSettings(
  environmentName: EnvironmentName,
  file: string | undefined,
  config = configOf(environmentName),
): LocalSettings {
  const fileValues = file === undefined ? {} : readValues(file);
  const configured = configuredSettings(config);
  if (configured.size === 0) {
    return { values: {}, notices: file === undefined ? [] : [noSettingsConfigured(environmentName)] };
  }
  const keysWithValue = Object.keys(fileValues).filter((key) => fileValues[key]);
  const { rows, missingKeys } = settingsTable(configured, new Set(keysWithValue));
  return {
    values: withPlaceholders([...configured.keys()], fileValues),
    notices: missingKeys.length === 0 ? [] : [...rows, ...adviceFor(missingKeys)],
  };
}

function readValues(file: string): FileValues {
  if (!existsSync(file)) {
    throw new CannotTellError(`--settings ${file}: there is no such file.`);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    return parseEnv(text);
  } catch (error) {
    const { message } = error as Error;
    throw new CannotTellError(`--settings ${file}: it is no file of lines NAME=value in UTF-8 (${message}).`);
  }
}

function withPlaceholders(keys: readonly string[], fileValues: FileValues): LocalSettings['values'] {
  const values: Record<string, string> = {};
  for (const key of keys) values[key] = fileValues[key] || `placeholder of deploy:local for ${key}`;
  return values;
}

function adviceFor([firstKey = '']: readonly string[]): string[] {
  return [
    'A container that wants a missing one does not start: placeholders take their places here. To give values:',
    `  --settings <file>, with lines such as ${firstKey}=<value>`,
  ];
}

/** Replaces the whole content of the stack's secret by these values. `settings <environment> set` changes one value. */
export async function replaceSettings(
  environmentName: EnvironmentName,
  values: LocalSettings['values'],
): Promise<void> {
  const stack = await readStack(environmentName);
  const secret = settingsSecretOf(stack);
  if (!secret) {
    throw new CannotTellError(`${stackId(environmentName)} has no secret for settings.`);
  }
  const { versionId } = await secret.readCurrentVersion();
  await secret.replace(versionId, values);
}
