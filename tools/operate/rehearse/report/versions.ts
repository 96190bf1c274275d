import { spawnSync } from 'node:child_process';
import { version as cdkVersion } from 'aws-cdk/package.json';

/** Versions of what rehearses, which a reader needs to repeat it. */
export interface Versions {
  /** Commit of this repository; `undefined` outside of a git repository. */
  readonly commit: string | undefined;
  /** True if files differ from the commit. */
  readonly isChanged: boolean;
  readonly cdkCli: string;
  readonly node: string;
}

export function readVersions(): Versions {
  return {
    commit: git('rev-parse', 'HEAD'),
    isChanged: git('status', '--porcelain', '--untracked-files=no') !== '',
    cdkCli: cdkVersion,
    node: process.version,
  };
}

/** Output of git; `undefined` if git is not there, or fails. */
function git(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: __dirname, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
