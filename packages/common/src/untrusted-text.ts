/** Control, direction and invisible characters. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Parts of a text that cannot be in Markdown's inline code: a backtick, a pipe or a backslash anywhere, a space at the start
 * or the end, a dollar sign at the end.
 */
const NOT_FOR_INLINE_CODE = /[`|\\]|\$$|^ | $/;

/** Characters that may have a meaning in Markdown or HTML. */
const MARKUP_CHARACTER = /[^\p{L}\p{N} ,/=-]/gu;

/** Notes on the length of a text which is cut, by language. */
const NOTES_ON_LENGTH = {
  en: (length: string) => `(${length} characters in all)`,
  ja: (length: string) => `(全${length}文字)`,
};

type Language = keyof typeof NOTES_ON_LENGTH;

/** Number of characters that are shown of a text which is cut. */
const SHOWN_CHARACTERS = 200;
/** Number of characters above that limit up to which a text is not cut, since the note on its length would be as long. */
const TOLERATED_CHARACTERS = 50;

/**
 * A text in which escapes, such as `\u{202e}`, replace invisible characters: these could hide text or control a terminal.
 * @param keep - Invisible characters that are not replaced.
 */
export function escapeInvisible(text: string, keep = ''): string {
  return text.replace(INVISIBLE, (character) => {
    if (keep.includes(character)) return character;
    if (character === '\n') return '\\n';
    const codePoint = character.codePointAt(0) ?? 0;
    return `\\u{${codePoint.toString(16)}}`;
  });
}

/** Untrusted text on one line. A long one is cut, and its length is named. */
export function oneLine(text: string, language: Language = 'en'): string {
  if (text.length <= SHOWN_CHARACTERS + TOLERATED_CHARACTERS) return escapeInvisible(text);
  const length = text.length.toLocaleString('en');
  const note = NOTES_ON_LENGTH[language](length);
  return escapeInvisible(`${text.slice(0, SHOWN_CHARACTERS)} … ${note}`);
}

/**
 * Untrusted text as inline code on one line, in which GitHub ignores mentions, issue references and HTML. A text that
 * Markdown's inline code cannot contain is written as HTML, with references instead of characters that have a meaning.
 */
export function inlineCode(text: string, language?: Language): string {
  const line = oneLine(text, language);
  if (line === '') return '`""`';
  if (!NOT_FOR_INLINE_CODE.test(line)) return `\`${line}\``;
  const escaped = line.replace(MARKUP_CHARACTER, characterReference);
  return `<code>${escaped}</code>`;
}

/** HTML's reference to a character, `&#124;` for a pipe. */
function characterReference(character: string): string {
  const codePoint = String(character.codePointAt(0));
  return `&#${codePoint};`;
}

/**
 * Untrusted lines as a fenced code block. The fence has more backticks than any part of the lines, so that no line ends the
 * block.
 * @param language - Language by which GitHub colours the lines; by default, it does not.
 */
export function fencedBlock(lines: string, language = ''): string {
  const text = escapeInvisible(lines, '\n\t');
  const backtickRuns = text.match(/`+/g) ?? [];
  const lengths = backtickRuns.map((run) => run.length);
  // A fence has at least three backticks.
  const longestRun = Math.max(2, ...lengths);
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
