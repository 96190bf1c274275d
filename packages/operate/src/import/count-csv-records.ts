import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import { checkCsvEncoding } from './check-csv-encoding';
import { checkCsvHeader } from './check-csv-header';
import { CsvFault } from './csv-fault';
import { words } from './words';

const OPTIONS: Options = {
  bom: true,
  // By default, the end of the first line says how all lines end.
  record_delimiter: ['\n', '\r\n'],
  skip_empty_lines: true,
  // Longer than any record of a user: a file without ends of lines, or with an open quotation mark, is one endless record.
  max_record_size: 100_000,
};

/**
 * Counts the records of a CSV file below its header. Reads the file chunk by chunk, so that it may be of any size.
 *
 * @throws CsvFault if the file cannot be imported.
 */
export async function countCsvRecords(bytes: Readable): Promise<number> {
  let columnCount = 0;
  const parser = parse({
    ...OPTIONS,
    columns: (columnNames: string[]) => {
      checkCsvHeader(columnNames);
      columnCount = columnNames.length;
      // Records are counted, and their fields are not needed.
      return columnNames.map(() => false);
    },
  });
  try {
    await pipeline(bytes, checkCsvEncoding, parser.resume());
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error, columnCount) : error;
  }
  const recordCount = parser.info.records;
  if (recordCount === 0) throw new CsvFault(words.csv.noUsers);
  return recordCount;
}

/** Position of a fault, which csv-parse adds to its errors. */
interface FaultPosition {
  /** Number of records between the header and the fault. */
  readonly records: number;
  /** Number of blank lines before the fault. */
  readonly empty_lines: number;
  /** Record that has another number of fields than the header. */
  readonly record?: readonly string[];
}

/** The messages of csv-parse are not shown: they quote fields, which are personal data. */
function faultOf(error: CsvError, columnCount: number): CsvFault {
  const { records, empty_lines: blankLines, record = [] } = error as unknown as FaultPosition;
  const headerCount = columnCount === 0 ? 0 : 1;
  // A row as spreadsheets count them. csv-parse's own number of the line counts CR LF in a quoted field twice.
  const row = headerCount + records + blankLines + 1;
  switch (error.code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
      return new CsvFault(words.csv.fieldCount({ row, fieldCount: record.length, columnCount }));
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_QUOTE_NOT_CLOSED':
      return new CsvFault(words.csv.strayQuote({ row }));
    default:
      return new CsvFault(words.csv.otherFault({ row, code: error.code }));
  }
}
