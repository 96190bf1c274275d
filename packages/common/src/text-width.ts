/**
 * Blocks of characters that take two columns in a terminal (unicode.org/reports/tr11). A package would be one more beside
 * the token of a job that deploys.
 */
const WIDE_BLOCKS = [
  // Hangul
  '\\u{1100}-\\u{115f}\\u{a960}-\\u{a97c}\\u{ac00}-\\u{d7a3}',
  // Punctuation, Hiragana, Katakana and Han
  '\\u{2e80}-\\u{303e}\\u{3041}-\\u{4dbf}\\u{4e00}-\\u{a4cf}\\u{f900}-\\u{faff}\\u{20000}-\\u{3fffd}',
  // Forms of full width and for vertical lines
  '\\u{fe30}-\\u{fe6f}\\u{ff01}-\\u{ff60}\\u{ffe0}-\\u{ffe6}',
  '\\p{Emoji_Presentation}',
];

/** A character that takes two columns in a terminal, as part of a regular expression with the flag `u`. */
export const WIDE_CHARACTER = `[${WIDE_BLOCKS.join('')}]`;

const WIDE_PATTERN = new RegExp(WIDE_CHARACTER, 'u');

/** Columns that a character takes in a terminal. */
export function widthOfCharacter(character: string): number {
  return WIDE_PATTERN.test(character) ? 2 : 1;
}

/** Columns that a text on one line takes in a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** A text with spaces behind it, up to so many columns. */
export function padToWidth(text: string, columns: number): string {
  const missing = Math.max(0, columns - textWidth(text));
  return text + ' '.repeat(missing);
}
