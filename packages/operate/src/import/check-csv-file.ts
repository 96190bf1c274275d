import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { countCsvRecords } from './count-csv-records';
import { CsvFault } from './csv-fault';
import { words } from './words';

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
  return await explainFault(path, async () => {
    const byteCount = sizeOf(path);
    checkName(basename(path));
    return { path, byteCount, recordCount: await countCsvRecords(createReadStream(path)) };
  });
}

function sizeOf(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw new CsvFault(words.csv.notFound);
  return stats.size;
}

function checkName(name: string): void {
  if (!/\.csv$/i.test(name)) throw new CsvFault(words.csv.otherName);
  const hasInvisibleCharacter = escapeInvisible(name) !== name;
  if (hasInvisibleCharacter) throw new CsvFault(words.csv.invisibleCharacter);
}

/** Turns the faults of a file, and the errors of reading it, into an error that names the file. */
async function explainFault<Result>(path: string, check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    throw new CannotTellError(words.notImportable({ path: escapeInvisible(path), reason: reasonOf(error) }));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof CsvFault) return error.message;
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  return words.unreadableFile({ reason: escapeInvisible(message) });
}
