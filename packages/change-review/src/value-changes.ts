import { stableJson } from '@infra/common/values';
import { say, type Words } from '@infra/common/words';
import { wordsOf } from './messages';
import { shown } from './reading';

const LONGEST_VALUE = 160;

/** One value that changes, as a reader sees it: a line of text. */
export function valueChange(path: string, before: unknown, after: unknown, why?: 'mayReplace' | 'replaces'): Words {
  const [old, now] = shorten(valueText(before), valueText(after));
  return [...wordsOf('value', { path, old, now }), ...(why === undefined ? [] : wordsOf(why))];
}

/** A plain value as one line of text. */
function valueText(value: unknown): string | undefined {
  return value === undefined ? undefined : shown(typeof value === 'string' ? value : stableJson(value));
}

/** Long values are cut around the place where they begin to differ: their beginnings may well be the same. */
function shorten(before: string | undefined, after: string | undefined): [Words, Words] {
  const [left, right] = [before ?? '', after ?? ''];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const last = Math.max(left.length, right.length) - LONGEST_VALUE / 2;
  const start = Math.max(0, Math.min(same, last) - LONGEST_VALUE / 2);
  const cut = (text: string | undefined): Words => {
    if (text === undefined) return wordsOf('notSet');
    if (text.length <= LONGEST_VALUE) return say`${text}`;
    const part = text.slice(start, start + LONGEST_VALUE);
    const length = text.length.toLocaleString('en');
    return say`${`${start > 0 ? '… ' : ''}${part} … (${length} characters in all)`}`;
  };
  return [cut(before), cut(after)];
}
