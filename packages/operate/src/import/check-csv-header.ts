import { CsvFault } from './csv-fault';
import { words } from './words';

/** Longest part of a file that a fault quotes, in characters: the file holds personal data. */
const LONGEST_EXCERPT = 40;

const OTHER_SEPARATOR = /[;:|\t]/;
const ONLY_DIGITS = /^\d+$/;

/**
 * Checks that the fields of a file's first record are names of columns, each once.
 *
 * @throws CsvFault if they are not.
 */
export function checkCsvHeader(fields: readonly string[]): void {
  const columnNames = fields.map((field) => field.trim());
  const excerpt = excerptOf(fields.join(','));
  const areNames = columnNames.every((name) => name !== '' && !looksLikeData(name));
  const areDifferent = new Set(columnNames).size === columnNames.length;
  const hasOtherSeparator = columnNames.length === 1 && OTHER_SEPARATOR.test(excerpt);
  if (!areNames || !areDifferent || hasOtherSeparator) throw new CsvFault(words.csv.noHeader({ excerpt }));
}

/** True if a field of the header is an e-mail address or a number, which no column is called. */
function looksLikeData(columnName: string): boolean {
  return columnName.includes('@') || ONLY_DIGITS.test(columnName);
}

function excerptOf(text: string): string {
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}
