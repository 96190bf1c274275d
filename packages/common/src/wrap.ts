/**
 * Breaks a text into lines of at most so many columns. A line ends after a space in its second half if there is one,
 * else after a sign there (an ARN has no spaces), else after an earlier space, else in the middle of a word.
 */
export function wrap(text: string, columns: number): string[] {
  const line = lineOf(columns);
  return text.split('\n').flatMap((paragraph) => {
    const lines = paragraph.match(line) ?? [''];
    return lines.map((brokenLine) => brokenLine.trimEnd());
  });
}

/** Matches one line: the first alternative that fits. */
function lineOf(columns: number): RegExp {
  const anyLength = `.{1,${columns}}`;
  const intoSecondHalf = `.{${Math.ceil(columns / 2)},${columns}}`;
  const alternatives = [
    `${anyLength}$`,
    `${intoSecondHalf}\\s`,
    `${intoSecondHalf}(?<=[\\]/:.,@?-])`,
    `${anyLength}\\s`,
    anyLength,
  ];
  return new RegExp(alternatives.join('|'), 'gsu');
}
