import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { count } from '@infra/common/words';

/** Contents of a file that may be imported. */
export interface CsvFile {
  readonly path: string;
  readonly bytes: number;
  /** The records below the header. */
  readonly rows: number;
}

/** An error shows this much of a file: it is personal data, and may have no end. */
const SHOWN = 40;
/** No record of users is longer; without ends of lines, or with an open quotation mark, a file is a single one. */
const LONGEST_RECORD = 100_000;
const NO_UTF8 = 'it is not written in UTF-8, or no text. In Excel, save it as "CSV UTF-8 (Comma delimited)".';

/** Reads a CSV file through before anything is uploaded: a job would find its fault minutes later. */
export async function checkFile(path: string): Promise<CsvFile> {
  const name = basename(path);
  try {
    if (!existsSync(path)) throw new Fault('there is no such file.');
    if (!statSync(path).isFile()) throw new Fault('it is no file.');
    if (!/\.csv$/i.test(name)) throw new Fault('its name does not end in .csv.');
    if (visible(name) !== name) throw new Fault('its name has a character that nobody sees. Rename it.');
    const content = await readFile(path);
    return { path, bytes: content.length, rows: rowsIn(textOf(content)) };
  } catch (error) {
    throw error instanceof Fault ? new CannotTellError(`${visible(path)} cannot be imported: ${error.message}`) : error;
  }
}

/** Reason why a file cannot be imported. */
class Fault extends Error {}

function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new Fault(NO_UTF8);
  }
}

/** Number of records below the header, as RFC 4180 has them: each with as many fields, which may be quoted. */
function rowsIn(text: string): number {
  if (/(?![\t\r\n])\p{Cc}/u.test(text)) throw new Fault(NO_UTF8);
  if (/\r(?!\n|$)/.test(text)) throw new Fault('its lines end with CR alone. Save it with LF, or with CR and LF.');
  let [columns, rows, line, record] = [0, 0, 0, ''];
  for (const next of text.split('\n')) {
    line += 1;
    record += `${record === '' ? '' : '\n'}${next.replace(/\r$/, '')}`;
    if (record.length > LONGEST_RECORD)
      throw new Fault('a record in it has no end: no line ends, or a quotation mark is open.');
    if (record.split('"').length % 2 === 0) continue;
    if (record.trim() !== '') {
      // At the commas outside quotation marks.
      const fields = record.includes('"') ? record.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/) : record.split(',');
      if (columns === 0) {
        checkHeader(record, fields);
        columns = fields.length;
      } else if (fields.length === columns) rows += 1;
      else {
        const has = count(fields.length, 'field');
        throw new Fault(`line ${line} has ${has}, and its first line names ${count(columns, 'column')}.`);
      }
    }
    record = '';
  }
  if (record !== '') throw new Fault('a quotation mark is opened in it and never closed.');
  if (columns === 0) throw new Fault('it is empty.');
  if (rows === 0) throw new Fault('it has a header and no users.');
  return rows;
}

function checkHeader(header: string, fields: readonly string[]): void {
  const names = fields.map((name) => name.replace(/^"|"$/g, '').trim());
  const shown = header.length > SHOWN ? `${header.slice(0, SHOWN)}…` : header;
  if (names.includes('')) throw new Fault('its first line must name every column, separated by commas.');
  if (names.some((name) => name.includes('@') || /^\d+$/.test(name)))
    throw new Fault(`its first line must name the columns, and reads like a user: ${shown}`);
  if (names.length === 1 && /[;:|\t]/.test(header))
    throw new Fault(`its columns are not separated by commas: ${shown}`);
}
