import fs from 'node:fs';
import { InvalidDBInstanceStateFault } from '@aws-sdk/client-rds';
import { omitKeys } from '@infra/common/values';
import { runOfficeHours } from '../src/office-hours';
import { answerWithCourse, answerWithService, PARTS } from './office-hours-answers';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));

const FAILED = [{ status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' }];
/** Noon in Japan: no schedule runs. */
const NOON = new Date('2026-11-25T03:00:00Z');

beforeEach(() => {
  jest.useFakeTimers({
    now: NOON,
    doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'],
  });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('start does not wait for web tasks whose deployment ECS has given up, and says ECS’s reason', async () => {
  answerWithService({ desiredCount: 1, runningCount: 0, deployments: FAILED });
  expect(await runOfficeHours('dev', 'start')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^The web tasks do not start: tasks failed to start\.\n/) as string,
  });
});

test('stop sets the web tasks to 0 although their last deployment has failed: they would cost money all night', async () => {
  const asked = answerWithService({ desiredCount: 0, runningCount: 0, deployments: FAILED });
  expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
  expect(asked['UpdateService']).toMatchObject([{ desiredCount: 0 }]);
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

describe('start whose request to RDS fails', () => {
  const invalidState = new InvalidDBInstanceStateFault({ message: 'Instance is not stopped.', $metadata: {} });

  test('succeeds if the database starts nevertheless, as after a lost answer', async () => {
    const statuses = ['stopped', 'starting', 'available'];
    answerWithCourse({ desiredCounts: [1], databaseStatuses: statuses, answers: { StartDBInstance: invalidState } });
    expect((await runOfficeHours('dev', 'start')).exitCode).toBe(0);
  });

  test('fails with the request’s error if RDS refuses it: nothing was changed', async () => {
    const refusal = Object.assign(new Error('not authorized'), { $metadata: { httpStatusCode: 403 } });
    answerWithCourse({
      desiredCounts: [1],
      databaseStatuses: ['stopped'],
      answers: { StartDBInstance: refusal },
    });
    await expect(runOfficeHours('dev', 'start')).rejects.toThrow('dev could not be changed: Error: not authorized');
  });

  test('ends with exit code 3 if AWS then refuses credentials that nobody can renew, and says what RDS does', async () => {
    jest.replaceProperty(process, 'env', { ...process.env, AWS_ACCESS_KEY_ID: 'key', AWS_PROFILE: undefined });
    const expired = Object.assign(new Error('The security token is expired.'), { name: 'ExpiredToken' });
    const statuses = ['stopped', expired];
    const asked = answerWithCourse({ desiredCounts: [0], databaseStatuses: statuses });
    const { exitCode, stderr } = await runOfficeHours('dev', 'start');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(
      /^dev could not be changed: ExpiredToken: .*\nRDS starts the database by itself, .* start dev\nSign in /,
    );
    expect(asked['DescribeDBInstances']).toHaveLength(2);
  });
});

// The web tasks would lose their database five minutes later, and run without it until the next evening.
test('start is refused between the two schedules of the evening, and stop between those of the morning', async () => {
  const asked = answerWithService({ desiredCount: 1, runningCount: 1 });
  jest.setSystemTime(new Date('2026-11-25T13:02:00Z'));
  expect(await runOfficeHours('dev', 'start')).toMatchObject({
    exitCode: 1,
    stderr:
      'Schedules change dev just now: prooflink-dev-stop-database runs at 2026-11-25 22:05 (Tokyo). ' +
      'After that: npm run prooflink -- start dev\n',
  });
  jest.setSystemTime(new Date('2026-11-25T00:10:00Z'));
  const { exitCode, stderr } = await runOfficeHours('dev', 'stop');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('prooflink-dev-start-web-tasks runs at ');
  expect(Object.keys(asked)).not.toContain('UpdateService');
  expect(Object.keys(asked)).not.toContain('StopDBInstance');
});

test('start that sees its database being stopped under the web tasks stops them again, and says what to do', async () => {
  const asked = answerWithCourse({
    desiredCounts: [0, 1],
    databaseStatuses: ['stopped', 'starting', 'available', 'stopping'],
    answers: { DescribeTargetHealth: { TargetHealthDescriptions: [] } },
  });
  expect(await runOfficeHours('dev', 'start')).toMatchObject({
    exitCode: 1,
    stderr:
      'Somebody else, or a schedule, does the opposite to dev at the same time: its database is stopping, and 1 web task ' +
      'is to run. To go on after all, once that has ended: npm run prooflink -- start dev\n',
  });
  expect(asked['UpdateService']).toMatchObject([{ desiredCount: 1 }, { desiredCount: 0 }]);
  expect(asked['StopDBInstance']).toBeUndefined();
});

test('Ctrl-C while RDS starts the database says that RDS goes on, and what is left to do', async () => {
  const write = jest.spyOn(fs, 'writeSync').mockReturnValue(0);
  const exit = jest.spyOn(process, 'exit').mockImplementation();
  const interrupt = () => {
    process.emit('SIGINT');
    return {};
  };
  const databaseStatuses = ['stopped', 'starting', 'available'];
  answerWithCourse({ desiredCounts: [1], databaseStatuses, answers: { StartDBInstance: interrupt } });
  await runOfficeHours('dev', 'start');
  expect(write.mock.calls.map(([, text]) => text)).toEqual([
    expect.stringContaining(
      '\nRDS starts the database by itself, which takes minutes. The web tasks are not started yet. Once the database is ' +
        'available: npm run prooflink -- start dev\n',
    ),
  ]);
  expect(exit).toHaveBeenCalledWith(130);
});

test('start does not wait for a database whose status RDS never changes by itself, and says what to do', async () => {
  const asked = answerWithCourse({ desiredCounts: [1], databaseStatuses: ['storage-full'] });
  const { exitCode, stderr } = await runOfficeHours('dev', 'start');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'The database is storage-full, which RDS does not change by itself: raise database.allocatedStorage',
  );
  expect(asked['DescribeDBInstances']).toHaveLength(1);
});
