import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const CDK_LIB = dirname(require.resolve('aws-cdk-lib/package.json'));

/** Folders of aws-cdk-lib with the code of its functions. */
const HANDLER_FOLDERS = ['custom-resource-handlers/dist', 'core/lib/dist'].map((folder) => join(CDK_LIB, folder));

/**
 * Digests of the files that a function may consist of: the handlers of the installed aws-cdk-lib, and the files of this
 * repository. The key under which a function is uploaded says less, since it is not always made of its content.
 */
export function digestsOfReviewedCode(): ReadonlySet<string> {
  const handlerPaths = HANDLER_FOLDERS.flatMap(pathsIn);
  const files = [...handlerPaths, ...trackedPaths()].filter(isFile);
  const digests = files.map((file) => digestOf(readFileSync(file)));
  return new Set(digests);
}

/** False for a folder, and for a tracked file that has been removed. */
function isFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true;
}

function pathsIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(folder, name));
}

/** Paths that git tracks in this repository. */
function trackedPaths(): string[] {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  const names = stdout.split('\0').filter((name) => name !== '');
  return names.map((name) => join(ROOT, name));
}

export function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
