import {
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  spawn,
  type SpawnOptions,
  type SpawnOptionsWithoutStdio,
} from 'node:child_process';
import { atExit } from '@infra/common/at-exit';

const owned = new Set<ChildProcess>();
let watching = false;

/** Starts a program in its own process group, which ends with this process, however that ends. */
export function spawnOwned(
  command: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio,
): ChildProcessWithoutNullStreams;
export function spawnOwned(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
export function spawnOwned(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  watch();
  const child = spawn(command, args, { ...options, detached: true });
  owned.add(child);
  child.once('exit', () => owned.delete(child));
  child.once('error', () => owned.delete(child));
  return child;
}

/** Ends a program of `spawnOwned` with all its children, and waits for its end. */
export async function endOwned(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  killGroup(child, 'SIGTERM');
  const patience = setTimeout(() => {
    killGroup(child, 'SIGKILL');
  }, 3000);
  await ended;
  clearTimeout(patience);
}

/** Lets a program outlive this process. */
export function release(child: ChildProcess): void {
  owned.delete(child);
  child.unref();
}

/** Sends a signal to a program of `spawnOwned` and all that it started. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already ended.
  }
}

function watch(): void {
  if (watching) return;
  watching = true;
  atExit(() => {
    for (const child of owned) killGroup(child, 'SIGKILL');
  });
}
