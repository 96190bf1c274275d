/** Marks the comment of the diff workflow on a pull request, so that the next run replaces this comment. */
export const COMMENT_MARKER = '<!-- prooflink-diff -->';

export function withMarker(comment: string): string {
  return `${COMMENT_MARKER}\n\n${comment}`;
}
