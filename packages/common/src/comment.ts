import { fencedBlock } from './untrusted-text';

/** Marks a workflow's comment, so that the next run updates it in place. */
export const MARKER = '<!-- prooflink-diff -->';
/** GitHub rejects a longer comment. */
export const LONGEST_COMMENT = 65_536;

/** Characters of an error that a comment shows. */
const LONGEST_FAILURE = 2_000;

const NO_REVIEW = {
  en: 'The diff could not be made, so nothing is known about this change.',
  ja: '差分を作れなかったため、この変更の影響は分かっていません。',
};

/** Comment for a review that failed: the earlier one would read as the result. */
export function renderFailure(message: string, language: keyof typeof NO_REVIEW = 'en'): string {
  const title = `> [!CAUTION]\n> **${NO_REVIEW[language]}**`;
  const reason = fencedBlock(message.slice(0, LONGEST_FAILURE), '');
  return [MARKER, title, reason, ''].join('\n\n');
}
