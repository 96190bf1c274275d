import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CannotTellError } from '@infra/common/outcome';
import { words } from './words';

/** Values of a file by their names. */
export type FileValues = Readonly<Record<string, string | undefined>>;

/** Begin of a line NAME=value, up to the value. */
const BEFORE_VALUE = String.raw`^[ \t]*(?:export[ \t]+)?([^\s=#"']+)[ \t]*=[ \t]*`;
const QUOTED_VALUE = '(?:"[^"]*"|\'[^\']*\'|`[^`]*`)';
const QUOTED_ENTRY = new RegExp(String.raw`${BEFORE_VALUE}${QUOTED_VALUE}[ \t]*(?:#.*)?\r?$`, 'gm');
const UNQUOTED_ENTRY = new RegExp(`${BEFORE_VALUE}(.*)$`);
const BLANK_OR_COMMENT = /^\s*(?:#|$)/;

/**
 * Reads a file of lines NAME=value as Node reads it. A line that Node would skip, or whose value it would cut, is refused.
 *
 * @throws CannotTellError with the numbers of such lines, and without their values.
 */
export function readSettingsFile(file: string): FileValues {
  if (!existsSync(file)) throw new CannotTellError(words.settings.noSuchFile({ file }));
  const text = readText(file);
  const problems = problemsOf(text);
  if (problems.length > 0) throw new CannotTellError(words.settings.wrongLines({ file, problems }));
  return parseEnv(text);
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { message } = error as Error;
    throw new CannotTellError(words.settings.noText({ file, reason: message }));
  }
}

function problemsOf(text: string): string[] {
  const strayLines: number[] = [];
  const problems: string[] = [];
  // An entry in quotation marks is right, and may have several lines.
  const otherLines = text.replace(QUOTED_ENTRY, lineBreaksOf).split('\n');
  for (const [index, content] of otherLines.entries()) {
    if (BLANK_OR_COMMENT.test(content)) continue;
    const line = index + 1;
    const [, name = '', value] = UNQUOTED_ENTRY.exec(content.trimEnd()) ?? [];
    if (value === undefined) strayLines.push(line);
    else if (/^["'`]/.test(value)) problems.push(words.settings.brokenQuotation({ line, name }));
    else if (value.includes('#')) problems.push(words.settings.cutValue({ line, name }));
  }
  const [firstStrayLine] = strayLines;
  if (firstStrayLine === undefined) return problems;
  const strayProblem = words.settings.strayLine({ line: firstStrayLine, furtherCount: strayLines.length - 1 });
  return [strayProblem, ...problems];
}

function lineBreaksOf(text: string): string {
  return text.replace(/[^\n]/g, '');
}
