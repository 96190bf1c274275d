import { constants } from 'node:os';

/** Signals that end a process by default, but that it can handle. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `work` when this process ends: by itself, or because of one of the `SIGNALS`. */
export function atExit(work: () => void): void {
  process.once('exit', work);
  for (const signal of SIGNALS) {
    // With a listener, a signal does not end the process by default: the listener must do so.
    const hasListener = process.listeners(signal).includes(exitBySignal);
    if (!hasListener) process.once(signal, exitBySignal);
  }
}

/** Exits with the code that a shell expects from a process that a signal ended. */
function exitBySignal(signal: NodeJS.Signals): never {
  process.exit(128 + constants.signals[signal]);
}
