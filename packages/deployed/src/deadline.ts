const COMMAND_TIMEOUT_MS = 10_000;
/** A request that is sent late, such as the comparison of a last resource, still has this long. */
const SHORTEST_TIMEOUT_MS = 5_000;

/** Moment after which a command no longer waits for AWS. */
export interface Deadline {
  /** Time that a request has which is sent now. */
  readonly remainingMs: () => number;
}

/** A deadline for a command that starts now. */
export function deadlineFromNow(): Deadline {
  const end = Date.now() + COMMAND_TIMEOUT_MS;
  return { remainingMs: () => Math.max(end - Date.now(), SHORTEST_TIMEOUT_MS) };
}
