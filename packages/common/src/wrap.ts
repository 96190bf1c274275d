/**
 * Breaks a text into lines of at most so many columns. A line ends after a space in its second half if there is one,
 * else after a sign there (an ARN has no spaces), else after an earlier space, else in the middle of a word.
 */
export function wrap(text: string, columns: number): string[] {
  const late = `.{${Math.ceil(columns / 2)},${columns}}`;
  const line = new RegExp(
    `.{1,${columns}}$|${late}\\s|${late}(?<=[\\]/:.,@?-])|.{1,${columns}}\\s|.{1,${columns}}`,
    'gsu',
  );
  return text.split('\n').flatMap((each) => each.match(line)?.map((part) => part.trimEnd()) ?? ['']);
}
