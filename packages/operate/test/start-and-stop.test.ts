import fs from 'node:fs';
import { type Calls, runCommands, SimulatedAws } from './simulated-hours';

/** Noon in Japan: no schedule runs. */
const NOON = new Date('2026-11-25T03:00:00Z');

function setTime(now: Date): void {
  jest.useFakeTimers({ now, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
}

beforeEach(() => {
  setTime(NOON);
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

interface TwoCalls {
  readonly calls: Calls;
  readonly isAwake: boolean;
  /** RDS may be done between two looks at it, or take minutes. */
  readonly databaseSeconds: number;
}

const TWO_CALLS: readonly TwoCalls[] = [0, 0.5, 1.5, 3].flatMap((second) =>
  [true, false].flatMap((isAwake) =>
    [2, 300].flatMap((databaseSeconds) => [
      {
        isAwake,
        databaseSeconds,
        calls: [
          ['start', 0],
          ['stop', second],
        ],
      } as const,
      {
        isAwake,
        databaseSeconds,
        calls: [
          ['stop', 0],
          ['start', second],
        ],
      } as const,
    ]),
  ),
);

// Otherwise both turn the database on and off in turn, for half an hour.
test.each(TWO_CALLS)(
  'of start and stop at the same time one goes on, and each asks RDS at most once: %j',
  async ({ calls, isAwake, databaseSeconds }) => {
    const aws = new SimulatedAws(isAwake, { databaseSeconds, tasksSeconds: 1 });
    const outcomes = await runCommands(aws, calls);
    const databaseRequests = aws.requests.filter((request) => request.endsWith('DBInstance'));
    expect(new Set(databaseRequests).size).toBe(databaseRequests.length);
    const failures = outcomes.filter(({ exitCode }) => exitCode !== 0);
    expect(failures.length).toBeLessThan(2);
    for (const { exitCode, stderr } of failures) {
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^Somebody else, or a schedule, (?:starts|stops) dev at the same time: /);
    }
    expect(aws.isConsistent).toBe(true);
  },
);

test('start that sees its database being stopped under the web tasks stops them again, and says what to do', async () => {
  const aws = new SimulatedAws(false, { databaseSeconds: 60, tasksSeconds: 30 });
  setTimeout(() => {
    aws.stopDatabase();
  }, 70_000);
  const [outcome] = await runCommands(aws, [['start', 0]]);
  expect(outcome).toMatchObject({
    exitCode: 1,
    stderr:
      'Somebody else, or a schedule, stops dev at the same time: its database is stopping, and 1 web task is to run. ' +
      'To start it after all, once the database is stopped: npm run prooflink -- start dev\n',
  });
  expect(aws.requests).toEqual(['StartDBInstance', 'UpdateService 1', 'StopDBInstance', 'UpdateService 0']);
});

// The web tasks would lose their database five minutes later, and run without it until the next evening.
test('start is refused between the two schedules of the evening, and stop between those of the morning', async () => {
  const aws = new SimulatedAws(true, { databaseSeconds: 60, tasksSeconds: 1 });
  setTime(new Date('2026-11-25T13:02:00Z'));
  const [start] = await runCommands(aws, [['start', 0]]);
  expect(start).toMatchObject({
    exitCode: 1,
    stderr:
      'The office hours of dev end just now: prooflink-dev-stop-database stops the database at 2026-11-25 22:05 (Tokyo). ' +
      'After that: npm run prooflink -- start dev\n',
  });
  setTime(new Date('2026-11-25T00:10:00Z'));
  const [stop] = await runCommands(aws, [['stop', 0]]);
  expect(stop).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(' starts the web tasks at ') as unknown });
  expect(aws.requests).toEqual([]);
});

test('Ctrl-C while RDS starts the database says that RDS goes on, and what is left to do', async () => {
  const aws = new SimulatedAws(false, { databaseSeconds: 300, tasksSeconds: 1 });
  const write = jest.spyOn(fs, 'writeSync').mockReturnValue(0);
  const exit = jest.spyOn(process, 'exit').mockImplementation();
  setTimeout(() => process.emit('SIGINT'), 60_000);
  await runCommands(aws, [['start', 0]]);
  expect(write.mock.calls.map(([, text]) => text)).toEqual([
    expect.stringContaining(
      '\nRDS starts the database by itself, which takes minutes. The web tasks are not started yet. Once the database is ' +
        'available: npm run prooflink -- start dev\n',
    ),
  ]);
  expect(exit).toHaveBeenCalledWith(130);
});

test('a wait says for what, since when and until when, once for each state, into a pipe, too', async () => {
  const aws = new SimulatedAws(false, { databaseSeconds: 300, tasksSeconds: 30 });
  await runCommands(aws, [['start', 0]]);
  expect(aws.output.match(/The database is starting\..*/g)).toEqual([
    'The database is starting. Waiting since 12:00 for the status available, until 12:30 at the latest (Tokyo).',
  ]);
});
