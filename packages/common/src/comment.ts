import { fencedBlock } from './untrusted-text';

/** By this a workflow finds its comment again, to update it in place. */
export const MARKER = '<!-- prooflink-diff -->';
/** GitHub refuses a longer comment. */
export const LONGEST_COMMENT = 65_536;

const LONGEST_FAILURE = 2_000;

const NO_REVIEW = {
  en: 'The diff could not be made, so nothing is known about this change.',
  ja: '差分を作れなかったため、この変更の影響は分かっていません。',
};

/** What is said when there is no review: a comment that stayed as it was would read as one. */
export function renderFailure(message: string, language: keyof typeof NO_REVIEW = 'en'): string {
  return [
    MARKER,
    `> [!CAUTION]\n> **${NO_REVIEW[language]}**`,
    fencedBlock(message.slice(0, LONGEST_FAILURE), ''),
    '',
  ].join('\n\n');
}
