/** Refuses a deployment that is not allowed. The message has the reason, and what to do instead if there is something. */
export class RefusedError extends Error {}
