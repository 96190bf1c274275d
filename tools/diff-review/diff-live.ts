import { spawnSync } from 'node:child_process';
import type { Cdk } from './run-live';

/** The CDK CLI of this repository. */
export const cdk: Cdk = (args) => {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const succeeded = status === 0;
  // Beside the diff stand the app's own remarks, which synth tells.
  return { succeeded, output: succeeded ? stdout : [stdout, stderr, error?.message ?? ''].join('\n') };
};
