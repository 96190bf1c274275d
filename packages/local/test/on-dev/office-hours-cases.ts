import { dev } from '@infra/testing/configs';
import { describeDatabase } from '@infra/operate/deployed/database';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { readSchedules } from '@infra/operate/deployed/schedules';
import { describeService } from '@infra/operate/deployed/web-service';
import { command } from '@infra/testing/prooflink';
import type { Dev } from '../support/running-dev';
import { until } from '@infra/common/test/support/until';
import { expectRefused } from './release-support';

/** The steps that were done, in their order. */
const doneSteps = (stdout: string): string[] => [...stdout.matchAll(/✔ (.*)/g)].map(([, title = '']) => title);

/** Tasks and database of dev. */
async function runningState() {
  const stack = await readStack('dev');
  const { desiredCount, runningCount } = await describeService(stack);
  return { desiredCount, runningCount, database: (await describeDatabase(stack)).DBInstanceStatus };
}

export function beforeReleases(): void {
  it('before the first release there is a database to start, and no task', async () => {
    const { exitCode, stdout } = await command('start', 'dev');
    expect(exitCode).toBe(0);
    expect(doneSteps(stdout)).toEqual([
      'Start the database: available',
      'No image tag yet: there is no web task to start',
    ]);
  });

  it('nor is there one to restart: the command that releases a first image is named', async () => {
    await expectRefused(
      command('restart', 'dev'),
      'dev has no image tag yet, and no web task to restart. First: npm run prooflink -- release dev --app <tag>',
    );
  });
}

export function afterReleases(deployed: Dev): void {
  it('stop ends the tasks before their database, as the evening does, and waits for both', async () => {
    const { exitCode, stdout, stderr } = await command('stop', 'dev');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(doneSteps(stdout)).toEqual(['Stop the web tasks', 'Stop the database: stopped']);
    expect(stdout).toMatch(/\ndev sleeps\nIts schedules change that next at [\d-]+ 09:15 \(Tokyo\)\.\n$/);
    expect(await runningState()).toEqual({ desiredCount: 0, runningCount: 0, database: 'stopped' });
  });

  it('asleep there is no task to restart: the command that starts some is named', async () => {
    await expectRefused(
      command('restart', 'dev'),
      'No task of prooflink-dev-service is to run, so there is none to restart. Those that start next read the present ' +
        'secrets. To start them: npm run prooflink -- start dev',
    );
  });

  it('start brings the database up before the tasks, as the morning does, and waits until they are healthy', async () => {
    const { exitCode, stdout } = await command('start', 'dev');
    expect(exitCode).toBe(0);
    expect(doneSteps(stdout)).toEqual(['Start the database: available', 'Start the web tasks, 1']);
    expect(stdout).toMatch(/\ndev runs: http:\/\/.*\nIts schedules change that next at [\d-]+ 22:00 \(Tokyo\)\.\n$/);
    expect(await runningState()).toEqual({ desiredCount: 1, runningCount: 1, database: 'available' });
    const answer = await fetch(`${deployed().outputs['ApplicationUrl'] ?? ''}/api/health`);
    expect(answer.status).toBe(200);
  });

  it('the schedules stop and start it by themselves, with the rights of their roles', async () => {
    const schedules = await readSchedules(await readStack('dev'), dev);
    for (const isStart of [false, true]) {
      for (const { name } of schedules.filter((schedule) => schedule.isStart === isStart)) {
        expect(await deployed().aws.invokeSchedule(name)).toBeUndefined();
      }
      await until(runningState, ({ runningCount = 0, database }) => {
        return isStart ? runningCount === 1 && database === 'available' : runningCount === 0 && database === 'stopped';
      });
    }
  });
}
