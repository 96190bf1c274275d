/** Actions, resources or principals of a statement: a pattern, or everything but some. */
export type Pattern = string | { readonly not: readonly string[] };

/** True if everything that `narrow` matches is in `wide`; false where that is not certain. */
export function covers(wide: Pattern, narrow: Pattern): boolean {
  const isIn = (list: readonly string[], value: string) => list.some((each) => matches(each, value));
  if (typeof wide === 'string') return typeof narrow === 'string' ? matches(wide, narrow) : wide === '*';
  if (typeof narrow === 'string') return !/[*?]/.test(narrow) && !isIn(wide.not, narrow);
  return wide.not.every((value) => isIn(narrow.not, value));
}

/** True if a pattern covers a text, or another pattern. Without a regular expression, which could take forever. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  const fits = (piece: string, at: number) =>
    at >= 0 &&
    piece.split('').every((sign, index) => {
      const other = text[at + index];
      return sign === other || (sign === '?' && other !== undefined && other !== '*');
    });
  if (last === undefined) return first.length === text.length && fits(first, 0);
  let at = first.length;
  for (const piece of others) {
    while (at < text.length && !fits(piece, at)) at += 1;
    at += piece.length;
  }
  return fits(first, 0) && at <= text.length - last.length && fits(last, text.length - last.length);
}
