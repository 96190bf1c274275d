import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { GitHubError } from '../github';
import type { ChangedFile, PullRequestApi } from './pull-request-api';

const REPOSITORY_FOLDER = join(__dirname, '../../..');
const CHECK_PROGRAM = join(REPOSITORY_FOLDER, '.ci/check-packages.js');

/** Files in the root folder that decide what npm installs. */
const ROOT_PACKAGE_FILES: ReadonlySet<string> = new Set([
  '.npmrc',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.json',
]);

/** Path of the manifest of an npm workspace. */
const WORKSPACE_MANIFEST = /^packages\/[\w-]+\/package\.json$/;

/**
 * Runs .ci/check-packages.js for a pull request that changes package files. Returns the findings.
 *
 * No code of the pull request runs: the check is that of the branch main, and the pull request's files are only read.
 */
export async function checkPackages(github: PullRequestApi, changedFiles: readonly ChangedFile[]): Promise<string[]> {
  const changedPackageFiles = changedFiles.filter(
    ({ filename, previous_filename: previousName = filename }) =>
      isPackageFile(filename) || isPackageFile(previousName),
  );
  if (changedPackageFiles.length === 0) return [];
  try {
    const files = readPackageFiles();
    for (const changedFile of changedPackageFiles) await applyChange(changedFile, files, github);
    return runCheck(files);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return [`The packages could not be checked: ${error.message}`];
  }
}

function isPackageFile(path: string): boolean {
  return ROOT_PACKAGE_FILES.has(path) || WORKSPACE_MANIFEST.test(path);
}

/** The package files of the branch main: contents by paths. */
function readPackageFiles(): Map<string, string> {
  const workspaces = readdirSync(join(REPOSITORY_FOLDER, 'packages'));
  const manifests = workspaces.map((name) => `packages/${name}/package.json`);
  const files = new Map<string, string>();
  for (const path of ['.npmrc', 'package.json', 'package-lock.json', ...manifests]) {
    files.set(path, readFileSync(join(REPOSITORY_FOLDER, path), 'utf8'));
  }
  return files;
}

/** Changes the package files as a pull request changes one of them. */
async function applyChange(
  changedFile: ChangedFile,
  files: Map<string, string>,
  github: PullRequestApi,
): Promise<void> {
  const { filename, previous_filename: previousName = filename, status, sha } = changedFile;
  files.delete(previousName);
  if (status === 'removed' || !isPackageFile(filename)) {
    files.delete(filename);
    return;
  }
  files.set(filename, await github.readBlob(sha));
}

/** Runs the check on a folder with the package files. Returns a finding for each line on stderr. */
function runCheck(files: ReadonlyMap<string, string>): string[] {
  const folder = makeTemporaryFolder('check-packages-');
  try {
    for (const [path, content] of files) {
      const copy = join(folder, path);
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, content);
    }
    const { status, stderr } = spawnSync(process.execPath, [CHECK_PROGRAM, folder], { encoding: 'utf8' });
    const findings = stderr.split('\n').filter((line) => line !== '');
    const hasFailedSilently = status !== 0 && findings.length === 0;
    return hasFailedSilently ? ['The packages could not be checked.'] : findings;
  } finally {
    removeOwnPath(folder);
  }
}
