import { constants } from 'node:os';

/** Signals that a process can handle before it ends. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `work` when this process ends: by itself, or by a signal that a process can handle. */
export function atExit(work: () => void): void {
  process.once('exit', work);
  for (const signal of SIGNALS) {
    const isListening = process.listeners(signal).includes(exit);
    if (!isListening) process.once(signal, exit);
  }
}

/** Exits as a shell expects it of a process that a signal ended. */
function exit(signal: NodeJS.Signals): never {
  process.exit(128 + constants.signals[signal]);
}
