/** A deployment that is not allowed, with what to do instead. */
export class RefusedError extends Error {}
