import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { isInWorkspace, workspaceRoot } from '@infra/commands/workspace';
import { isRecord, parseJson } from '@infra/common/values';
import { filesBelow, readSources, type SourceFile } from './source-file';
import { words } from './words';

/** Lock files, with the program that writes them. */
const LOCK_FILES = {
  'package-lock.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
} as const;

type LockFile = keyof typeof LOCK_FILES;

/** A package.json, as far as it decides how an application runs. */
interface Manifest {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Packages with their versions, those for development included. */
  readonly packages: Readonly<Record<string, string>>;
  /** `pnpm@10.2.0`, if it or the root of its workspace says so. */
  readonly packageManager: string | undefined;
}

/** A package of the application's workspace that the application uses. */
interface PackageBeside {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** An application's folder, read and not run. */
export interface ApplicationFolder {
  readonly folder: string;
  /** Root of its workspace, in which the lock file is; the folder itself if there is none. */
  readonly root: string;
  readonly manifest: Manifest;
  readonly beside: readonly PackageBeside[];
  /** Packages of the application, and of those beside it, with their versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly lockFile: LockFile | undefined;
  readonly packageManager: (typeof LOCK_FILES)[LockFile] | undefined;
  /** Files below the folder; source files of the packages beside it are in `sources` alone. */
  readonly paths: readonly string[];
  readonly sources: readonly SourceFile[];
}

/**
 * Reads an application's folder, and the packages of its workspace that it uses.
 *
 * @throws CannotTellError if the folder has no package.json that can be read.
 */
export function readApplication(path: string): ApplicationFolder {
  const folder = resolve(path);
  const own = readManifest(folder);
  if (!own) throw new CannotTellError(words.noManifest({ path }));
  const root = workspaceRoot(folder) ?? folder;
  // pnpm reads its version in the root.
  const manifest = { ...own, packageManager: readManifest(root)?.packageManager };
  const lockFile = (Object.keys(LOCK_FILES) as LockFile[]).find((name) => existsSync(join(root, name)));
  const paths = filesBelow(folder);
  const beside = root === folder ? [] : usedPackages(root, folder, manifest);
  const pathsBeside = beside.flatMap((other) =>
    filesBelow(other.folder).map((inner) => join(relative(folder, other.folder), inner)),
  );
  const packages = Object.assign({}, ...beside.map((other) => other.manifest.packages), manifest.packages) as object;
  return {
    folder,
    root,
    manifest,
    beside,
    packages: textsOf(packages),
    lockFile,
    packageManager: lockFile && LOCK_FILES[lockFile],
    paths,
    sources: readSources(folder, [...paths, ...pathsBeside]),
  };
}

function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  const content = existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined;
  if (!isRecord(content)) return undefined;
  const { name = '', packageManager } = textsOf(content);
  return {
    name,
    scripts: textsOf(content['scripts']),
    packages: { ...textsOf(content['devDependencies']), ...textsOf(content['dependencies']) },
    packageManager,
  };
}

/** The texts of an object by their keys. */
function textsOf(value: unknown): Record<string, string> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Packages of a workspace that the application uses, directly or by others. */
function usedPackages(root: string, folder: string, manifest: Manifest): PackageBeside[] {
  const others = filesBelow(root)
    .filter((path) => path.endsWith('/package.json'))
    .map((path) => join(root, dirname(path)))
    .filter((path) => path !== folder && isInWorkspace(root, path))
    .map((path) => ({ folder: path, manifest: readManifest(path) }))
    .filter((other): other is PackageBeside => other.manifest !== undefined);
  const used = new Set<PackageBeside>();
  const add = ({ packages }: Manifest): void => {
    for (const other of others) {
      if (used.has(other) || !Object.hasOwn(packages, other.manifest.name)) continue;
      used.add(other);
      add(other.manifest);
    }
  };
  add(manifest);
  return [...used];
}
