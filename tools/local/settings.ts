import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CannotTellError } from '@infra/common/outcome';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { configuredSettings, noSettingsConfigured, settingsTable } from '../deployed/configured-settings';
import { readStack } from '../deployed/deployed-stack';
import { settingsSecretOf } from '../deployed/settings-secret';
import type { EnvironmentName } from '../program/environment-argument';

/** Secret settings of an environment on a local AWS. */
export interface LocalSettings {
  readonly values: Readonly<Record<string, string>>;
  /** Lines about them for a person; none if nothing is missing. */
  readonly says: readonly string[];
}

/** Values by their key, as a file has them. */
type FileValues = Readonly<Record<string, string | undefined>>;

/** Reads the settings from a file in lines NAME=value; those that are missing there get placeholders. */
export function localSettings(
  environmentName: EnvironmentName,
  file: string | undefined,
  config = environments[environmentName],
): LocalSettings {
  const fileValues = file === undefined ? {} : readValues(file);
  const configured = configuredSettings(config);
  if (configured.size === 0) {
    return { values: {}, says: file === undefined ? [] : [noSettingsConfigured(environmentName)] };
  }
  const keysWithValue = Object.keys(fileValues).filter((key) => fileValues[key]);
  const { rows, missing } = settingsTable(configured, new Set(keysWithValue));
  return {
    values: withPlaceholders([...configured.keys()], fileValues),
    says: missing.length === 0 ? [] : [...rows, ...adviceFor(missing)],
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

/** Writes the values into the secret of the stack, as `settings set` does. */
export async function setSettings(environmentName: EnvironmentName, values: LocalSettings['values']): Promise<void> {
  const stack = await readStack(environmentName);
  const secret = settingsSecretOf(stack);
  if (!secret) {
    throw new CannotTellError(`${stackId(environmentName)} has no secret for settings.`);
  }
  const { version } = await secret.read();
  await secret.replace(version, values);
}
