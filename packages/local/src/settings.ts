import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CannotTellError } from '@infra/common/outcome';
import { type EnvironmentConfig, allSettings, isTakenName } from '@infra/commands/app';
import { configuredSettings } from '@infra/operate/deployed/configured-settings';
import { settingsTable } from '@infra/operate/deployed/settings-report';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { settingsSecretOf } from '@infra/operate/deployed/settings-secret';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { findEnvFiles } from './env-files';
import { words } from './words';
import type { DeployLocalOptions } from './options';

/** Secret settings of an environment that is deployed to a local AWS. */
export interface LocalSettings {
  /** Values by their key. */
  readonly values: Readonly<Record<string, string>>;
  /** Lines for the user on settings without a value, and on values that the config lacks; none if nothing is wrong. */
  readonly notices: readonly string[];
}

/** Values of a file by their names. */
type FileValues = Readonly<Record<string, string | undefined>>;

type SettingsOptions = Pick<DeployLocalOptions, 'settings' | 'app' | 'appCommand' | 'job'>;

/**
 * Reads the settings of the config from a file with lines NAME=value. A setting that the file does not have, or has without
 * a value, gets a placeholder.
 */
export function readLocalSettings(
  environmentName: EnvironmentName,
  options: SettingsOptions,
  config = configOf(environmentName),
): LocalSettings {
  const { settings: file } = options;
  if (file !== undefined && !isFile(file)) throw new CannotTellError(words.settings.noSuchFile({ file }));
  const fileValues = file === undefined ? {} : readVariables(file);
  const envFileNotices = noticesOnEnvFiles(environmentName, options, config);
  const configured = configuredSettings(config);
  const keysWithValue = Object.keys(fileValues).filter((key) => fileValues[key]);
  const { rows, missingKeys } = settingsTable(configured, new Set(keysWithValue));
  const missingNotices = missingKeys.length === 0 ? [] : [...rows, ...adviceFor(missingKeys)];
  const names = Object.keys(fileValues).filter((name) => isUnknown(name, config));
  const unknownNotices = names.length === 0 ? [] : [words.settings.notConfigured({ names, environmentName })];
  return {
    values: withPlaceholders([...configured.keys()], fileValues),
    notices: [...envFileNotices, ...unknownNotices, ...missingNotices],
  };
}

/** Notices on .env files from which a program gets values that it lacks on AWS. */
function noticesOnEnvFiles(
  environmentName: EnvironmentName,
  { app, appCommand = '', job }: SettingsOptions,
  config: EnvironmentConfig,
): string[] {
  const mode = appCommand.includes('NODE_ENV=development') ? 'development' : 'production';
  const folders = [app, job].filter((folder) => folder !== undefined && existsSync(folder));
  const files = new Set(folders.flatMap((folder) => findEnvFiles(folder ?? '', mode)));
  return [...files].flatMap((file) => {
    const names = Object.keys(readVariables(file)).filter((name) => isUnknown(name, config));
    return names.length === 0 ? [] : [words.settings.envFile({ file, names, environmentName })];
  });
}

/** True also for a pipe, such as that of `<(command)`. */
function isFile(path: string): boolean {
  return existsSync(path) && !statSync(path).isDirectory();
}

/** Reads a file of lines NAME=value, as Node does. */
function readVariables(file: string): FileValues {
  return parseEnv(readFileSync(file, 'utf8'));
}

/** True for a name that neither the config nor the stack gives to a container. */
function isUnknown(name: string, config: EnvironmentConfig): boolean {
  const isVariable = allSettings(config).some(({ variables }) => Object.hasOwn(variables, name));
  return !isVariable && !configuredSettings(config).has(name) && !isTakenName(name);
}

function withPlaceholders(keys: readonly string[], fileValues: FileValues): LocalSettings['values'] {
  const values: Record<string, string> = {};
  for (const key of keys) values[key] = fileValues[key] || `placeholder of deploy:local for ${key}`;
  return values;
}

function adviceFor([firstKey = '']: readonly string[]): string[] {
  return [words.settings.placeholders, words.settings.fileOption({ name: firstKey })];
}

/**
 * Replaces the whole content of the stack's secret by these values. `settings <environment> set` changes one value.
 *
 * @returns The keys whose value was another one.
 */
export async function replaceSettings(
  environmentName: EnvironmentName,
  values: LocalSettings['values'],
): Promise<string[]> {
  const stack = await readStack(environmentName);
  const secret = settingsSecretOf(stack);
  // A release refuses a stack without the secret, and says how to create it.
  if (!secret) return [];
  const { versionId, values: earlierValues } = await secret.readCurrentVersion();
  await secret.replace(versionId, values);
  return Object.keys(values).filter((key) => earlierValues[key] !== undefined && earlierValues[key] !== values[key]);
}
