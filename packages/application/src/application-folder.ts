import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { isInWorkspace, workspacePatterns, workspaceRoot } from '@infra/commands/workspace';
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

export type PackageManager = (typeof LOCK_FILES)[keyof typeof LOCK_FILES];

/** An application's package.json, as far as it decides how the application runs. */
export interface Manifest {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Packages with their versions, those for development included. */
  readonly packages: Readonly<Record<string, string>>;
  /** `pnpm@10.2.0`, if the application says so. */
  readonly packageManager: string | undefined;
}

/** An application's folder, read and not run. */
export interface ApplicationFolder {
  readonly folder: string;
  /** Root of its workspace, in which the lock file is; the folder itself if there is none. */
  readonly root: string;
  readonly manifest: Manifest;
  /** Packages of the application, and of those beside it that it uses, with their versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly lockFile: keyof typeof LOCK_FILES | undefined;
  readonly packageManager: PackageManager | undefined;
  readonly isWorkspace: boolean;
  /** Files below the folder; source files of packages beside it that it uses are in `sources` alone. */
  readonly paths: readonly string[];
  readonly sources: readonly SourceFile[];
  /** Source files that are too large to be read. */
  readonly unread: readonly string[];
}

/**
 * Reads an application's folder, and the packages of its workspace that it uses.
 *
 * @throws CannotTellError if the folder has no package.json that can be read.
 */
export function readApplication(path: string): ApplicationFolder {
  const folder = resolve(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new CannotTellError(words.noFolder({ path }));
  const manifest = readManifest(folder);
  if (!manifest) throw new CannotTellError(words.noManifest({ path }));
  const root = workspaceRoot(folder) ?? folder;
  const lockFile = (Object.keys(LOCK_FILES) as (keyof typeof LOCK_FILES)[]).find((name) =>
    existsSync(join(root, name)),
  );
  const paths = filesBelow(folder);
  const own = readSources(folder, paths);
  const used = root === folder ? [] : usedPackages(root, folder, manifest);
  const beside = used.map((each) => sourcesBeside(folder, each.folder));
  return {
    folder,
    root,
    manifest,
    packages: Object.assign(
      {},
      ...used.map((each) => each.manifest.packages),
      manifest.packages,
    ) as Manifest['packages'],
    lockFile,
    packageManager: lockFile && LOCK_FILES[lockFile],
    isWorkspace: root !== folder || workspacePatterns(folder).length > 0,
    paths,
    sources: [...own.sources, ...beside.flatMap(({ sources }) => sources)],
    unread: [...own.unread, ...beside.flatMap(({ unread }) => unread)],
  };
}

function sourcesBeside(folder: string, packageFolder: string): ReturnType<typeof readSources> {
  const prefix = relative(folder, packageFolder);
  return readSources(
    folder,
    filesBelow(packageFolder).map((path) => join(prefix, path)),
  );
}

function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  const content = existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined;
  if (!isRecord(content)) return undefined;
  const { name, packageManager } = content;
  return {
    name: typeof name === 'string' ? name : '',
    scripts: textsOf(content['scripts']),
    packages: { ...textsOf(content['devDependencies']), ...textsOf(content['dependencies']) },
    packageManager: typeof packageManager === 'string' ? packageManager : undefined,
  };
}

function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A package beside the application. */
interface PackageBeside {
  readonly folder: string;
  readonly manifest: Manifest;
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
