import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '@infra/common/values';

/** Objects in an assembly's manifests whose keys are no properties, but names: of artifacts, tags or uploads, say. */
const OBJECTS_BY_NAME: ReadonlySet<string> = new Set([
  'artifacts',
  'destinations',
  'dockerImages',
  'files',
  'flags',
  'tags',
]);

const KNOWN_KEYS_FILE = join(__dirname, 'known-assembly-keys.json');

/** Keys that assemblies of this repository have. By an unknown key, the CDK CLI might do something that is not reviewed. */
export function readKnownKeys(): ReadonlySet<string> {
  const text = readFileSync(KNOWN_KEYS_FILE, 'utf8');
  return new Set(JSON.parse(text) as string[]);
}

/**
 * Replaces the known keys by those of an assembly. `npm run renew` calls this. The file with the known keys is in git, so
 * that a person reviews its change.
 */
export function renewKnownKeys(assemblyFolder: string): void {
  const manifestFiles = readdirSync(assemblyFolder).filter(isManifest);
  const keys = new Set<string>();
  for (const file of manifestFiles) {
    const text = readFileSync(join(assemblyFolder, file), 'utf8');
    const content: unknown = JSON.parse(text);
    for (const key of keysOf(content)) keys.add(key);
  }
  const sortedKeys = [...keys].sort();
  writeFileSync(KNOWN_KEYS_FILE, `${JSON.stringify(sortedKeys, undefined, 2)}\n`);
}

/** True for the manifest of the assembly, and for the asset manifests, which list the uploads of a stack each. */
function isManifest(file: string): boolean {
  return file === 'manifest.json' || file.endsWith('.assets.json');
}

/**
 * The keys in a manifest, each as a path such as `artifacts.aws:cloudformation:stack.properties.tags.*`. In place of the
 * name of an artifact, the path has the type of the artifact; in place of another name, it has `*`.
 *
 * @param path - Path of the value in the manifest.
 */
export function keysOf(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, path));
  if (!isRecord(value)) return [];
  const parentKey = path.at(-1) ?? '';
  return Object.entries(value).flatMap(([key, property]) => {
    const pathOfKey = [...path, stepOf(key, property, parentKey)];
    return [pathOfKey.join('.'), ...keysOf(property, pathOfKey)];
  });
}

/** The step of a path for a key of an object. */
function stepOf(key: string, value: unknown, parentKey: string): string {
  if (!OBJECTS_BY_NAME.has(parentKey)) return key;
  const isArtifact = parentKey === 'artifacts' && isRecord(value);
  return isArtifact ? String(value.type) : '*';
}
