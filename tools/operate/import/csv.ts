import { count } from '@infra/common/words';

/** Reason why a file cannot be imported, as the end of a sentence. */
export class Fault extends Error {}

/** Reason for a file whose bytes or characters are those of another encoding. */
export const NO_UTF8 = 'it is not written in UTF-8, or no text. In Excel, save it as "CSV UTF-8 (Comma delimited)".';

/** An error shows this much of a file: it is personal data, and may have no end. */
const LONGEST_EXCERPT = 40;

/** No record of users is longer; without ends of lines, or with an open quotation mark, a file is a single one. */
const LONGEST_RECORD = 100_000;

const CONTROL_CHARACTER = /(?![\t\r\n])\p{Cc}/u;
const CR_ALONE = /\r(?!\n|$)/;
const COMMA_OUTSIDE_QUOTES = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;
const OTHER_SEPARATOR = /[;:|\t]/;
const ONLY_DIGITS = /^\d+$/;

/** A record as RFC 4180 has it; a quoted field in it may have several lines. */
interface CsvRecord {
  readonly text: string;
  /** Number of its last line in the file. */
  readonly lineNumber: number;
}

/**
 * Counts the records below the header, and checks that they have as many fields as it has columns.
 *
 * @throws Fault if they cannot be imported.
 */
export function countRows(text: string): number {
  if (CONTROL_CHARACTER.test(text)) throw new Fault(NO_UTF8);
  if (CR_ALONE.test(text)) {
    throw new Fault('its lines end with CR alone. Save it with LF, or with CR and LF.');
  }

  let columnCount: number | undefined;
  let rowCount = 0;
  for (const record of recordsIn(text)) {
    const fields = fieldsOf(record);
    if (columnCount === undefined) {
      checkHeader(record.text, fields);
      columnCount = fields.length;
    } else {
      checkFieldCount(record, fields.length, columnCount);
      rowCount += 1;
    }
  }
  if (columnCount === undefined) throw new Fault('it is empty.');
  if (rowCount === 0) throw new Fault('it has a header and no users.');
  return rowCount;
}

/** The records of a file without the blank ones. */
function* recordsIn(text: string): Generator<CsvRecord> {
  let lineNumber = 0;
  let record = '';
  for (const line of text.split('\n')) {
    lineNumber += 1;
    const lineEnd = record === '' ? '' : '\n';
    record += lineEnd + line.replace(/\r$/, '');
    if (record.length > LONGEST_RECORD) {
      throw new Fault('a record in it has no end: no line ends, or a quotation mark is open.');
    }
    if (hasOpenQuote(record)) continue;
    if (record.trim() !== '') yield { text: record, lineNumber };
    record = '';
  }
  if (record !== '') {
    throw new Fault('a quotation mark is opened in it and never closed.');
  }
}

function hasOpenQuote(text: string): boolean {
  const quoteCount = text.split('"').length - 1;
  return quoteCount % 2 === 1;
}

function fieldsOf({ text }: CsvRecord): string[] {
  // The expression takes long, and few records have quotes.
  return text.includes('"') ? text.split(COMMA_OUTSIDE_QUOTES) : text.split(',');
}

function checkFieldCount({ lineNumber }: CsvRecord, fieldCount: number, columnCount: number): void {
  if (fieldCount === columnCount) return;
  const fields = count(fieldCount, 'field');
  const columns = count(columnCount, 'column');
  throw new Fault(`line ${lineNumber} has ${fields}, and its first line names ${columns}.`);
}

function checkHeader(header: string, fields: readonly string[]): void {
  const names = fields.map(withoutQuotes);
  if (names.includes('')) {
    throw new Fault('its first line must name every column, separated by commas.');
  }
  if (names.some(isValueOfUser)) {
    throw new Fault(`its first line must name the columns, and reads like a user: ${excerptOf(header)}`);
  }
  if (names.length === 1 && OTHER_SEPARATOR.test(header)) {
    throw new Fault(`its columns are not separated by commas: ${excerptOf(header)}`);
  }
}

function withoutQuotes(field: string): string {
  return field.replace(/^"|"$/g, '').trim();
}

function isValueOfUser(name: string): boolean {
  return name.includes('@') || ONLY_DIGITS.test(name);
}

function excerptOf(text: string): string {
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}
