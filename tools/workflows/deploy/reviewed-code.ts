import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Folders of aws-cdk-lib with the code of its functions. */
const HANDLERS = ['custom-resource-handlers/dist', 'core/lib/dist'].map((folder) =>
  join(dirname(require.resolve('aws-cdk-lib/package.json')), folder),
);

/**
 * Digests of the files that a function may consist of: the handlers of the installed aws-cdk-lib, and the files of this
 * repository. The key under which a function is uploaded says less, since it is not always made of its content.
 */
export function digestsOfReviewedCode(): ReadonlySet<string> {
  const handlers = HANDLERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  const tracked = stdout
    .split('\0')
    .filter((file) => file !== '')
    .map((file) => join(ROOT, file));
  const files = [...handlers, ...tracked].filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  return new Set(files.map((file) => digestOf(readFileSync(file))));
}

export function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
