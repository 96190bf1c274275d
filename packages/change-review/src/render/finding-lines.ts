import { limited } from '@infra/common/values';
import { wordsForCount, wordsOf } from '../messages';
import { join, listOf, type Words } from '../messages/words';
import type { Finding } from '../model/finding';

/** More lines of one finding than a person compares. */
const MOST_LINES = 25;

/** The subject of a finding, and the other stacks that have it. */
export function shownSubject({ subject, alsoIn }: Finding): Words {
  return alsoIn ? wordsOf('alsoIn', { subject, stacks: listOf(alsoIn) }) : subject;
}

/** The sentences of a finding, and a last one on how many are left out. */
export function shownSentences({ sentences }: Finding): readonly Words[] {
  return limited(sentences, MOST_LINES, (hiddenCount) => wordsForCount('moreSentences', hiddenCount));
}

/** The values of a finding, and a last line on how many are left out. */
export function shownChanges({ changes }: Finding): readonly Words[] {
  return limited(changes, MOST_LINES, (hiddenCount) => wordsForCount('moreValues', hiddenCount));
}

/** Advice on a finding; none if it is settled, or if its sentences leave nothing to do but to read them. */
export function adviceLines({ level, advice = [], sentences: said }: Finding): Words[] {
  const isForReading = level === 'look' && said.length > 0 && advice.length === 0;
  if (level === 'accepted' || level === 'other' || isForReading) return [];
  const sentences = advice.length > 0 ? advice : [wordsOf(`do.${level}`)];
  return [wordsOf('do', { what: join(sentences, ' ') })];
}
