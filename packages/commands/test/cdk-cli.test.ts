import { runCdk } from '../src/cdk-cli';
import { interruptRunningProcesses } from '../src/run-process';

test('a running CDK CLI is interrupted', async () => {
  const result = runCdk(['--version']);
  interruptRunningProcesses();
  expect(await result).toEqual({ exitCode: 1, output: '' });
});

test('the output of the CDK CLI is passed on by whole lines while it runs, so that each can be masked', async () => {
  const lines: string[] = [];
  const { exitCode, output } = await runCdk(['--version'], { showLine: (line) => lines.push(line) });
  expect(exitCode).toBe(0);
  expect(lines).toEqual(output.trimEnd().split('\n'));
});
