import { WIDE_CHARACTER, widthOfCharacter } from './text-width';

/** Signs that end no line: opening brackets. */
const OPENING = '[\\[({「『【〔〈《]';
/** Signs that begin no line: closing brackets, punctuation, small letters of Japanese, and its sign for a long vowel. */
const NOT_FIRST = '[\\])}」』】〕〉》、。，．・：；！？!?,.:;…ー〜々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]';
/** A place that is not within a word in Katakana, such as テンプレート. */
const OUTSIDE_KATAKANA = '(?:(?<![\\p{sc=Katakana}ー])|(?![\\p{sc=Katakana}ー]))';
/** A place beside a character of full width, since Japanese has no spaces. */
const BESIDE_WIDE = `(?:(?<=${WIDE_CHARACTER})|(?=${WIDE_CHARACTER}))(?<!${OPENING})(?!${NOT_FIRST})${OUTSIDE_KATAKANA}`;

/**
 * Breaks a text into lines of at most so many columns. A line ends after a space, or beside a character of full width, but not within a word in Katakana, in
 * its second half. If there is none, it ends after a sign in its second half (an ARN has no spaces), otherwise after an
 * earlier space, otherwise within a word.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, columns));
}

function wrapParagraph(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = paragraph;
  do {
    const line = firstLine(rest, columns);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length);
  } while (rest !== '');
  return lines;
}

/** The first line of a text, with the space at its end. */
function firstLine(text: string, columns: number): string {
  const most = Math.max(1, charactersWithin(text, columns));
  const half = Math.max(1, charactersWithin(text, Math.ceil(columns / 2)));
  const [line = ''] = linePattern(half, most).exec(text) ?? [];
  return line;
}

/** Number of characters at the beginning of a text that fit into so many columns; the end of the text is one place more. */
function charactersWithin(text: string, columns: number): number {
  // A character is at most two units long.
  const beginning = text.slice(0, 2 * columns);
  let count = 0;
  let width = 0;
  for (const character of beginning) {
    width += widthOfCharacter(character);
    if (width > columns) return count;
    count += 1;
  }
  return count;
}

/** Matches one line. The alternatives are in the order in which they are preferred. */
function linePattern(half: number, most: number): RegExp {
  const anyLength = `.{1,${most}}`;
  const intoSecondHalf = `.{${half},${most}}`;
  const alternatives = [
    `${anyLength}$`,
    `${intoSecondHalf}(?:\\s|${BESIDE_WIDE})`,
    `${intoSecondHalf}(?<=[\\]/:.,@?-])`,
    `${anyLength}\\s`,
    anyLength,
  ];
  return new RegExp(`^(?:${alternatives.join('|')})`, 'su');
}
