import { fencedBlock } from './untrusted-text';

/** By this a workflow finds its comment again, to update it in place. */
export const MARKER = '<!-- prooflink-diff -->';
/** GitHub refuses a longer comment. */
export const LONGEST_COMMENT = 65_536;

const LONGEST_FAILURE = 2_000;

/** What is said when there is no review: a comment that stayed as it was would read as one. */
export function renderFailure(message: string): string {
  const headline = '> [!CAUTION]\n> **The diff could not be made, so nothing is known about this change.**';
  return [MARKER, headline, fencedBlock(message.slice(0, LONGEST_FAILURE), ''), ''].join('\n\n');
}
