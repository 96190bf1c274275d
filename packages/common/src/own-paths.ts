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

/**
 * Real paths that this process made, and whether they go with it. Nothing else is removed, and nothing is removed by any
 * other means.
 */
const made = new Map<string, 'temporary' | 'kept'>();
let watching = false;

/** The file by which a later process knows a cache: it holds the cache's own real path, so that a copy is not taken for it. */
const MARK = '.own-cache';

/**
 * Makes a folder for temporary files, with this process's id in its name. It is removed when this process ends, if not
 * before.
 */
export function makeTemporaryFolder(prefix: string, parent = tmpdir()): string {
  const path = realpathSync(makeIn(parent, `${prefix}${process.pid}-`));
  if (!watching) atExit(removeRest);
  watching = true;
  made.set(path, 'temporary');
  return path;
}

function makeIn(parent: string, prefix: string): string {
  try {
    return mkdtempSync(join(parent, prefix));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const advice = 'set TMPDIR to a folder that exists';
    throw new Error(`No temporary folder can be made in ${parent} (${code}): ${advice}.`, { cause: error });
  }
}

/** True if this process made the path, or a folder that it is in. */
export function isMade(path: string): boolean {
  const real = realPath(path);
  return [...made.keys()].some((one) => isWithin(real, one));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/** The path itself, also where it is a symbolic link; empty where two dots lead elsewhere, or where it cannot be. */
function realPath(path: string): string {
  const parent = dirname(path);
  return path.split(sep).includes('..') || !existsSync(parent) ? '' : join(realpathSync(parent), basename(path));
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
  for (const one of made.keys()) if (isWithin(one, real)) made.delete(one);
}

/**
 * Makes the folder of a cache anew, and leaves a mark in it. It outlives this process.
 *
 * @throws Error where there is a folder without the mark: something else made it.
 */
export function renewCache(path: string): void {
  if (existsSync(path)) {
    const mark = join(path, MARK);
    const real = realpathSync(path);
    if (!existsSync(mark) || readFileSync(mark, 'utf8') !== real) {
      throw new Error(`${path} is no cache that was made here, and is left alone. ${removeByHand(path)}`);
    }
    made.set(real, 'kept');
    removeMade(real);
  }
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path);
  const real = realpathSync(path);
  writeFileSync(join(path, MARK), real);
  made.set(real, 'kept');
}

function removeRest(): void {
  for (const [path, how] of made) if (how === 'temporary' && existsSync(path)) removeMade(path);
}

/** A sentence that names the temporary folders of earlier runs that were killed, if there are any. */
export function leftBehind(prefix: string): string | undefined {
  const ended = (name: string): boolean => {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)-\w+$/.exec(name.slice(prefix.length)) ?? []) : [];
    return pid !== undefined && !isRunning(Number(pid));
  };
  const left = existsSync(tmpdir()) ? readdirSync(tmpdir()).filter(ended) : [];
  if (left.length === 0) return undefined;
  return `Earlier runs were killed and left files behind. ${removeByHand(...left.map((each) => join(tmpdir(), each)))}`;
}

/** Advice on removing a path that this process did not make. */
export function removeByHand(...paths: readonly string[]): string {
  const quoted = paths.map((each) => (/^[\w./-]+$/.test(each) ? each : `'${each}'`));
  return `To remove ${paths.length > 1 ? 'them' : 'it'}: rm -r ${quoted.join(' ')}`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
