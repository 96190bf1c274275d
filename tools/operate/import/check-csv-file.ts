import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { en } from '../en';
import { checkCsvText, CsvFault, NOT_UTF8 } from './check-csv-text';

/** A file that may be imported. */
export interface CsvFile {
  readonly path: string;
  readonly byteCount: number;
  /** Number of records below the header. */
  readonly recordCount: number;
}

/**
 * Checks a CSV file before it is uploaded. The job would find the same faults, but minutes later.
 *
 * @throws CannotTellError if the file cannot be imported.
 */
export async function checkCsvFile(path: string): Promise<CsvFile> {
  try {
    checkPath(path);
    const content = await readContent(path);
    const recordCount = checkCsvText(decodeUtf8(content));
    return { path, byteCount: content.length, recordCount };
  } catch (error) {
    // All functions below throw a CsvFault, whose message continues a sentence on the file.
    if (!(error instanceof CsvFault)) throw error;
    throw new CannotTellError(`${escapeInvisible(path)} cannot be imported: ${error.message}`);
  }
}

function checkPath(path: string): void {
  const name = basename(path);
  if (!existsSync(path)) throw new CsvFault('there is no such file.');
  if (!statSync(path).isFile()) throw new CsvFault('it is no file.');
  if (!/\.csv$/i.test(name)) {
    throw new CsvFault('its name does not end in .csv.');
  }
  const hasInvisibleCharacter = escapeInvisible(name) !== name;
  if (hasInvisibleCharacter) {
    throw new CsvFault('its name has a character that nobody sees. Rename it.');
  }
}

async function readContent(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { message } = error as Error;
    throw new CsvFault(en.import.unreadableFile({ reason: escapeInvisible(message) }));
  }
}

function decodeUtf8(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new CsvFault(NOT_UTF8);
  }
}
