import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { GitHubError } from '../github';
import type { ChangedFile, PullRequestApi } from './pull-request-api';

const ROOT = join(__dirname, '../../..');
const CHECK = join(ROOT, '.ci/check-packages.js');

/** Files of the root that decide what npm installs. */
const ROOT_FILES: ReadonlySet<string> = new Set(['.npmrc', 'npm-shrinkwrap.json', 'package-lock.json', 'package.json']);

/** Manifest of a workspace. */
const WORKSPACE_MANIFEST = /^packages\/[\w-]+\/package\.json$/;

/**
 * Findings of .ci/check-packages.js on the packages that a pull request brings along. Its files are read as data, and
 * the check is that of the branch main.
 */
export async function checkPackages(github: PullRequestApi, changedFiles: readonly ChangedFile[]): Promise<string[]> {
  const changedPackageFiles = changedFiles.filter(
    ({ filename, previous_filename: previousName = filename }) =>
      isPackageFile(filename) || isPackageFile(previousName),
  );
  if (changedPackageFiles.length === 0) return [];
  try {
    const files = readPackageFiles();
    for (const file of changedPackageFiles) await applyChange(file, files, github);
    return runCheck(files);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return [`The packages could not be checked: ${error.message}`];
  }
}

function isPackageFile(path: string): boolean {
  return ROOT_FILES.has(path) || WORKSPACE_MANIFEST.test(path);
}

/** This repository's package files, by their paths. */
function readPackageFiles(): Map<string, string> {
  const workspaces = readdirSync(join(ROOT, 'packages'));
  const manifests = workspaces.map((name) => `packages/${name}/package.json`);
  const files = new Map<string, string>();
  for (const path of ['.npmrc', 'package.json', 'package-lock.json', ...manifests]) {
    files.set(path, readFileSync(join(ROOT, path), 'utf8'));
  }
  return files;
}

/** Changes the files as the pull request does. */
async function applyChange(file: ChangedFile, files: Map<string, string>, github: PullRequestApi): Promise<void> {
  const { filename, previous_filename: previousName = filename, status, sha } = file;
  files.delete(previousName);
  if (status === 'removed' || !isPackageFile(filename)) {
    files.delete(filename);
    return;
  }
  files.set(filename, await github.blob(sha));
}

function runCheck(files: ReadonlyMap<string, string>): string[] {
  const folder = makeTemporaryFolder('check-packages-');
  try {
    for (const [path, content] of files) {
      const copy = join(folder, path);
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, content);
    }
    const { status, stderr } = spawnSync(process.execPath, [CHECK, folder], { encoding: 'utf8' });
    const findings = stderr.split('\n').filter((line) => line !== '');
    const hasAnswer = status === 0 || findings.length > 0;
    return hasAnswer ? findings : ['The packages could not be checked.'];
  } finally {
    removeMade(folder);
  }
}
