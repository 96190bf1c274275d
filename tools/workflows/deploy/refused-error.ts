/** A deployment that is not allowed. The message says what to do instead. */
export class RefusedError extends Error {}
