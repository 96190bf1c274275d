/** Exit codes of `npm run prooflink -- release`. */
export const ExitCode = {
  serves: 0,
  doesNotServe: 1,
  /** A check has refused the release, or the release has failed before it changed anything in AWS. */
  nothingChanged: 2,
  /** The release has changed AWS, and its outcome is unknown. */
  outcomeUnknown: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
