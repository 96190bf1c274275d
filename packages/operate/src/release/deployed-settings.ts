import { constructPath } from '@infra/common/template';
import { isRecord } from '@infra/common/values';
import { Part } from '@infra/commands/app';
import { type ConfiguredSettings, type SettingsReader, SettingsReaders } from '../deployed/configured-settings';
import { type DeployedStack, stackTemplateOf } from '../deployed/deployed-stack';
import { findPart } from '../deployed/template-parts';

/** The containers of definitions below a construct path. */
const READERS: readonly { readonly path: string; readonly reader: SettingsReader }[] = [
  { path: 'Web/', reader: 'web task' },
  { path: 'UserImport/', reader: 'import job' },
  { path: 'Jobs/', reader: 'job' },
  { path: 'Worker-', reader: 'worker' },
];

/** The secret settings that the deployed containers read, each with the containers that read it. */
export function deployedSettings(stack: DeployedStack): ConfiguredSettings {
  const [settingsSecretId] = findPart(stackTemplateOf(stack), Part.settingsSecret) ?? [];
  const readers = new SettingsReaders();
  if (settingsSecretId === undefined) return readers;
  for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
    const path = constructPath(logicalId, resource);
    const found = READERS.find((candidate) => path.startsWith(candidate.path));
    if (found) readers.add(found.reader, variablesFrom(settingsSecretId, resource.Properties));
  }
  return readers;
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
