import { isRecord } from '@infra/common/values';
import { Part, type StackPart } from '@infra/commands/app';
import type { ConfiguredSettings, SettingsReader } from '../deployed/configured-settings';
import { type DeployedStack, stackTemplateOf } from '../deployed/deployed-stack';
import { findPart } from '../deployed/template-parts';

/** The secret settings that the deployed containers read, each with the containers that read it. */
export function deployedSettings(stack: DeployedStack): ConfiguredSettings {
  const [settingsSecretId] = findPart(stackTemplateOf(stack), Part.settingsSecret) ?? [];
  const readersOfKey = new Map<string, SettingsReader[]>();
  if (settingsSecretId === undefined) return readersOfKey;
  const addReader = (reader: SettingsReader, part: StackPart) => {
    const [, definition] = findPart(stackTemplateOf(stack), part) ?? [];
    for (const key of variablesFrom(settingsSecretId, definition?.Properties)) {
      const readers = readersOfKey.get(key) ?? [];
      readersOfKey.set(key, [...readers, reader]);
    }
  };
  addReader('web task', Part.webTaskDefinition);
  addReader('import job', Part.jobDefinition);
  return readersOfKey;
}

/** Names of the variables that get their values from a secret of the same template. */
function variablesFrom(secretId: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => variablesFrom(secretId, item));
  if (!isRecord(value)) return [];
  const { Name, ValueFrom } = value;
  const readsSecret = JSON.stringify(ValueFrom ?? '').includes(`{"Ref":"${secretId}"}`);
  if (readsSecret) return [String(Name)];
  return Object.values(value).flatMap((item) => variablesFrom(secretId, item));
}
