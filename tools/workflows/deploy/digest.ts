import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { sha256 } from './sha256';

/**
 * Runs `digest`: prints the digest of a folder. With an expected digest, the exit code is 1 if the folder has another
 * one.
 */
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
  const digestsByName = filesIn(folder).map((file) => {
    const content = readFileSync(join(folder, file));
    return [file, sha256(content)];
  });
  // JSON separates names and digests: in a plain list, a file's name could imitate the entry of another file.
  return sha256(JSON.stringify(digestsByName));
}

/** Paths of the files, relative to the folder and sorted: the digest depends on their order. */
function filesIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => {
    const stats = statSync(join(folder, path));
    return stats.isFile();
  });
  return files.sort();
}
