/** Reason to refuse a release, in words for its user; `undefined` if a check finds none. */
export type Problem = string | undefined;
