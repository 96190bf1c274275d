import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '@infra/common/values';

/** Objects of an assembly's files whose keys are names: of artifacts, tags, feature flags, uploaded files, destinations. */
const NAMED = new Set(['artifacts', 'tags', 'flags', 'files', 'dockerImages', 'destinations']);

const KNOWN_KEYS = join(__dirname, 'known-assembly-keys.json');

/** Keys that assemblies of this repository have. Others may mean anything to the CDK CLI. */
export function readKnownKeys(): ReadonlySet<string> {
  return new Set(JSON.parse(readFileSync(KNOWN_KEYS, 'utf8')) as string[]);
}

/** Takes the keys of an assembly for known. `npm run renew` does so, and a person reviews the change of the file. */
export function renewKnownKeys(directory: string): void {
  const files = readdirSync(directory).filter((file) => file === 'manifest.json' || file.endsWith('.assets.json'));
  const keys = new Set<string>();
  for (const file of files) {
    const content: unknown = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    for (const key of keysOf(content)) keys.add(key);
  }
  const sorted = [...keys].sort();
  writeFileSync(KNOWN_KEYS, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/**
 * The keys by which the CDK CLI deploys, as paths such as `artifacts.aws:cloudformation:stack.properties.tags.*`: an
 * artifact goes by its type, and other names by "*".
 */
export function keysOf(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, path));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const inside = [...path, nameOf(key, inner, path.at(-1))];
    return [inside.join('.'), ...keysOf(inner, inside)];
  });
}

function nameOf(key: string, value: unknown, parent: string | undefined): string {
  if (parent === undefined || !NAMED.has(parent)) return key;
  if (parent === 'artifacts') return isRecord(value) ? String(value.type) : '*';
  return '*';
}
