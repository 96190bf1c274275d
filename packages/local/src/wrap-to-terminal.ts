import { wrap } from '@infra/common/wrap';

const MOST_COLUMNS = 80;

/**
 * Wraps a text into lines that fit into the terminal; without a terminal, into lines of 80 columns at most. An indented line
 * stays as it is: it is a command to paste, or a line of a log.
 */
export function wrapToTerminal(text: string): string[] {
  const columns = process.stdout.columns || MOST_COLUMNS;
  const width = Math.min(columns, MOST_COLUMNS);
  return text.split('\n').flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line, width)));
}
