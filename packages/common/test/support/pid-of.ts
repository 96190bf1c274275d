import type { ChildProcess } from 'node:child_process';

/**
 * Id of a program that was started; its negative is the id of the program's process group.
 * @throws Error if the program did not start: a signal to 0 would reach the tests themselves.
 */
export function pidOf({ pid, spawnfile }: ChildProcess): number {
  if (pid === undefined) throw new Error(`${spawnfile} did not start`);
  return pid;
}
