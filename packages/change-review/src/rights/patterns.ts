/** Actions, resources or principals of a statement: a pattern with `*` and `?`, or everything but some patterns. */
export type Pattern = string | EverythingBut;

export interface EverythingBut {
  readonly not: readonly string[];
}

const WILDCARD = /[*?]/;

/** True if everything that `narrow` matches is in `wide`; false if that is not certain. */
export function covers(wide: Pattern, narrow: Pattern): boolean {
  if (typeof wide === 'string' && typeof narrow === 'string') return matches(wide, narrow);
  if (typeof wide === 'string') return wide === '*';
  if (typeof narrow === 'string') return !WILDCARD.test(narrow) && !isMatched(wide.not, narrow);
  return wide.not.every((value) => isMatched(narrow.not, value));
}

/** The same pattern with each of its texts replaced. */
export function mapPattern(pattern: Pattern, replace: (text: string) => string): Pattern {
  if (typeof pattern === 'string') return replace(pattern);
  return { not: pattern.not.map(replace) };
}

function isMatched(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matches(pattern, text));
}

/**
 * True if a pattern covers a text, or another pattern: its pieces between `*` occur in the text one after the other. A
 * regular expression could take forever.
 */
function matches(pattern: string, text: string): boolean {
  const [start = '', ...pieces] = pattern.split('*');
  const end = pieces.pop();
  if (!isPieceAt(0, start, text)) return false;
  if (end === undefined) return start.length === text.length;
  const startOfEnd = text.length - end.length;
  const endOfPieces = findPieces(pieces, start.length, text);
  return endOfPieces <= startOfEnd && isPieceAt(startOfEnd, end, text);
}

/** Position after the pieces, each at its first place after the one before; beyond the text if one is missing. */
function findPieces(pieces: readonly string[], start: number, text: string): number {
  let position = start;
  for (const piece of pieces) {
    while (position < text.length && !isPieceAt(position, piece, text)) {
      position += 1;
    }
    position += piece.length;
  }
  return position;
}

/** True if a piece of a pattern matches a text at a position. A `?` is any character but `*`. */
function isPieceAt(position: number, piece: string, text: string): boolean {
  if (position < 0) return false;
  const characters = piece.split('');
  return characters.every((expected, index) => {
    const actual = text[position + index];
    const isAnyCharacter = expected === '?' && actual !== undefined && actual !== '*';
    return actual === expected || isAnyCharacter;
  });
}
