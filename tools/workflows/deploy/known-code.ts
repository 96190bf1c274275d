import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from './sha256';

const REPOSITORY_FOLDER = join(__dirname, '../../..');
const CDK_LIB_FOLDER = dirname(require.resolve('aws-cdk-lib/package.json'));

/** Folders of aws-cdk-lib with its ready-made Lambda handlers, such as those of custom resources. */
const HANDLER_FOLDERS = [join(CDK_LIB_FOLDER, 'custom-resource-handlers/dist'), join(CDK_LIB_FOLDER, 'core/lib/dist')];

/**
 * SHA-256 of each file that a Lambda function of this app may consist of: the ready-made handlers of the installed
 * aws-cdk-lib, and every file of this repository that git tracks. The tracked files are read from the working tree. In
 * CI, that is a clean checkout of a reviewed commit.
 *
 * The content of a function's file has to be compared with these. The key under which the file is uploaded proves
 * nothing: the CDK does not always compute it from the content.
 */
export function digestsOfKnownCode(): ReadonlySet<string> {
  const handlerPaths = HANDLER_FOLDERS.flatMap(pathsIn);
  const files = [...handlerPaths, ...trackedPaths()].filter(isFile);
  const digests = files.map((file) => sha256(readFileSync(file)));
  return new Set(digests);
}

/** False for a folder, and for a tracked file that has been removed from the working tree. */
function isFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true;
}

function pathsIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(folder, name));
}

/** Paths of the files that git tracks in this repository. */
function trackedPaths(): string[] {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: REPOSITORY_FOLDER, encoding: 'utf8' });
  const names = stdout.split('\0').filter((name) => name !== '');
  return names.map((name) => join(REPOSITORY_FOLDER, name));
}
