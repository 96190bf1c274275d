import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { dev } from '../../../test/support/configs';
import { describeDatabase } from '../../deployed/database';
import { sample } from '../../local/programs';
import { readStack } from '../../deployed/deployed-stack';
import { readSchedules } from '../../deployed/schedules';
import { describeService } from '../../deployed/web-service';
import { environmentOf } from '../../deployed/environment';
import { checkOfficeHours } from '../../operate/health/questions/office-hours';
import { command } from '../support/prooflink';
import type { Dev } from '../support/running-dev';
import { until } from '../support/until';
import { expectRefused } from './release-support';

/** The steps that were done, in their order. */
const doneSteps = (stdout: string): string[] => [...stdout.matchAll(/✔ (.*)/g)].map(([, title = '']) => title);

/** Tasks and database of dev. */
async function runningState() {
  const stack = await readStack('dev');
  const { desiredCount, runningCount } = await describeService(stack);
  return { desiredCount, runningCount, database: (await describeDatabase(stack)).DBInstanceStatus };
}

const inTokyo = (time: string): Date => new Date(`${time}:00+09:00`);

/** Lines of `status` on the office hours on the first of November 2026. */
async function hoursAt(time: string) {
  return await checkOfficeHours(environmentOf(await readStack('dev'), inTokyo(`2026-11-01T${time}`)));
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

  it('the schedules are those of the config, read from AWS with its expressions', async () => {
    const schedules = await readSchedules(await readStack('dev'), dev, inTokyo('2026-11-01T12:00'));
    expect(schedules).toMatchObject([
      {
        name: 'prooflink-dev-start-database',
        target: 'database',
        isStart: true,
        nextRun: inTokyo('2026-11-02T09:00'),
        lastRun: inTokyo('2026-11-01T09:00'),
      },
      {
        name: 'prooflink-dev-start-web-tasks',
        target: 'tasks',
        isStart: true,
        nextRun: inTokyo('2026-11-02T09:15'),
        lastRun: inTokyo('2026-11-01T09:15'),
      },
      {
        name: 'prooflink-dev-stop-web-tasks',
        target: 'tasks',
        isStart: false,
        nextRun: inTokyo('2026-11-01T22:00'),
        lastRun: inTokyo('2026-10-31T22:00'),
      },
      {
        name: 'prooflink-dev-stop-database',
        target: 'database',
        isStart: false,
        nextRun: inTokyo('2026-11-01T22:05'),
        lastRun: inTokyo('2026-10-31T22:05'),
      },
    ]);
  });
}

export function afterReleases(deployed: Dev): void {
  it('an environment that runs is awake until the evening; at night it is outside its hours, which is not wrong', async () => {
    expect(await hoursAt('12:00')).toEqual({ result: 'well', says: 'awake until 2026-11-01 22:00 (Tokyo)' });
    expect(await hoursAt('23:00')).toEqual({
      result: 'well',
      says: 'awake outside its hours until 2026-11-02 22:00 (Tokyo)',
    });
  });

  it('stop ends the tasks before their database, as the evening does, and waits for both', async () => {
    const { exitCode, stdout, stderr } = await command('stop', 'dev');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(doneSteps(stdout)).toEqual(['Stop the web tasks', 'Stop the database: stopped']);
    expect(stdout).toMatch(/\ndev sleeps\nIts hours begin next at [\d-]+ 09:15 \(Tokyo\)\.\n$/);
    expect(await runningState()).toEqual({ desiredCount: 0, runningCount: 0, database: 'stopped' });
  });

  it('it sleeps until the morning then; by day that is wrong, and the command that fixes it is named', async () => {
    expect(await hoursAt('23:00')).toEqual({ result: 'asleep', says: 'asleep until 2026-11-02 09:15 (Tokyo)' });
    expect(await hoursAt('12:00')).toEqual({
      result: 'wrong',
      says: 'dev is stopped within its hours until 2026-11-02 09:15 (Tokyo).',
      fix: 'npm run prooflink -- start dev',
    });
  });

  it('asleep there is no task to restart: the command that starts some is named', async () => {
    await expectRefused(
      command('restart', 'dev'),
      'No web task of dev is to run, so there is none to restart. Those that start next read the present secrets. ' +
        'To start them: npm run prooflink -- start dev',
    );
  });

  it('start brings the database up before the tasks, as the morning does, and waits until they are healthy', async () => {
    const { exitCode, stdout } = await command('start', 'dev');
    expect(exitCode).toBe(0);
    expect(doneSteps(stdout)).toEqual(['Start the database: available', 'Start the web tasks, 1']);
    expect(stdout).toMatch(/\ndev runs: http:\/\/.*\nIts hours end next at [\d-]+ 22:00 \(Tokyo\)\.\n$/);
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

  it('tasks that do not become healthy are no success; says why, and names the next command', async () => {
    await deployed().deployByHand('ill', sample.neverHealthy());
    expect((await command('stop', 'dev')).exitCode).toBe(0);
    const { exitCode, stderr } = await command('start', 'dev');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^The web tasks do not start: ECS deployment circuit breaker: /m);
    expect(stderr).toMatch(/ What is wrong: npm run prooflink -- doctor dev$/m);
  });

  it('an environment without office hours is left alone', async () => {
    const Metadata = { 'aws:cdk:path': 'ProoflinkProd/Logs/Resource' };
    const Resources = { Logs: { Type: 'AWS::Logs::LogGroup', Metadata } };
    const stack = { StackName: 'ProoflinkProd', TemplateBody: JSON.stringify({ Resources }) };
    await new CloudFormation({}).createStack(stack);
    expect(await command('stop', 'prod')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'prod has no office hours: it always runs (officeHours in lib/config).\n',
    });
  });
}
