import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { countRows, Fault, NO_UTF8 } from './csv';

/** A file that may be imported. */
export interface CsvFile {
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Number of records below the header. */
  readonly rows: number;
}

/** Reads a CSV file through before anything is uploaded: a job would find its fault minutes later. */
export async function checkFile(path: string): Promise<CsvFile> {
  try {
    checkPath(path);
    const content = await readFile(path);
    const text = decode(content);
    return { path, bytes: content.length, rows: countRows(text) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new CannotTellError(`${visible(path)} cannot be imported: ${error.message}`);
  }
}

function checkPath(path: string): void {
  const name = basename(path);
  if (!existsSync(path)) throw new Fault('there is no such file.');
  if (!statSync(path).isFile()) throw new Fault('it is no file.');
  if (!/\.csv$/i.test(name)) {
    throw new Fault('its name does not end in .csv.');
  }
  if (visible(name) !== name) {
    throw new Fault('its name has a character that nobody sees. Rename it.');
  }
}

function decode(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new Fault(NO_UTF8);
  }
}
