import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { atExit } from './at-exit';

/** Real paths that this process made. Nothing else is removed, and nothing is removed by any other means. */
const made = new Set<string>();

/**
 * Makes a folder for temporary files, with this process's id in its name. It is removed when this process ends, if not
 * before.
 */
export function makeTemporaryFolder(prefix: string, parent = tmpdir()): string {
  const path = realpathSync(makeIn(parent, `${prefix}${process.pid}-`));
  if (made.size === 0) atExit(removeRest);
  made.add(path);
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

/** Whether this process made the path, or a folder that it is in. */
export function isMade(path: string): boolean {
  if (path.split(sep).includes('..') || !existsSync(dirname(path))) return false;
  const real = join(realpathSync(dirname(path)), basename(path));
  return [...made].some((one) => real === one || real.startsWith(one + sep));
}

/**
 * Removes a file or folder that this process made, or that is in such a folder.
 *
 * @throws Error for every other path.
 */
export function removeMade(path: string): void {
  if (!isMade(path)) throw new Error(`${path} is not removed: this process did not make it.`);
  // A program that is just being killed may still write there.
  rmSync(path, { recursive: true, maxRetries: 10 });
  made.delete(path);
}

function removeRest(): void {
  for (const path of made) if (existsSync(path)) removeMade(path);
}

/** A sentence that names the temporary folders of earlier runs that were killed, if there are any. */
export function leftBehind(prefix: string): string | undefined {
  const ended = (name: string): boolean => {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)-\w{6}$/.exec(name.slice(prefix.length)) ?? []) : [];
    return pid !== undefined && !isRunning(Number(pid));
  };
  const left = existsSync(tmpdir()) ? readdirSync(tmpdir()).filter(ended) : [];
  if (left.length === 0) return undefined;
  return `Earlier runs were killed and left files behind. Remove them: rm -r ${left.map((each) => join(tmpdir(), each)).join(' ')}`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
