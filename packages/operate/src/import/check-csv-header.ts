import { CsvFault } from './csv-fault';
import { words } from './words';

/** Longest part of a file that a fault quotes, in characters: the file holds personal data. */
const LONGEST_EXCERPT = 40;

const OTHER_SEPARATOR = /[;:|\t]/;
const ONLY_DIGITS = /^\d+$/;

/**
 * Checks that the fields of a file's first record are names of columns.
 *
 * @throws CsvFault if they are not.
 */
export function checkCsvHeader(fields: readonly string[]): void {
  const columnNames = fields.map((field) => field.trim());
  const excerpt = excerptOf(fields.join(','));
  if (columnNames.includes('')) throw new CsvFault(words.csv.unnamedColumn);
  if (columnNames.some(looksLikeData)) throw new CsvFault(words.csv.noHeader({ excerpt }));
  if (columnNames.length === 1 && OTHER_SEPARATOR.test(excerpt)) {
    throw new CsvFault(words.csv.otherSeparator({ excerpt }));
  }
  const repeatedName = repeatedItem(columnNames);
  if (repeatedName === undefined) return;
  throw new CsvFault(words.csv.repeatedColumn({ columnName: excerptOf(repeatedName) }));
}

/** The first item that is equal to an earlier one. */
function repeatedItem(items: readonly string[]): string | undefined {
  const earlierItems = new Set<string>();
  for (const item of items) {
    if (earlierItems.has(item)) return item;
    earlierItems.add(item);
  }
  return undefined;
}

/** True if a field of the header is an e-mail address or a number, which no column is called. */
function looksLikeData(columnName: string): boolean {
  return columnName.includes('@') || ONLY_DIGITS.test(columnName);
}

function excerptOf(text: string): string {
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}
