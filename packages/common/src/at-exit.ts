import { constants } from 'node:os';

const exit = (signal: NodeJS.Signals): never => process.exit(128 + constants.signals[signal]);

/** Calls `work` when this process ends: by itself, or by a signal that a process can answer. */
export function atExit(work: () => void): void {
  process.once('exit', work);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    if (!process.listeners(signal).includes(exit)) process.once(signal, exit);
  }
}
