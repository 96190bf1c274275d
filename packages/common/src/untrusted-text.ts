/** Control, direction and invisible characters written out: they could hide text or drive the terminal. */
export function visible(text: string, keep = ''): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    if (keep.includes(character)) return character;
    if (character === '\n') return '\\n';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const LONGEST_CODE = 200;

/** Untrusted text on one line, cut where it is too long to be read. */
export function oneLine(text: string): string {
  const cut = text.length > LONGEST_CODE + 50;
  return visible(
    cut ? `${text.slice(0, LONGEST_CODE)} … (${text.length.toLocaleString('en')} characters in all)` : text,
  );
}

/**
 * Untrusted text as inline code on one line. In it, GitHub ignores mentions, issue references and HTML. A backtick
 * would end it, and a pipe, a backslash or a dollar sign at its end have a meaning outside: such text is written in
 * character references instead.
 */
export function inlineCode(text: string): string {
  const line = oneLine(text);
  if (line === '') return '`""`';
  if (!/[`|\\]|\$$|^ | $/.test(line)) return `\`${line}\``;
  const references = line.replace(/[^\p{L}\p{N} ,/=-]/gu, (character) => `&#${String(character.codePointAt(0))};`);
  return `<code>${references}</code>`;
}

/** Untrusted lines as a fenced block; its fence is longer than any run of backticks in it. */
export function fencedBlock(lines: string, language: string): string {
  const text = visible(lines, '\n\t');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
