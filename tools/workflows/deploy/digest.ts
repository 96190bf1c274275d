import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { en } from '../en';
import { sha256 } from './sha256';

/** Runs `digest`: prints the digest of a folder, or compares it with an expected one: if they differ, it ends with 1. */
export function runDigest(folder: string, expectedDigest: string | undefined): Outcome {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) {
    throw new CannotTellError(`${folder} is not a directory.`);
  }
  const digest = digestOfFolder(folder);
  if (expectedDigest === undefined || expectedDigest === digest) {
    return { exitCode: 0, stdout: `${digest}\n`, stderr: '' };
  }
  return {
    exitCode: 1,
    stdout: '',
    stderr:
      `The digest of ${folder} is ${digest}, not ${expectedDigest}: another job than the one that made it has ` +
      'changed it.\n',
  };
}

/** One digest of the names and contents of all files in a folder, hidden files included. */
function digestOfFolder(folder: string): string {
  const namedDigests = filesIn(folder).map((file) => {
    const content = readFileSync(join(folder, file));
    return [file, sha256(content)];
  });
  // JSON separates names and digests: in a plain list, a file's name could imitate the entry of another file.
  return sha256(JSON.stringify(namedDigests));
}

/** Paths of the files, relative to the folder and sorted: the digest depends on their order. */
function filesIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => isFile(join(folder, path)));
  return files.sort();
}

/** True for a file, or for a symbolic link to one. */
function isFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new CannotTellError(en.digest.brokenLink({ path: escapeInvisible(path) }));
  return stats.isFile();
}
