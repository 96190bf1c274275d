import { ECS } from '@aws-sdk/client-ecs';
import { sample } from '../../src/programs';
import { command } from '@infra/testing/prooflink';
import { type Dev, names } from '../support/running-dev';
import { expectFailed, expectServing } from './release-support';

export function restartCases(dev: Dev): void {
  const restart = (...args: string[]) => command('restart', 'dev', ...args);

  beforeAll(async () => {
    await dev().release('steady');
  });

  async function runningTasks(): Promise<string[]> {
    const { taskArns = [] } = await new ECS({}).listTasks({ cluster: names.cluster, serviceName: names.service });
    return taskArns;
  }

  test('a new task of the same tag serves; the summary alone is on stdout', async () => {
    const before = await runningTasks();
    const { exitCode, stdout, stderr } = await restart();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^dev is restarted\.\n\nsteady serves: http:/);
    expect(stdout).toMatch(/ \(1 of 1 tasks run, 1 healthy\)\.\n$/);
    expect(stderr).toMatch(
      /^1\/3 Check dev\n2\/3 Restart steady\n3\/3 Wait until it serves\n(?:\d of 1 tasks run, .*\n)*$/,
    );
    const after = await runningTasks();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
  });

  test('an image that was pushed again under its tag runs then; the summary for a program', async () => {
    await dev().push.app('steady', sample.web('pushed again'));
    const { exitCode, stdout } = await restart('--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      environment: 'dev',
      exitCode: 0,
      language: 'en',
      serves: ['steady'],
      says: [expect.stringContaining('steady serves')],
    });
    const answer = await fetch(`${dev().outputs['ApplicationUrl'] ?? ''}/api/health`);
    expect(await answer.json()).toMatchObject({ version: 'pushed again' });
  });

  test('tasks that do not start: the one before serves, and why; the next restart begins anew', async () => {
    await dev().push.app('steady', sample.cannotStart());
    await expectFailed(restart(), {
      serves: 'steady',
      says: [
        /^dev does not serve by new tasks\.\n\n/,
        '\nECS deployment circuit breaker: tasks failed to start.\n',
        /The last lines of its log:\n[^]*Cannot find module/,
      ],
    });
    const before = await runningTasks();
    await dev().push.app('steady', sample.web('steady'));
    await expectServing(restart(), 'steady');
    expect(await runningTasks()).not.toEqual(before);
  });
}
