import { TIME_LIMIT_CONTAINER_NAME } from '@infra/commands/app';
import { besideOthers } from '../support/containers';
import {
  at,
  lostAnswer,
  migrate,
  refusal,
  type Scenario,
  type Start,
  stopped,
  stopsAt,
  SUCCEEDS,
  taskArn,
  taskStates,
} from './migrating';

/** Result of a migration whose task has ended. */
const ended = (exitCode: number | undefined, failure?: string) => ({
  taskArn: taskArn('own'),
  imageDigest: 'sha256:2',
  exitCode,
  failure,
  lastLines: [],
});

const SUCCEEDED = ended(0);

/** Line on a task that runs. */
const RUNS = 'task own. Waiting since 09:00 for its end (Tokyo).';

/** A task that ends before its container starts. */
const NEVER_STARTED = stopped(undefined, { stopCode: 'TaskFailedToStart' });

/** A migration to v1, which another release has started at a second. */
const otherMigration = (second: number) => ({
  createdAt: at(second),
  containers: besideOthers({ image: 'registry/prooflink-dev-app:v1' }),
});

/** A task that the container beside its migration has ended after its time. */
const OUT_OF_TIME = stopped(0, {
  stopCode: 'EssentialContainerExited',
  containers: [
    { name: TIME_LIMIT_CONTAINER_NAME, exitCode: 0 },
    ...besideOthers({ image: 'registry/prooflink-dev-app:v2', imageDigest: 'sha256:2', exitCode: 0 }),
  ],
});

interface EndOfMigration {
  readonly title: string;
  readonly scenario: Scenario;
  readonly result: object;
  readonly endSecond: number;
}

const ENDS: readonly EndOfMigration[] = [
  {
    title: 'a migration that the time limit in its task has ended has failed, even with exit code 0',
    scenario: { starts: [stopsAt(60, OUT_OF_TIME)] },
    result: ended(0, 'was stopped, since its time was over'),
    endSecond: 62,
  },
  {
    title: 'a migration that another release has started before goes first',
    scenario: { otherMigrations: { other: otherMigration(-1) } },
    result: ended(137, 'gave way: the migration of v1 runs since 2026-11-27 08:59 (Tokyo) (task other)'),
    endSecond: 32,
  },
  {
    title: 'of migrations that were started in the same second, the one whose ARN comes first goes first',
    scenario: { otherMigrations: { other: otherMigration(0), aaa: otherMigration(0) } },
    result: ended(137, 'gave way: the migration of v1 runs since 2026-11-27 09:00 (Tokyo) (task aaa)'),
    endSecond: 32,
  },
  {
    title: 'a migration that runs does not give way any more: half of one is worse',
    scenario: { otherMigrations: { other: otherMigration(-1) }, othersFrom: 20 },
    result: SUCCEEDED,
    endSecond: 62,
  },
  {
    title: 'a task that ECS does not start within ten minutes, for want of an image or of room, is stopped',
    scenario: { starts: [taskStates()], stoppedTask: NEVER_STARTED },
    result: ended(undefined, 'was stopped: it did not start within 10 minutes'),
    endSecond: 634,
  },
  {
    title: 'ECS may not answer for nine minutes',
    scenario: { starts: [stopsAt(560, stopped(0))], silence: { from: 20, to: 560 } },
    result: SUCCEEDED,
    endSecond: 562,
  },
  {
    title: 'a log that cannot be read stops nothing',
    scenario: { logError: refusal('AccessDenied', 'not GetLogEvents') },
    result: SUCCEEDED,
    endSecond: 62,
  },
];

test.each(ENDS)('end of a migration: $title', async ({ scenario, result: expectedResult, endSecond: expectedEnd }) => {
  const { result, endSecond, progress } = await migrate(scenario);
  expect({ result, endSecond }).toEqual({ result: expectedResult, endSecond: expectedEnd });
  expect(progress).toContain(RUNS);
});

/** An answer of ECS that starts no task, and the reason that the release shows. */
interface RefusedStart {
  readonly title: string;
  readonly start: Start;
  readonly reason: string;
}

const REFUSED_STARTS: readonly RefusedStart[] = [
  {
    title: 'no capacity',
    start: { failures: [{ reason: 'RESOURCE:ENI', detail: 'none' }, { reason: 'AGENT' }] },
    reason: 'RESOURCE:ENI: none, AGENT',
  },
  {
    title: 'a right that is missing',
    start: refusal('ClientException', 'ECS was unable to assume the role'),
    reason: 'ClientException: ECS was unable to assume the role',
  },
];

test.each(REFUSED_STARTS)(
  'a start that ECS refuses is asked for again for five minutes, and that is said once: $title',
  async ({ start, reason }) => {
    const { result, endSecond, progress } = await migrate({ starts: [start] });
    expect(result).toEqual({ lastLines: [], failure: `could not be started: ${reason}` });
    expect(endSecond).toBe(300);
    expect(progress).toEqual([
      `ECS did not start the task, and is asked again: ${reason}. ` +
        'Waiting since 09:00 for its start, until 09:05 at the latest (Tokyo).',
    ]);
  },
);

test('of a start whose answer is always lost nothing is known after five minutes', async () => {
  const starts = [...Array.from({ length: 61 }, lostAnswer), SUCCEEDS];
  await expect(migrate({ starts })).rejects.toThrow('socket hang up');
});

/** Tokens of the requests to start a task: ECS starts one task for a token. */
async function tokensOfStarts(...starts: readonly Start[]): Promise<string[]> {
  const { requests } = await migrate({ starts });
  return (requests['RunTask'] as { readonly clientToken: string }[]).map(({ clientToken }) => clientToken);
}

test('a lost answer starts no second migration: ECS is asked by the same token until it answers', async () => {
  const tokens = await tokensOfStarts(lostAnswer(), lostAnswer(), SUCCEEDS);
  expect(tokens).toHaveLength(3);
  expect(new Set(tokens).size).toBe(1);
});

test.each([
  { title: 'a right that is missing', start: refusal('AccessDeniedException', 'not yet') },
  { title: 'a task that ends before its container starts', start: taskStates({ from: 10, task: NEVER_STARTED }) },
])(
  'a start that fails is asked for by another token, or ECS would answer with the same task: $title',
  async ({ start }) => {
    const tokens = await tokensOfStarts(start, SUCCEEDS);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(2);
  },
);
