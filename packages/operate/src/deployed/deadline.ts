import { clock } from '@infra/commands/clock';

const COMMAND_TIMEOUT_MS = 10_000;

/** Moment after which a command no longer waits for AWS. */
export interface Deadline {
  /** Time that a request has which is sent now; 0 once the moment is over. */
  readonly remainingMs: () => number;
}

/** A deadline that is moved once, for work that takes longer than questions do. */
export interface MovableDeadline extends Deadline {
  /** Sets the moment anew: so much time from now. */
  readonly moveTo: (timeMs: number) => void;
}

/** A deadline for a command that starts now. */
export function deadlineFromNow(): MovableDeadline {
  let end = clock.now() + COMMAND_TIMEOUT_MS;
  return {
    remainingMs: () => Math.max(end - clock.now(), 0),
    moveTo: (timeMs) => {
      end = clock.now() + timeMs;
    },
  };
}
