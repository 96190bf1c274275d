import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentName } from '../program/environment-argument';
import { settingsTable, wantedBy, wantsNone } from '../deployed/wanted-settings';
import { readStack } from '../deployed/deployed-stack';
import { settingsSecretOf } from '../deployed/settings-secret';

/** The values of an environment's secret settings, and the text that a person reads about them. */
export interface LocalSettings {
  readonly values: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}

/** Reads them from a file in lines NAME=value; those that are missing there get placeholders. */
export function localSettings(
  environmentName: EnvironmentName,
  file: string | undefined,
  config = environments[environmentName],
): LocalSettings {
  const given = file === undefined ? {} : valuesIn(file);
  const wanted = wantedBy(config);
  if (wanted.size === 0) return { values: {}, says: file === undefined ? [] : [wantsNone(environmentName)] };
  const has = new Set(Object.keys(given).filter((key) => given[key]));
  const { rows, missing } = settingsTable(wanted, has);
  const says = [
    ...rows,
    'A container that wants a missing one does not start: placeholders take their places here. To give values:',
    `  --settings <file>, with lines such as ${missing[0] ?? ''}=<value>`,
  ];
  return {
    values: Object.fromEntries(
      [...wanted.keys()].map((key) => [key, given[key] || `placeholder of deploy:local for ${key}`]),
    ),
    says: missing.length === 0 ? [] : says,
  };
}

function valuesIn(file: string): Readonly<Record<string, string | undefined>> {
  if (!existsSync(file)) throw new CannotTellError(`--settings ${file}: there is no such file.`);
  try {
    return parseEnv(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
  } catch (error) {
    const { message } = error as Error;
    throw new CannotTellError(`--settings ${file}: it is no file of lines NAME=value in UTF-8 (${message}).`);
  }
}

/** Writes them into the secret of the stack, as `settings set` does. */
export async function setSettings(environmentName: EnvironmentName, values: LocalSettings['values']): Promise<void> {
  const secret = settingsSecretOf(await readStack(environmentName));
  if (!secret) throw new CannotTellError(`${stackId(environmentName)} has no secret for settings.`);
  await secret.replace((await secret.read()).version, values);
}
