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

/** A temporary path is removed when this process ends; a kept one outlives it. */
type Lifetime = 'temporary' | 'kept';

/** Real paths that this process made. Nothing else is removed, and nothing is removed by any other means. */
const ownPaths = new Map<string, Lifetime>();
let removesAtExit = false;

/** File that marks a cache for a later process. It holds the cache's own real path, so that a copy is no cache. */
const MARK = '.own-cache';

/** End of a temporary folder's name, after its prefix: the id of its process, and what mkdtemp adds. */
const PROCESS_ID = /^(\d+)-\w+$/;

/** A path that needs no quotes in a shell. */
const PLAIN_PATH = /^[\w./-]+$/;

/**
 * Makes a folder for temporary files, with this process's id in its name. It is removed when this process ends, if not
 * before.
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
    if (lifetime === 'temporary' && existsSync(path)) removeMade(path);
  }
}

/** True if this process made the path, or a folder that it is in. */
export function isMade(path: string): boolean {
  const real = realPath(path);
  return [...ownPaths.keys()].some((ownPath) => isWithin(real, ownPath));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/** The path without symbolic links in its folder; empty if it has "..", which may lead elsewhere, or has no folder. */
function realPath(path: string): string {
  const folder = dirname(path);
  const mayLeadElsewhere = path.split(sep).includes('..');
  if (mayLeadElsewhere || !existsSync(folder)) return '';
  // The path itself may be a symbolic link, which is removed as such.
  return join(realpathSync(folder), basename(path));
}

/**
 * Removes a file or folder that this process made, or that is in such a folder.
 *
 * @throws Error for every other path.
 */
export function removeMade(path: string): void {
  if (!isMade(path)) throw new Error(`${path} is not removed: this process did not make it.`);
  const real = realPath(path);
  // A program that is just being killed may still write there.
  rmSync(real, { recursive: true, maxRetries: 10 });
  for (const ownPath of ownPaths.keys()) {
    if (isWithin(ownPath, real)) ownPaths.delete(ownPath);
  }
}

/**
 * Makes the folder of a cache anew, and leaves a mark in it. It outlives this process.
 *
 * @throws Error if there is a folder without the mark: something else made it.
 */
export function renewCache(path: string): void {
  if (existsSync(path)) removeCache(path);
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path);
  const real = realpathSync(path);
  writeFileSync(join(path, MARK), real);
  ownPaths.set(real, 'kept');
}

function removeCache(path: string): void {
  const mark = join(path, MARK);
  const real = realpathSync(path);
  const isMarked = existsSync(mark) && readFileSync(mark, 'utf8') === real;
  if (!isMarked) {
    throw new Error(`${path} is no cache that was made here, and is left alone. ${removeByHand(path)}`);
  }
  ownPaths.set(real, 'kept');
  removeMade(real);
}

/** A sentence that names the temporary folders of earlier runs that were killed, if there are any. */
export function leftBehind(prefix: string): string | undefined {
  const names = existsSync(tmpdir()) ? readdirSync(tmpdir()) : [];
  const namesOfKilled = names.filter((name) => isOfEndedProcess(name, prefix));
  if (namesOfKilled.length === 0) return undefined;
  const paths = namesOfKilled.map((name) => join(tmpdir(), name));
  return `Earlier runs were killed and left files behind. ${removeByHand(...paths)}`;
}

function isOfEndedProcess(name: string, prefix: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const suffix = name.slice(prefix.length);
  const [, processId] = PROCESS_ID.exec(suffix) ?? [];
  return processId !== undefined && !isRunning(Number(processId));
}

function isRunning(processId: number): boolean {
  try {
    // Signal 0 only checks that the process exists.
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Advice on removing paths that this process did not make. */
export function removeByHand(...paths: readonly string[]): string {
  const pronoun = paths.length > 1 ? 'them' : 'it';
  const list = paths.map(quote).join(' ');
  return `To remove ${pronoun}: rm -r ${list}`;
}

function quote(path: string): string {
  return PLAIN_PATH.test(path) ? path : `'${path}'`;
}
