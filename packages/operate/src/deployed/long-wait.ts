/**
 * An import job that waits longer for capacity is reported. Fargate starts a job within seconds, so that a longer wait
 * mostly has a cause that only a person can remove.
 */
export const LONG_WAIT_MS = 60_000;
