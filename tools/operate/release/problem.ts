/** Reason to refuse a release, in words for its user. `undefined`: the check found nothing wrong. */
export type Problem = string | undefined;
