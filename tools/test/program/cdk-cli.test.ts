import { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { interruptRunningCdk, runCdk } from '../../program/cdk-cli';

afterEach(() => {
  jest.restoreAllMocks();
});

test('a CDK CLI that could not be started is not interrupted later', async () => {
  const kill = jest.spyOn(ChildProcess.prototype, 'kill');
  const directory = join(__dirname, 'no-such-folder');
  await expect(runCdk(['--version'], { directory })).rejects.toThrow('ENOENT');
  interruptRunningCdk();
  expect(kill).not.toHaveBeenCalled();
});

test('a running CDK CLI is interrupted', async () => {
  const result = runCdk(['--version']);
  interruptRunningCdk();
  expect(await result).toEqual({ exitCode: 1, output: '' });
});

test('the output of the CDK CLI is passed on by whole lines while it runs, so that each can be masked', async () => {
  const lines: string[] = [];
  const { exitCode, output } = await runCdk(['--version'], { showLine: (line) => lines.push(line) });
  expect(exitCode).toBe(0);
  expect(lines).toEqual(output.trimEnd().split('\n'));
});
