import { wrap } from '@infra/common/wrap';

const MOST_COLUMNS = 80;

/** A text as lines that fit into the terminal. */
export function prose(text: string): string[] {
  const columns = process.stdout.columns || MOST_COLUMNS;
  return wrap(text, Math.min(columns, MOST_COLUMNS));
}
