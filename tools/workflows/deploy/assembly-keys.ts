import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '@infra/common/values';

/** Objects of an assembly's files whose keys are names: of artifacts, tags, feature flags, uploaded files, destinations. */
const OBJECTS_BY_NAME: ReadonlySet<string> = new Set([
  'artifacts',
  'destinations',
  'dockerImages',
  'files',
  'flags',
  'tags',
]);

/** File with the keys that assemblies of this repository have. */
const KNOWN_KEYS = join(__dirname, 'known-assembly-keys.json');

/** Keys that assemblies of this repository have. Others may mean anything to the CDK CLI. */
export function readKnownKeys(): ReadonlySet<string> {
  const text = readFileSync(KNOWN_KEYS, 'utf8');
  return new Set(JSON.parse(text) as string[]);
}

/** Takes the keys of an assembly for known. `npm run renew` does so, and a person reviews the change of the file. */
export function renewKnownKeys(directory: string): void {
  const manifests = readdirSync(directory).filter(isManifest);
  const keys = new Set<string>();
  for (const manifest of manifests) {
    const text = readFileSync(join(directory, manifest), 'utf8');
    const content: unknown = JSON.parse(text);
    for (const key of keysOf(content)) keys.add(key);
  }
  const sortedKeys = [...keys].sort();
  writeFileSync(KNOWN_KEYS, `${JSON.stringify(sortedKeys, undefined, 2)}\n`);
}

/** The manifest of the assembly, or that of a stack's uploads. */
function isManifest(file: string): boolean {
  return file === 'manifest.json' || file.endsWith('.assets.json');
}

/**
 * The keys by which the CDK CLI deploys, as paths such as `artifacts.aws:cloudformation:stack.properties.tags.*`: an
 * artifact goes by its type, and other names by "*".
 */
export function keysOf(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, path));
  if (!isRecord(value)) return [];
  const parent = path.at(-1) ?? '';
  return Object.entries(value).flatMap(([key, property]) => {
    const pathOfKey = [...path, stepOf(key, property, parent)];
    return [pathOfKey.join('.'), ...keysOf(property, pathOfKey)];
  });
}

/** The step of a path that stands for a key. */
function stepOf(key: string, value: unknown, parent: string): string {
  if (!OBJECTS_BY_NAME.has(parent)) return key;
  const isArtifact = parent === 'artifacts' && isRecord(value);
  return isArtifact ? String(value.type) : '*';
}
