import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { atExit } from './at-exit';

/** A temporary path is removed when this process ends; a kept path is not. */
type Lifetime = 'temporary' | 'kept';

/** Real paths that this process made: only these may be removed. ESLint refuses removals outside this file. */
const ownPaths = new Map<string, Lifetime>();
/** True if `removeTemporaryPaths` is registered to be called when this process ends. */
let removesAtExit = false;

/**
 * File in a cache's folder by which a later process recognizes the folder as one that it may remove. The file contains the
 * folder's real path, so that a copy of the folder elsewhere is not recognized.
 */
const MARKER_FILE = '.own-cache';

/** A temporary folder's name after its prefix: the id of its process, and the letters that mkdtemp adds. */
const NAME_AFTER_PREFIX = /^(\d+)-\w+$/;

/** A path that needs no quotes in a shell. */
const PLAIN_PATH = /^[\w./-]+$/;

/**
 * Makes a folder for temporary files, with this process's id in its name. At the latest, it is removed when this process
 * ends.
 */
export function makeTemporaryFolder(prefix: string, parent = tmpdir()): string {
  const path = realpathSync(makeUniqueFolder(parent, `${prefix}${process.pid}-`));
  if (!removesAtExit) atExit(removeTemporaryPaths);
  removesAtExit = true;
  ownPaths.set(path, 'temporary');
  return path;
}

function makeUniqueFolder(parent: string, prefix: string): string {
  try {
    return mkdtempSync(join(parent, prefix));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const advice = 'set TMPDIR to a folder that exists';
    throw new Error(`No temporary folder can be made in ${parent} (${code}): ${advice}.`, { cause: error });
  }
}

function removeTemporaryPaths(): void {
  for (const [path, lifetime] of ownPaths) {
    if (lifetime === 'temporary' && existsSync(path)) removeOwnPath(path);
  }
}

/** True if this process made the path, or a folder that contains it. */
export function isOwnPath(path: string): boolean {
  const real = realPath(path);
  return [...ownPaths.keys()].some((ownPath) => isWithin(real, ownPath));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/**
 * A path whose folder has no symbolic links. Empty if the path contains "..", which may lead out of a folder, or if its
 * folder does not exist.
 */
function realPath(path: string): string {
  const folder = dirname(path);
  const mayLeadElsewhere = path.split(sep).includes('..');
  if (mayLeadElsewhere || !existsSync(folder)) return '';
  // The last name is kept: if it is a symbolic link, the link is removed, and not the folder to which it leads.
  return join(realpathSync(folder), basename(path));
}

/**
 * Removes a file or folder that this process made, or that is in a folder that it made.
 *
 * @throws Error for every other path.
 */
export function removeOwnPath(path: string): void {
  if (!isOwnPath(path)) throw new Error(`${path} is not removed: this process did not make it.`);
  const real = realPath(path);
  // Retries: a program that is just being killed may still write files into the folder.
  rmSync(real, { recursive: true, maxRetries: 10 });
  for (const ownPath of ownPaths.keys()) {
    if (isWithin(ownPath, real)) ownPaths.delete(ownPath);
  }
}

/**
 * Makes an empty folder for a cache, which is kept when this process ends. A folder that this function made at the same
 * path before is removed.
 *
 * @throws Error if another program made the folder at the path.
 */
export function renewCache(path: string): void {
  if (existsSync(path)) removeCache(path);
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path);
  const real = realpathSync(path);
  writeFileSync(join(path, MARKER_FILE), real);
  ownPaths.set(real, 'kept');
}

function removeCache(path: string): void {
  const markerFile = join(path, MARKER_FILE);
  const real = realpathSync(path);
  const isMarked = existsSync(markerFile) && readFileSync(markerFile, 'utf8') === real;
  if (!isMarked) {
    throw new Error(`${path} is no cache that was made here, and is left alone. ${removalAdvice(path)}`);
  }
  ownPaths.set(real, 'kept');
  removeOwnPath(real);
}

/**
 * Advice on removing the temporary folders of earlier runs that were killed; `undefined` if there are none.
 * @param prefix - Prefix of the names of these folders.
 */
export function killedRunsAdvice(prefix: string): string | undefined {
  const names = existsSync(tmpdir()) ? readdirSync(tmpdir()) : [];
  const namesOfKilled = names.filter((name) => isOfEndedProcess(name, prefix));
  if (namesOfKilled.length === 0) return undefined;
  const paths = namesOfKilled.map((name) => join(tmpdir(), name));
  return `Earlier runs were killed and left files behind. ${removalAdvice(...paths)}`;
}

/** True if a name is that of a temporary folder whose process does not run any more. */
function isOfEndedProcess(name: string, prefix: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const suffix = name.slice(prefix.length);
  const [, processId] = NAME_AFTER_PREFIX.exec(suffix) ?? [];
  return processId !== undefined && !isRunning(Number(processId));
}

function isRunning(processId: number): boolean {
  try {
    // Signal 0 only checks that the process exists.
    return process.kill(processId, 0);
  } catch (error) {
    // EPERM: the process exists, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Advice on removing paths that this process did not make. */
export function removalAdvice(...paths: readonly string[]): string {
  const pronoun = paths.length > 1 ? 'them' : 'it';
  const list = paths.map(quote).join(' ');
  return `To remove ${pronoun}: rm -r ${list}`;
}

function quote(path: string): string {
  return PLAIN_PATH.test(path) ? path : `'${path}'`;
}
