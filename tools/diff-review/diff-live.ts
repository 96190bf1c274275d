import { spawnSync } from 'node:child_process';
import { runDiffLive } from './run-live';

const { exitCode, stdout, stderr } = runDiffLive(process.argv.slice(2), (args) => {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { succeeded: status === 0, output: stdout + stderr + (error ? error.message : '') };
});
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
