import { wordsOf } from '../messages';
import { say, type Words } from '../messages/words';
import type { BeforeAndAfter, ReplacementImpact } from '../model/entry';
import { type NormalizedValue, readableValue } from '../read/normalized-text';
import type { ValueChange } from '../rules/rule';

const LONGEST_VALUE = 160;

/** Characters that a cut value shows before the first difference. */
const CONTEXT = LONGEST_VALUE / 2;

/** A value that changes, as one line. */
export function lineOf({ path, before, after }: ValueChange, replacement: ReplacementImpact): Words {
  const texts = {
    before: textOf(before),
    after: textOf(after),
  };
  const start = startOfExcerpt(texts);
  const line = wordsOf('value', {
    path,
    old: excerpt(texts.before, start),
    now: excerpt(texts.after, start),
  });
  if (replacement === 'certain') return [...line, ...wordsOf('replaces')];
  if (replacement === 'possible') return [...line, ...wordsOf('mayReplace')];
  return line;
}

function textOf(value: NormalizedValue): string | undefined {
  return value === undefined ? undefined : readableValue(value);
}

/** Long values are cut around their first difference: their beginnings may be equal. */
function startOfExcerpt({ before = '', after = '' }: BeforeAndAfter<string | undefined>): number {
  const longestLength = Math.max(before.length, after.length);
  const lastUsefulStart = longestLength - CONTEXT;
  const start = Math.min(firstDifference(before, after), lastUsefulStart) - CONTEXT;
  return Math.max(0, start);
}

function firstDifference(text: string, otherText: string): number {
  let index = 0;
  while (index < text.length && text[index] === otherText[index]) {
    index += 1;
  }
  return index;
}

function excerpt(text: string | undefined, start: number): Words {
  if (text === undefined) return wordsOf('notSet');
  if (text.length <= LONGEST_VALUE) return say`${text}`;
  const beginning = start > 0 ? '… ' : '';
  const part = text.slice(start, start + LONGEST_VALUE);
  const length = text.length.toLocaleString('en');
  return wordsOf('cutValue', {
    text: `${beginning}${part} …`,
    length: [length],
    whole: text,
  });
}
