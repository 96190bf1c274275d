/**
 * Breaks a text into lines of at most so many columns. A line ends after a space in its second half. If there is none, it
 * ends after a sign in its second half (an ARN has no spaces), otherwise after an earlier space, otherwise within a word.
 */
export function wrap(text: string, columns: number): string[] {
  const line = linePattern(columns);
  return text.split('\n').flatMap((paragraph) => {
    const lines = paragraph.match(line) ?? [''];
    return lines.map((brokenLine) => brokenLine.trimEnd());
  });
}

/** Matches one line. The alternatives are in the order in which they are preferred. */
function linePattern(columns: number): RegExp {
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
