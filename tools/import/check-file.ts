import { createReadStream, existsSync, statSync } from 'node:fs';
import { CannotTellError } from '@infra/common/outcome';

/** What a file has that may be imported. */
export interface CsvFile {
  readonly path: string;
  readonly bytes: number;
  /** The lines below the header. */
  readonly rows: number;
}

/** Reads a CSV file through before anything is uploaded: a job would find its fault minutes later. */
export async function checkFile(path: string): Promise<CsvFile> {
  const refuse = (why: string) => new CannotTellError(`${path} cannot be imported: ${why}`);
  if (!existsSync(path)) throw refuse('there is no such file.');
  if (!statSync(path).isFile()) throw refuse('it is no file.');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [bytes, lines, header, last] = [0, 0, '', ''];
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      const text = decoder.decode(piece, { stream: true });
      if (lines === 0) header += text;
      lines += text.split('\n').length - 1;
      last = text === '' ? last : text;
    }
    decoder.decode();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw refuse('it is not written in UTF-8. In Excel, save it as "CSV UTF-8 (Comma delimited)".');
  }
  const [names = ''] = header.split(/\r?\n/);
  const columns = names.split(',').map((name) => name.replace(/^"|"$/g, '').trim());
  if (header.trim() === '') throw refuse('it is empty.');
  if (columns.includes('')) throw refuse('its first line must name every column, separated by commas.');
  if (columns.some((name) => name.includes('@') || /^\d+$/.test(name))) {
    throw refuse(`its first line must name the columns, and reads like a user: ${names}`);
  }
  const rows = lines - (last.endsWith('\n') ? 1 : 0);
  if (rows === 0) throw refuse('it has a header and no users.');
  return { path, bytes, rows };
}
