import { fencedBlock } from './untrusted-text';

/** GitHub rejects a comment with more characters. */
export const LONGEST_COMMENT = 65_536;

/** Characters of an error message that a comment shows. */
const LONGEST_MESSAGE = 2_000;

/** Titles by language. */
const FAILED_REVIEW_TITLES = {
  en: 'The diff could not be made, so nothing is known about this change.',
  ja: '差分を作れなかったため、この変更の影響は分かっていません。',
};

/** Comment for a review that failed. It replaces the comment of an earlier run, which would read as the result. */
export function renderFailedReview(message: string, language: keyof typeof FAILED_REVIEW_TITLES = 'en'): string {
  const title = `> [!CAUTION]\n> **${FAILED_REVIEW_TITLES[language]}**`;
  const reason = fencedBlock(message.slice(0, LONGEST_MESSAGE));
  return [title, reason, ''].join('\n\n');
}
