import { countText } from '@infra/common/words';

/** Reason for which a file cannot be imported, as the end of a sentence. */
export class CsvFault extends Error {}

/** Reason for a file whose bytes or characters are those of another encoding. */
export const NOT_UTF8 = 'it is not written in UTF-8, or no text. In Excel, save it as "CSV UTF-8 (Comma delimited)".';

/** Longest part of a file that a fault quotes, in characters: the file holds personal data. */
const LONGEST_EXCERPT = 40;

/**
 * Characters of a record after which the check stops; no record of a user is longer. A file without ends of lines, or with
 * an open quotation mark, is one endless record.
 */
const LONGEST_RECORD = 100_000;

const CONTROL_CHARACTER = /(?![\t\r\n])\p{Cc}/u;
const CR_ALONE = /\r(?!\n|$)/;
const OTHER_SEPARATOR = /[;:|\t]/;
const ONLY_DIGITS = /^\d+$/;

/** A record as RFC 4180 defines it. It may span several lines, since a quoted field may. */
interface CsvRecord {
  readonly text: string;
  /** Number of the record's last line in the file. */
  readonly lastLineNumber: number;
}

/**
 * Checks that a text is CSV with a header, and that each record has as many fields as the header has columns. Returns the
 * number of records below the header.
 *
 * @throws CsvFault if the text cannot be imported.
 */
export function checkCsvText(text: string): number {
  if (CONTROL_CHARACTER.test(text)) throw new CsvFault(NOT_UTF8);
  if (CR_ALONE.test(text)) {
    throw new CsvFault('its lines end with CR alone. Save it with LF, or with CR and LF.');
  }

  // `undefined` until the header, which is the first record, is read.
  let columnCount: number | undefined;
  let recordCount = 0;
  for (const record of recordsIn(text)) {
    const fields = fieldsOf(record);
    if (columnCount === undefined) {
      checkHeader(record.text, fields);
      columnCount = fields.length;
    } else {
      checkFieldCount(record, fields.length, columnCount);
      recordCount += 1;
    }
  }
  if (columnCount === undefined) throw new CsvFault('it is empty.');
  if (recordCount === 0) throw new CsvFault('it has a header and no users.');
  return recordCount;
}

/** The records of a text, without blank ones. */
function* recordsIn(text: string): Generator<CsvRecord> {
  let lineNumber = 0;
  let record = '';
  // True if the record's next line belongs to it, too: a quoted field has not ended yet.
  let isQuoteOpen = false;
  for (const line of text.split('\n')) {
    lineNumber += 1;
    const lineEnd = record === '' ? '' : '\n';
    record += lineEnd + line.replace(/\r$/, '');
    if (record.length > LONGEST_RECORD) {
      throw new CsvFault('a record in it has no end: no line ends, or a quotation mark is open.');
    }
    if (hasOddQuoteCount(line)) isQuoteOpen = !isQuoteOpen;
    if (isQuoteOpen) continue;
    if (record.trim() !== '') yield { text: record, lastLineNumber: lineNumber };
    record = '';
  }
  if (record !== '') {
    throw new CsvFault('a quotation mark is opened in it and never closed.');
  }
}

function hasOddQuoteCount(text: string): boolean {
  const quoteCount = text.split('"').length - 1;
  return quoteCount % 2 === 1;
}

/** The fields of a record, which commas outside of quotation marks separate. */
function fieldsOf({ text }: CsvRecord): string[] {
  const fields: string[] = [];
  let partsOfField: string[] = [];
  let isQuoteOpen = false;
  for (const part of text.split(',')) {
    partsOfField.push(part);
    if (hasOddQuoteCount(part)) isQuoteOpen = !isQuoteOpen;
    if (isQuoteOpen) continue;
    fields.push(partsOfField.join(','));
    partsOfField = [];
  }
  return fields;
}

function checkFieldCount({ lastLineNumber }: CsvRecord, fieldCount: number, columnCount: number): void {
  if (fieldCount === columnCount) return;
  const fields = countText(fieldCount, 'field');
  const columns = countText(columnCount, 'column');
  throw new CsvFault(`line ${lastLineNumber} has ${fields}, and its first line names ${columns}.`);
}

function checkHeader(header: string, fields: readonly string[]): void {
  const columnNames = fields.map(withoutQuotes);
  if (columnNames.includes('')) {
    throw new CsvFault('its first line must name every column, separated by commas.');
  }
  if (columnNames.some(looksLikeData)) {
    throw new CsvFault(`its first line must name the columns, and reads like a user: ${excerptOf(header)}`);
  }
  if (columnNames.length === 1 && OTHER_SEPARATOR.test(header)) {
    throw new CsvFault(`its columns are not separated by commas: ${excerptOf(header)}`);
  }
}

function withoutQuotes(field: string): string {
  return field.replace(/^"|"$/g, '').trim();
}

/** True if a field of the header is an e-mail address or a number, which no column is called. */
function looksLikeData(columnName: string): boolean {
  return columnName.includes('@') || ONLY_DIGITS.test(columnName);
}

function excerptOf(text: string): string {
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}
