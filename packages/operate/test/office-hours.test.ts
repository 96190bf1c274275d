import { InvalidDBInstanceStateFault } from '@aws-sdk/client-rds';
import { omitKeys } from '@infra/common/values';
import { runOfficeHours } from '../src/office-hours';
import { answerWithCourse, answerWithService, PARTS } from './office-hours-answers';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));

/** Minutes to wait for the web tasks: the tests' AWS answers its last state at the first question. */
const NO_WAIT = 0;

const FAILED = [{ status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' }];
const UNDERWAY = [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }];

afterEach(() => jest.restoreAllMocks());

test('start with web tasks that are not healthy in time fails, and names the command that says why', async () => {
  answerWithService({ desiredCount: 1, runningCount: 1, deployments: UNDERWAY });
  expect(await runOfficeHours('dev', 'start', NO_WAIT)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'The web tasks did not come to rest in 0 minutes. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('start does not wait for web tasks whose deployment ECS has given up, and says ECS’s reason', async () => {
  answerWithService({ desiredCount: 1, runningCount: 0, deployments: FAILED });
  expect(await runOfficeHours('dev', 'start')).toMatchObject({
    exitCode: 1,
    stderr: 'The web tasks do not start: tasks failed to start. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('stop sets the web tasks to 0 although their last deployment has failed: they would cost money all night', async () => {
  const asked = answerWithService({ desiredCount: 0, runningCount: 0, deployments: FAILED });
  expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
  expect(asked['UpdateService']).toMatchObject([{ desiredCount: 0 }]);
});

describe('the schedule of a user import is none of the office hours', () => {
  test('stop reads the office hours’ schedules alone, and stops the web tasks and the database once', async () => {
    const asked = answerWithService({ desiredCount: 0, runningCount: 0 });
    expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
    const { startDatabase, startTasks, stopTasks, stopDatabase } = PARTS;
    const scheduleNames = asked['GetSchedule']?.map((input) => (input as { readonly Name: string }).Name);
    expect(scheduleNames).toEqual([startDatabase, startTasks, stopTasks, stopDatabase]);
    expect(asked['UpdateService']).toMatchObject([{ service: 'prooflink-dev-service', desiredCount: 0 }]);
    expect(asked['StopDBInstance']).toEqual([{ DBInstanceIdentifier: PARTS.database }]);
  });

  test('stop refuses prod, which has an import with a schedule and always runs, and asks AWS to change nothing', async () => {
    const { webService, targetGroup, database, importSchedule } = PARTS;
    const partsWithoutHours = { webService, targetGroup, database, importSchedule };
    const asked = answerWithService({ desiredCount: 2, runningCount: 2 }, partsWithoutHours);
    await expect(runOfficeHours('prod', 'stop')).rejects.toThrow(
      'prod has no office hours: it always runs (officeHours in lib/config).',
    );
    expect(Object.keys(asked)).toEqual(['DescribeStacks', 'ListStackResources', 'GetTemplate']);
  });
});

test('stop fails before it stops anything if the stack lacks a schedule: it may lack those that start dev, too', async () => {
  // One of the four schedules that the config asks for: any other would do.
  const partsWithoutSchedule = omitKeys(PARTS, 'stopTasks');
  const asked = answerWithService({ desiredCount: 1, runningCount: 1 }, partsWithoutSchedule);
  await expect(runOfficeHours('dev', 'stop')).rejects.toThrow(
    'ProoflinkDev has no AWS::Scheduler::Schedule at the construct path OfficeHours/StopTasks.',
  );
  expect(Object.keys(asked)).not.toContain('UpdateService');
  expect(Object.keys(asked)).not.toContain('StopDBInstance');
});

// Below, a list has AWS's answers to one question after the other. The last one answers all further ones, too.

describe('if two people start and stop dev at the same time, one of them at least is shown the failure', () => {
  test('stop does not stop the database of web tasks that were started meanwhile, and fails', async () => {
    const asked = answerWithCourse({ desiredCounts: [1], databaseStatuses: ['available'] });
    expect(await runOfficeHours('dev', 'stop', NO_WAIT)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Somebody has started the web tasks of dev meanwhile, so that its database was not stopped. What is wrong: npm run ' +
        'prooflink -- doctor dev\n',
    });
    expect(Object.keys(asked)).not.toContain('StopDBInstance');
  });

  test('stop fails if web tasks were started while the database stopped', async () => {
    // None after the web tasks are stopped, none before the database is stopped, one at the last check.
    const desiredCounts = [0, 0, 1];
    answerWithCourse({ desiredCounts, databaseStatuses: ['available', 'stopped'] });
    const { exitCode, stderr } = await runOfficeHours('dev', 'stop', NO_WAIT);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'Somebody else has started or stopped dev at the same time: its database is stopped, and 1 web task is to run.',
    );
  });

  test('start fails if the database is being stopped under its web tasks', async () => {
    answerWithCourse({ desiredCounts: [1], databaseStatuses: ['available', 'stopping'] });
    const { exitCode, stderr } = await runOfficeHours('dev', 'start', NO_WAIT);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('at the same time: its database is stopping, and 1 web task is to run.');
  });

  test('start fails if its web tasks were stopped meanwhile', async () => {
    answerWithCourse({ desiredCounts: [0], databaseStatuses: ['available'] });
    const { exitCode, stderr } = await runOfficeHours('dev', 'start', NO_WAIT);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('at the same time: its database is available, and 0 web tasks are to run.');
  });
});

describe('start whose request to RDS fails', () => {
  const invalidState = new InvalidDBInstanceStateFault({ message: 'Instance is not stopped.', $metadata: {} });

  test('succeeds if the database starts nevertheless, as after a lost answer', async () => {
    const statuses = ['stopped', 'starting', 'available'];
    answerWithCourse({ desiredCounts: [1], databaseStatuses: statuses, answers: { StartDBInstance: invalidState } });
    expect((await runOfficeHours('dev', 'start', NO_WAIT)).exitCode).toBe(0);
  });

  test('fails with the request’s error if the database stays stopped', async () => {
    answerWithCourse({
      desiredCounts: [1],
      databaseStatuses: ['stopped'],
      answers: { StartDBInstance: new Error('not authorized') },
    });
    await expect(runOfficeHours('dev', 'start', NO_WAIT)).rejects.toThrow(
      'dev could not be brought to start: Error: not authorized',
    );
  });
});

test.each([
  { status: 'incompatible-parameters', remedy: 'see what RDS says of it: aws rds describe-events' },
  { status: 'storage-full', remedy: 'raise database.allocatedStorage' },
])(
  'start does not wait for a database that is $status, which RDS never changes by itself, and says what to do',
  async ({ status, remedy }) => {
    const asked = answerWithCourse({ desiredCounts: [1], databaseStatuses: [status] });
    const { exitCode, stderr } = await runOfficeHours('dev', 'start', NO_WAIT);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The database is ${status}, which RDS does not change by itself: ${remedy}`);
    expect(asked['DescribeDBInstances']).toHaveLength(1);
  },
);
