import { wrap } from '@infra/common/wrap';

const MOST_COLUMNS = 80;

/** Wraps a text into lines that fit into the terminal; without a terminal, into lines of 80 columns at most. */
export function wrapToTerminal(text: string): string[] {
  const columns = process.stdout.columns || MOST_COLUMNS;
  return wrap(text, Math.min(columns, MOST_COLUMNS));
}
