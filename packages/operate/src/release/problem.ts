/** Reason to refuse a release, in words for its user. */
export type Problem = string;
