import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { sha256 } from './sha256';

const REPOSITORY_FOLDER = join(__dirname, '../../..');
const CDK_LIB_FOLDER = dirname(require.resolve('aws-cdk-lib/package.json'));

/**
 * Folders of aws-cdk-lib with its ready-made Lambda handlers. The first one has those of constructs such as Bucket
 * (`autoDeleteObjects`), Vpc (`restrictDefaultSecurityGroup`) and AwsCustomResource, and the entry point of all handlers of
 * CustomResourceProvider. The second one has those of the core itself: CfnUtilsProvider (`CfnJson`), ExportReader and
 * ExportWriter (references across regions).
 */
const HANDLER_FOLDERS = [join(CDK_LIB_FOLDER, 'custom-resource-handlers/dist'), join(CDK_LIB_FOLDER, 'core/lib/dist')];

/** Most bytes of git's list: far more than the paths of a repository need. */
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * SHA-256 of each file that a Lambda function of this app may consist of: the ready-made handlers of the installed
 * aws-cdk-lib, and every file of this repository that git tracks. The tracked files are read from the working tree. In
 * CI, that is a clean checkout of a reviewed commit.
 *
 * The content of each file that the assembly uploads for a function has to be compared with these digests. The asset's S3
 * key proves nothing about the content: the CDK does not always compute it from the content.
 *
 * @throws CannotTellError if git does not list the files.
 */
export function digestsOfKnownCode(repositoryFolder = REPOSITORY_FOLDER): ReadonlySet<string> {
  const handlerPaths = HANDLER_FOLDERS.flatMap(pathsIn);
  const files = [...handlerPaths, ...trackedPaths(repositoryFolder)].filter(isFile);
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

/** Paths of the files that git tracks in a repository. */
function trackedPaths(repositoryFolder: string): string[] {
  const { error, status, stdout, stderr } = spawnSync('git', ['ls-files', '-z'], {
    cwd: repositoryFolder,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  if (error) throw listingFailed(error.message);
  if (status !== 0) throw listingFailed(stderr);
  const names = stdout.split('\0').filter((name) => name !== '');
  return names.map((name) => join(repositoryFolder, name));
}

/** @param reason - Error of the process, or what git wrote to stderr. */
function listingFailed(reason: string): CannotTellError {
  return new CannotTellError(
    `The files of this repository could not be listed (git ls-files): ${reason.trim()}. ` +
      'Run this in a clone of the repository, with git installed.',
  );
}
