import { InvalidDBInstanceStateFault } from '@aws-sdk/client-rds';
import { omitKeys } from '@infra/common/values';
import { runOfficeHours } from '../../../tools/operate/office-hours';
import { PARTS, scriptedAws, serviceStays } from './office-hours-answers';

jest.mock('../../../tools/program/pause', () => ({ pause: () => Promise.resolve() }));

const FAILED = [{ status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' }];
const UNDERWAY = [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }];

afterEach(() => jest.restoreAllMocks());

test('tasks that are not healthy in time are no success, and the next command is named', async () => {
  serviceStays({ desiredCount: 1, runningCount: 1, deployments: UNDERWAY });
  expect(await runOfficeHours('dev', 'start', 0)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'The web tasks did not come to rest in 0 minutes. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('tasks on which ECS has given up are not waited for', async () => {
  serviceStays({ desiredCount: 1, runningCount: 0, deployments: FAILED });
  expect(await runOfficeHours('dev', 'start')).toMatchObject({
    exitCode: 1,
    stderr: 'The web tasks do not start: tasks failed to start. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('a service whose deployment has failed still goes to sleep', async () => {
  const asked = serviceStays({ desiredCount: 0, runningCount: 0, deployments: FAILED });
  expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
  expect(asked['UpdateService']).toMatchObject([{ desiredCount: 0 }]);
});

describe('an import that has a schedule', () => {
  const scheduleNames = (asked: Record<string, unknown[]>) =>
    asked['GetSchedule']?.map((input) => (input as { Name: string }).Name);
  const hours = [PARTS.startDatabase, PARTS.startTasks, PARTS.stopTasks, PARTS.stopDatabase];

  test('is no part of the office hours: stop asks for theirs alone, and stops database and web tasks once', async () => {
    const asked = serviceStays({ desiredCount: 0, runningCount: 0 });
    expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
    expect(scheduleNames(asked)).toEqual(hours);
    expect(asked['UpdateService']).toMatchObject([{ service: 'prooflink-dev-service', desiredCount: 0 }]);
    expect(asked['StopDBInstance']).toEqual([{ DBInstanceIdentifier: PARTS.database }]);
  });

  test('gives an environment that always runs no evening: stop leaves prod alone', async () => {
    const { webService, targetGroup, database, importSchedule } = PARTS;
    const asked = serviceStays(
      { desiredCount: 2, runningCount: 2 },
      { webService, targetGroup, database, importSchedule },
    );
    await expect(runOfficeHours('prod', 'stop')).rejects.toThrow(
      'prod has no office hours: it always runs (officeHours in lib/config).',
    );
    expect(Object.keys(asked)).toEqual(['DescribeStacks', 'ListStackResources', 'GetTemplate']);
  });
});

test('a schedule that the config has and the stack lacks is not found, and nothing is stopped', async () => {
  const others = omitKeys(PARTS, 'stopTasks');
  const asked = serviceStays({ desiredCount: 1, runningCount: 1 }, others);
  await expect(runOfficeHours('dev', 'stop')).rejects.toThrow(
    'ProoflinkDev has no AWS::Scheduler::Schedule at the construct path OfficeHours/StopTasks.',
  );
  expect(Object.keys(asked)).not.toContain('UpdateService');
  expect(Object.keys(asked)).not.toContain('StopDBInstance');
});

describe('start and stop at once do not both succeed', () => {
  test('stop leaves the database to web tasks that somebody starts before it is stopped', async () => {
    const asked = scriptedAws([1], { statuses: ['available'] });
    expect(await runOfficeHours('dev', 'stop', 0)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Somebody has started the web tasks of dev meanwhile, so that its database was not stopped. What is wrong: npm run ' +
        'prooflink -- doctor dev\n',
    });
    expect(Object.keys(asked)).not.toContain('StopDBInstance');
  });

  test('stop says that somebody has started web tasks while the database stops', async () => {
    scriptedAws([0, 0, 1], { statuses: ['available', 'stopped'] });
    const { exitCode, stderr } = await runOfficeHours('dev', 'stop', 0);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'Somebody else has started or stopped dev at the same time: its database is stopped, and 1 web task is to run.',
    );
  });

  test('start says that somebody stops the database under its web tasks', async () => {
    scriptedAws([1], { statuses: ['available', 'stopping'] });
    const { exitCode, stderr } = await runOfficeHours('dev', 'start', 0);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('at the same time: its database is stopping, and 1 web task is to run.');
  });

  test('start says that somebody stops its web tasks', async () => {
    scriptedAws([0], { statuses: ['available'] });
    const { exitCode, stderr } = await runOfficeHours('dev', 'start', 0);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('at the same time: its database is available, and 0 web tasks are to run.');
  });
});

describe('a request to RDS that fails', () => {
  const invalidState = new InvalidDBInstanceStateFault({ message: 'Instance is not stopped.', $metadata: {} });

  test('is no error if the database starts, as after a lost answer', async () => {
    const statuses = ['stopped', 'starting', 'available'];
    scriptedAws([1], { statuses, answers: { StartDBInstance: invalidState } });
    expect((await runOfficeHours('dev', 'start', 0)).exitCode).toBe(0);
  });

  test('is an error if the database stays as it was', async () => {
    scriptedAws([1], { statuses: ['stopped'], answers: { StartDBInstance: new Error('not authorized') } });
    await expect(runOfficeHours('dev', 'start', 0)).rejects.toThrow(
      'dev could not be brought to start: Error: not authorized',
    );
  });
});

test.each([
  { status: 'incompatible-parameters', remedy: 'see what RDS says of it: aws rds describe-events' },
  { status: 'storage-full', remedy: 'raise database.allocatedStorage' },
])('a database that is $status is not waited for', async ({ status, remedy }) => {
  const asked = scriptedAws([1], { statuses: [status] });
  const { exitCode, stderr } = await runOfficeHours('dev', 'start', 0);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`The database is ${status}, which RDS does not change by itself: ${remedy}`);
  expect(asked['DescribeDBInstances']).toHaveLength(1);
});
