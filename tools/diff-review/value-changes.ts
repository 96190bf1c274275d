import { shown } from '../shared/reading';
import { stable } from '../shared/values';
import type { Difference } from './differences';
import type { ValueChange } from './model';

const LONGEST_VALUE = 160;

/** A difference as a reader sees it: one line of text for each side. */
export function valueChange({ path, before, after, readers, kind }: Difference): ValueChange {
  // What only the spelling makes different is shown as it is spelled.
  const text = (value: unknown, side: 0 | 1) => valueText(kind === 'spelling' ? value : readers[side].plain(value));
  const [old, now] = shorten(text(before, 0), text(after, 1));
  return { path, before: old, after: now };
}

/** A value as one line of text. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return shown(typeof value === 'string' ? value : stable(value));
}

/** Long values are cut around the place where they begin to differ: their beginnings may well be the same. */
function shorten(before: string | undefined, after: string | undefined): (string | undefined)[] {
  const [left, right] = [before ?? '', after ?? ''];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const start = Math.max(
    0,
    Math.min(same, Math.max(left.length, right.length) - LONGEST_VALUE / 2) - LONGEST_VALUE / 2,
  );
  return [before, after].map((text) => {
    if (text === undefined || text.length <= LONGEST_VALUE) return text;
    const cut = text.slice(start, start + LONGEST_VALUE);
    return `${start > 0 ? '… ' : ''}${cut} … (${text.length.toLocaleString('en')} characters in all)`;
  });
}
