import { limited } from '@infra/common/values';
import { wordsForCount, wordsOf } from '../messages';
import { join, type Words } from '../messages/words';
import type { Finding } from '../model/finding';

/** More lines of one finding than a person compares. */
const MOST_LINES = 25;

/** The sentences of a finding, and a last one on how many are left out. */
export function shownSentences({ sentences }: Finding): readonly Words[] {
  return limited(sentences, MOST_LINES, (hiddenCount) => wordsForCount('moreSentences', hiddenCount));
}

/** The values of a finding, and a last line on how many are left out. */
export function shownChanges({ changes }: Finding): readonly Words[] {
  return limited(changes, MOST_LINES, (hiddenCount) => wordsForCount('moreValues', hiddenCount));
}

/** Advice on a finding; none if it is harmless. */
export function adviceLines({ level, advice = [] }: Finding): Words[] {
  if (level === 'other') return [];
  const sentences = advice.length > 0 ? advice : [wordsOf(`do.${level}`)];
  return [wordsOf('do', { what: join(sentences, ' ') })];
}
