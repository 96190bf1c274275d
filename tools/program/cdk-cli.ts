import { spawnSync, type SpawnSyncOptions } from 'node:child_process';

const CLI = require.resolve('aws-cdk/bin/cdk');

/** Exit code of the CDK CLI, and all that it printed. */
export interface CdkResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs this repository's CDK CLI to its end. */
export function cdk(args: readonly string[], options: Pick<SpawnSyncOptions, 'cwd' | 'env'> = {}): CdkResult {
  const all = [CLI, ...args, '--no-notices'];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { ...options, encoding: 'utf8' });
  return { exitCode: status, output: `${stdout}${stderr}` };
}
