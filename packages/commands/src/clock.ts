/** Time by which commands measure their limits and their pauses. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  pause(seconds: number): Promise<void>;
  /** Signal that aborts after these milliseconds. */
  timeout(milliseconds: number): AbortSignal;
}

const realClock: Clock = {
  now: () => Date.now(),
  pause: (seconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, seconds * 1000);
    }),
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
};

let currentClock = realClock;

/** Clock of this process: the real one, unless a test, or a command of deploy:local, has set that of its local AWS. */
export const clock: Clock = {
  now: () => currentClock.now(),
  pause: (seconds) => currentClock.pause(seconds),
  timeout: (milliseconds) => currentClock.timeout(milliseconds),
};

/** Sets the clock of this process: the real one unless given. */
export function setClock(replacement: Clock = realClock): void {
  currentClock = replacement;
}
