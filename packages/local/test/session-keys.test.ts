import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { ReleaseStep } from '@infra/operate/release/step';
import type { LocalEnvironment, StartProps } from '../src/local-environment';
import { runOwnApplication } from '../src/session';

jest.mock('../src/follow-logs', () => ({
  followLogs: async (_names: unknown, _showLine: unknown, signal: AbortSignal) => {
    if (!signal.aborted) await once(signal, 'abort');
  },
  followFindings: () => Promise.resolve(),
}));
jest.mock('../src/migration-tasks', () => ({ stopMigrationTasks: () => Promise.resolve() }));

afterEach(() => jest.restoreAllMocks());

/** Presses keys one after the other in a session whose release comes to a step; returns how many releases began. */
async function releasesBy(keys: readonly string[], step?: ReleaseStep['name']): Promise<number> {
  jest.spyOn(console, 'log').mockReturnValue();
  const start = jest.fn(async ({ signal, onReleaseStep }: Required<StartProps>) => {
    await setImmediate();
    if (step) onReleaseStep({ name: step, line: '' });
    if (!signal.aborted) await once(signal, 'abort');
    signal.throwIfAborted();
  });
  const input = new PassThrough();
  const local = { start, aws: { directory: '' } } as unknown as LocalEnvironment;
  const session = runOwnApplication(local, { keep: true }, input);
  for (const key of keys) {
    await setImmediate();
    await setImmediate();
    input.write(key);
  }
  await session;
  return start.mock.calls.length;
}

test('r before the first step of a release begins another one: the task that runs has an older version', async () => {
  expect(await releasesBy(['r', 'q'])).toBe(2);
});

test('r while CloudFormation deploys begins none before its end, and none at all if q ends the session', async () => {
  expect(await releasesBy(['r', 'q'], 'deploy')).toBe(1);
});
