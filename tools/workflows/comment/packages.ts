import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { GitHubError } from '../github';
import type { ChangedFile, GitHub } from './github';

const ROOT = join(__dirname, '../../..');
const CHECK = join(ROOT, '.ci/check-packages.js');

/** Files that decide what npm installs. */
const PACKAGE_FILE = /^(?:\.npmrc|npm-shrinkwrap\.json|package(?:-lock)?\.json|packages\/[\w-]+\/package\.json)$/;
const isPackageFile = (path: string | undefined) => path !== undefined && PACKAGE_FILE.test(path);

/**
 * Findings of .ci/check-packages.js on the packages that a pull request brings along. Its files are read as data, and
 * the check is that of the branch main.
 */
export async function checkPackages(github: GitHub, changedFiles: readonly ChangedFile[]): Promise<string[]> {
  const changed = changedFiles.filter((file) => isPackageFile(file.filename) || isPackageFile(file.previous_filename));
  if (changed.length === 0) return [];
  try {
    const files = readOwnPackageFiles();
    for (const { filename, previous_filename: previous = filename, status, sha } of changed) {
      files.delete(previous);
      if (status === 'removed' || !isPackageFile(filename)) files.delete(filename);
      else files.set(filename, await github.blob(sha));
    }
    return check(files);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return [`The packages could not be checked: ${error.message}`];
  }
}

/** This repository's package files, by their paths. */
function readOwnPackageFiles(): Map<string, string> {
  const workspaces = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/package.json`);
  const paths = ['.npmrc', 'package.json', 'package-lock.json', ...workspaces];
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

function check(files: ReadonlyMap<string, string>): string[] {
  const folder = makeTemporaryFolder('check-packages-');
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { status, stderr } = spawnSync(process.execPath, [CHECK, folder], { encoding: 'utf8' });
    const findings = stderr.split('\n').filter((line) => line !== '');
    return status === 0 || findings.length > 0 ? findings : ['The packages could not be checked.'];
  } finally {
    removeMade(folder);
  }
}
