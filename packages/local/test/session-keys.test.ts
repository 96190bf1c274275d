import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { LocalEnvironment } from '../src/local-environment';
import { runOwnApplication } from '../src/session';

jest.mock('../src/follow-logs', () => ({
  followLogs: async (_names: unknown, _showLine: unknown, signal: AbortSignal) => {
    await once(signal, 'abort');
  },
  followFindings: () => Promise.resolve(),
}));
jest.mock('../src/migration-tasks', () => ({ stopMigrationTasks: () => Promise.resolve() }));

afterEach(() => jest.restoreAllMocks());

/** Presses keys one after the other in a session whose release never comes to its first step. */
async function press(...keys: readonly string[]) {
  jest.spyOn(console, 'log').mockReturnValue();
  const start = jest.fn(async ({ signal }: { readonly signal: AbortSignal }) => {
    await once(signal, 'abort');
    signal.throwIfAborted();
  });
  const replaceWebTask = jest.fn(() => Promise.resolve());
  const input = new PassThrough();
  const local = { start, replaceWebTask, aws: { directory: '' } } as unknown as LocalEnvironment;
  const session = runOwnApplication(local, { keep: true }, input);
  for (const key of keys) {
    input.write(key);
    await setImmediate();
  }
  await session;
  return { startCount: start.mock.calls.length, replaceWebTask };
}

test('r before the first step of a release begins another one: the task that runs has an older version', async () => {
  const { startCount, replaceWebTask } = await press('r', 'q');
  expect(replaceWebTask).not.toHaveBeenCalled();
  expect(startCount).toBe(2);
});
