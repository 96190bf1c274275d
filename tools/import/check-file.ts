import { createReadStream, existsSync, statSync } from 'node:fs';
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
  const refuse = (why: string) => new CannotTellError(`${visible(path)} cannot be imported: ${why}`);
  const name = basename(path);
  if (!existsSync(path)) throw refuse('there is no such file.');
  if (!statSync(path).isFile()) throw refuse('it is no file.');
  if (!/\.csv$/i.test(name)) throw refuse('its name does not end in .csv.');
  if (visible(name) !== name) throw refuse('its name has a character that nobody sees. Rename it.');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const records = new Records(refuse);
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      records.add(decoder.decode(piece, { stream: true }));
    }
    decoder.decode();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw refuse(NO_UTF8);
  }
  return { path, bytes, rows: records.end() };
}

/** The records of a file as RFC 4180 has them: each with as many fields as the header, which may be quoted. */
class Records {
  private columns = 0;
  private rows = 0;
  private line = 0;
  /** The line so far, and a record with an open quotation mark. */
  private rest = '';
  private record = '';

  constructor(private readonly refuse: (why: string) => Error) {}

  add(text: string): void {
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.addLine(line);
    this.check(this.rest);
  }

  /** Returns how many there are below the header. */
  end(): number {
    this.addLine(this.rest);
    if (this.record !== '') throw this.refuse('a quotation mark is opened in it and never closed.');
    if (this.columns === 0) throw this.refuse('it is empty.');
    if (this.rows === 0) throw this.refuse('it has a header and no users.');
    return this.rows;
  }

  private addLine(line: string): void {
    this.line += 1;
    this.check(line);
    this.record += `${this.record === '' ? '' : '\n'}${line.replace(/\r$/, '')}`;
    if (this.record.split('"').length % 2 === 0) return;
    if (this.record.trim() !== '') this.endRecord(this.record);
    this.record = '';
  }

  private check(line: string): void {
    if (/(?![\t\r])\p{Cc}/u.test(line)) throw this.refuse(NO_UTF8);
    if (/\r./.test(line)) throw this.refuse('its lines end with CR alone. Save it with LF, or with CR and LF.');
    if (this.record.length + line.length > LONGEST_RECORD) {
      throw this.refuse('a record in it has no end: no line ends, or a quotation mark is open.');
    }
  }

  private endRecord(record: string): void {
    // At the commas that stand in no quotation marks.
    const fields = record.includes('"') ? record.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/) : record.split(',');
    if (this.columns === 0) {
      this.checkHeader(record, fields);
      this.columns = fields.length;
      return;
    }
    this.rows += 1;
    if (fields.length === this.columns) return;
    const has = count(fields.length, 'field');
    throw this.refuse(`line ${this.line} has ${has}, and its first line names ${count(this.columns, 'column')}.`);
  }

  private checkHeader(header: string, fields: readonly string[]): void {
    const names = fields.map((name) => name.replace(/^"|"$/g, '').trim());
    const shown = header.length > SHOWN ? `${header.slice(0, SHOWN)}…` : header;
    if (names.includes('')) throw this.refuse('its first line must name every column, separated by commas.');
    if (names.some((name) => name.includes('@') || /^\d+$/.test(name))) {
      throw this.refuse(`its first line must name the columns, and reads like a user: ${shown}`);
    }
    if (names.length === 1 && /[;:|\t]/.test(header)) {
      throw this.refuse(`its columns are not separated by commas: ${shown}`);
    }
  }
}
