import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError, type Outcome } from '@infra/common/outcome';

/** Prints the digest of a folder. With an expected one, exits with 1 unless the folder has it. */
export function runDigest(folder: string, expected: string | undefined): Outcome {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) {
    throw new CannotTellError(`${folder} is not a directory.`);
  }
  const digest = digestOf(folder);
  if (expected === undefined || expected === digest) {
    return { exitCode: 0, stdout: `${digest}\n`, stderr: '' };
  }
  const stderr = `The digest of ${folder} is ${digest}, not ${expected}: another job than the one that made it has changed it.\n`;
  return { exitCode: 1, stdout: '', stderr };
}

/** One number for the names and contents of all files in a folder, hidden ones included. */
function digestOf(folder: string): string {
  const digests = filesIn(folder).map((file) => {
    const content = readFileSync(join(folder, file));
    return [file, sha256(content)];
  });
  // As JSON, in which no name can look like the end of one entry and the start of the next.
  return sha256(JSON.stringify(digests));
}

function filesIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => {
    const stats = statSync(join(folder, path));
    return stats.isFile();
  });
  return files.sort();
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
