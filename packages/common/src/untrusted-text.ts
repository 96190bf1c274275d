/** Control, direction and invisible characters. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text that inline code cannot hold: with a backtick, a pipe or a backslash, or with a space or dollar sign at an end. */
const NOT_FOR_INLINE_CODE = /[`|\\]|\$$|^ | $/;

/** Characters that may mean something in Markdown or HTML. */
const SPECIAL = /[^\p{L}\p{N} ,/=-]/gu;

/** Characters that are shown of a text which is cut. */
const LONGEST_CODE = 200;
/** Characters by which a text may be longer without being cut. */
const TOLERANCE = 50;

/** Invisible characters written out: they could hide text or drive the terminal. Those in `keep` stay. */
export function visible(text: string, keep = ''): string {
  return text.replace(INVISIBLE, (character) => {
    if (keep.includes(character)) return character;
    if (character === '\n') return '\\n';
    const codePoint = character.codePointAt(0) ?? 0;
    return `\\u{${codePoint.toString(16)}}`;
  });
}

/** Untrusted text on one line, cut where it is too long to be read. */
export function oneLine(text: string): string {
  if (text.length <= LONGEST_CODE + TOLERANCE) return visible(text);
  const length = text.length.toLocaleString('en');
  return visible(`${text.slice(0, LONGEST_CODE)} … (${length} characters in all)`);
}

/**
 * Untrusted text as inline code on one line. In it, GitHub ignores mentions, issue references and HTML. A backtick
 * would end it, and a pipe, a backslash or a dollar sign at its end have a meaning outside: such text is written in
 * character references instead.
 */
export function inlineCode(text: string): string {
  const line = oneLine(text);
  if (line === '') return '`""`';
  if (!NOT_FOR_INLINE_CODE.test(line)) return `\`${line}\``;
  const escaped = line.replace(SPECIAL, characterReference);
  return `<code>${escaped}</code>`;
}

function characterReference(character: string): string {
  const codePoint = String(character.codePointAt(0));
  return `&#${codePoint};`;
}

/** Untrusted lines as a fenced block; its fence is longer than any run of backticks in it. */
export function fencedBlock(lines: string, language: string): string {
  const text = visible(lines, '\n\t');
  const runs = text.match(/`+/g) ?? [];
  const lengths = runs.map((run) => run.length);
  const longestRun = Math.max(2, ...lengths);
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
