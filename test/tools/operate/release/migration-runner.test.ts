import { besideOthers } from '../../support/containers';
import { TIME_LIMIT_CONTAINER_NAME } from '../../../../lib/contract';
import {
  arn,
  at,
  CLUSTER,
  definition,
  ends,
  life,
  lostAnswer,
  migrate,
  NETWORK,
  refusal,
  RUNS,
  STREAM,
  type World,
} from './migrating';

const NO_LINES = { lastLines: [] };
const OWN = { taskArn: arn('own'), imageDigest: 'sha256:2', ...NO_LINES };
const WELL = { ...OWN, exitCode: 0, failure: undefined };

/** A migration with its world, and how it ends. */
interface End {
  readonly title: string;
  readonly world: World;
  readonly migrated: object;
  /** Second at which the release knows the end. */
  readonly second: number;
}

const failed = (exitCode: number | undefined, failure: string) => ({ ...OWN, exitCode, failure });
const v1 = { containers: besideOthers({ image: 'registry/prooflink-dev-app:v1' }) };
const older = { ...v1, createdAt: at(-1) };
const other = { ...v1, createdAt: at(0) };
const HANGS = { starts: [life([10, RUNS])] };
const GAVE_WAY = 'gave way: the migration of v1 runs since 2026-11-27 08:59 (Tokyo) (task other)';
const ASKED_AGAIN = 'ECS did not start the task, and is asked again: ';
const notStarted = (why: string) => ({ ...NO_LINES, failure: `could not be started: ${why}` });
const didNotStart = ends(undefined, { stopCode: 'TaskFailedToStart' });

/** End of a task whose time limit, the container beside the migration, has ended with an exit code. */
const endsBesideLimit = (exitCode: number, timeLimitExitCode: number) =>
  ends(exitCode, {
    stopCode: 'EssentialContainerExited',
    containers: [
      { name: TIME_LIMIT_CONTAINER_NAME, exitCode: timeLimitExitCode },
      ...besideOthers({ image: 'registry/prooflink-dev-app:v2', imageDigest: 'sha256:2', exitCode }),
    ],
  });

const ENDS: readonly End[] = [
  { title: 'well', world: {}, migrated: WELL, second: 62 },
  {
    title: 'by an exit code',
    world: { starts: [life([60, ends(3)])] },
    migrated: failed(3, 'failed with exit code 3'),
    second: 62,
  },
  {
    title: 'after its time, counted from its start',
    world: HANGS,
    migrated: failed(137, 'was stopped after 5 minutes'),
    second: 344,
  },
  {
    title: 'within its time, to the second',
    world: { starts: [life([10, RUNS], [312, ends(0)])] },
    migrated: WELL,
    second: 314,
  },
  {
    title: 'after another time',
    world: { ...HANGS, seconds: 60 },
    migrated: failed(137, 'was stopped after 1 minute'),
    second: 104,
  },
  {
    title: 'stopped, whatever its exit code says',
    world: { ...HANGS, killed: ends(0), seconds: 60 },
    migrated: failed(0, 'was stopped after 1 minute'),
    second: 104,
  },
  {
    title: 'by its time limit in the task, whatever its exit code says',
    world: { starts: [life([60, endsBesideLimit(0, 0)])] },
    migrated: failed(0, 'was stopped, since its time was over'),
    second: 62,
  },
  {
    title: 'well, beside a time limit that ECS killed after it',
    world: { starts: [life([60, endsBesideLimit(0, 137)])] },
    migrated: WELL,
    second: 62,
  },
  {
    title: 'by a time limit that could not sleep: the migration was killed',
    world: { starts: [life([60, endsBesideLimit(143, 1)])] },
    migrated: failed(143, 'failed with exit code 143'),
    second: 62,
  },
  {
    title: 'for another one, started before',
    world: { others: { other: older } },
    migrated: failed(137, GAVE_WAY),
    second: 32,
  },
  {
    title: 'for another one, started in the same moment, whose ARN comes first',
    world: { others: { other, aaa: other } },
    migrated: failed(137, GAVE_WAY.replace('other', 'aaa').replace('08:59', '09:00')),
    second: 32,
  },
  {
    title: 'for another one, before it starts',
    world: { others: { other: older }, killed: didNotStart },
    migrated: failed(undefined, GAVE_WAY),
    second: 32,
  },
  { title: 'well, beside one that came later', world: { others: { zzz: other } }, migrated: WELL, second: 62 },
  {
    title: 'well, once it has begun',
    world: { others: { other: older }, othersFrom: 20 },
    migrated: WELL,
    second: 62,
  },
  {
    title: 'stopped, since ECS does not start it for minutes: no image, or no room',
    world: { starts: [life()], killed: didNotStart },
    migrated: failed(undefined, 'was stopped: it did not start within 10 minutes'),
    second: 634,
  },
  {
    title: 'well, although ECS does not answer for nine minutes',
    world: { starts: [life([10, RUNS], [560, ends(0)])], seconds: 1800, silent: { from: 20, to: 560 } },
    migrated: WELL,
    second: 562,
  },
  {
    title: 'well, although ECS reports the task as missing for two minutes after its start',
    world: { starts: [life([10, RUNS], [150, ends(0)])], missingUntil: 120 },
    migrated: WELL,
    second: 152,
  },
  {
    title: 'well, although its log cannot be read',
    world: { logError: refusal('AccessDenied', 'not GetLogEvents') },
    migrated: WELL,
    second: 62,
  },
  {
    title: 'well, although the answer to its start was lost',
    world: { starts: [lostAnswer(), life([10, RUNS], [60, ends(0)])] },
    migrated: WELL,
    second: 62,
  },
];

/** Answers of ECS that start no task, and the reason that the release shows. */
const NEVER_STARTED: readonly { readonly title: string; readonly start: object; readonly why: string }[] = [
  {
    title: 'no capacity',
    start: { failures: [{ reason: 'RESOURCE:ENI', detail: 'none' }, { reason: 'AGENT' }] },
    why: 'RESOURCE:ENI: none, AGENT',
  },
  {
    title: 'a right that is missing',
    start: refusal('ClientException', 'ECS was unable to assume the role'),
    why: 'ClientException: ECS was unable to assume the role',
  },
  {
    title: 'a quota',
    start: refusal('ClientException', "You've reached the limit on the number of vCPUs you can run concurrently"),
    why: "ClientException: You've reached the limit on the number of vCPUs you can run concurrently",
  },
  {
    title: 'too many tasks at once',
    start: refusal('LimitExceededException', 'The limit of concurrent tasks is reached'),
    why: 'LimitExceededException: The limit of concurrent tasks is reached',
  },
  {
    title: 'a definition that another release has replaced',
    start: refusal('ClientException', 'TaskDefinition is inactive'),
    why: 'ClientException: TaskDefinition is inactive',
  },
];

describe('how a migration ends', () => {
  test.each(ENDS)('$title', async ({ world, migrated, second: end }) => {
    const { migrated: reported, second, said } = await migrate(world);
    expect({ reported, second }).toEqual({ reported: migrated, second: end });
    expect(said).toContain('task own');
  });

  test.each(NEVER_STARTED)('never, for five minutes: $title', async ({ start, why }) => {
    const { migrated, second, said } = await migrate({ starts: [start] });
    expect(migrated).toEqual(notStarted(why));
    expect(second).toBe(302);
    expect(said).toContain(`${ASKED_AGAIN}${why}`);
  });

  test('a task that ECS has forgotten: after ten minutes nothing is known, and no second task is started', async () => {
    await expect(migrate({ starts: [[]] })).rejects.toThrow(`ECS does not know the task ${arn('own')}.`);
  });

  test('a start whose answer is always lost: nothing is known after five minutes', async () => {
    await expect(migrate({ starts: [lostAnswer()] })).rejects.toThrow(
      "Whether the migration's task was started is not known: Error: socket hang up",
    );
  });
});

test('a lost answer starts no second migration: ECS is asked by the same token until it answers', async () => {
  const { asked } = await migrate({ starts: [lostAnswer(), lostAnswer(), life([10, RUNS], [60, ends(0)])] });
  const tokens = (asked['RunTask'] as { clientToken: string }[]).map(({ clientToken }) => clientToken);
  expect(tokens).toHaveLength(3);
  expect(new Set(tokens).size).toBe(1);
});

test('a refused start is asked for by another token: ECS would answer with the task that did not start', async () => {
  const denied = refusal('AccessDeniedException', 'not yet');
  const { asked } = await migrate({ starts: [denied, life([10, RUNS], [60, ends(0)])] });
  const tokens = (asked['RunTask'] as { clientToken: string }[]).map(({ clientToken }) => clientToken);
  expect(new Set(tokens).size).toBe(2);
});

test('rights that are not in force yet: the task starts once they are', async () => {
  const denied = refusal('AccessDeniedException', 'not authorized to perform iam:PassRole');
  const { migrated, asked, said } = await migrate({ starts: [denied, denied, life([10, RUNS], [60, ends(0)])] });
  expect(migrated.failure).toBeUndefined();
  expect(asked['RunTask']).toHaveLength(3);
  const asks =
    'ECS did not start the task, and is asked again: AccessDeniedException: not authorized to perform iam:PassRole';
  expect(said).toEqual([asks, asks, 'task own']);
});

test('ECS is asked for the stack’s own definition, in the service’s network, and to stop the task once', async () => {
  const { asked } = await migrate({ starts: [life([10, RUNS])] });
  const launch = { launchType: 'FARGATE', startedBy: 'release', clientToken: expect.any(String) as string };
  const taskDefinition = definition('prooflink-dev-migration:3');
  expect(asked['RunTask']).toEqual([{ cluster: CLUSTER, taskDefinition, networkConfiguration: NETWORK, ...launch }]);
  expect(asked['StopTask']).toEqual([{ cluster: CLUSTER, task: arn('own'), reason: 'was stopped after 5 minutes' }]);
  expect(asked['ListTasks']?.[0]).toMatchObject({
    cluster: CLUSTER,
    family: 'prooflink-dev-migration',
    desiredStatus: 'RUNNING',
  });
  expect(asked['DescribeTasks']?.at(-1)).toEqual({ cluster: CLUSTER, tasks: [arn('own')] });
});

test('its log is shown as it grows, page after page, and what comes after the end, too; the last lines are kept', async () => {
  const log = Array.from({ length: 23 }, (_, line) => [line * 2, `line ${line}\n`] as const);
  const { migrated, asked, said } = await migrate({ log: [...log, [60, 'late'], [61.5, 'after the end']] });
  expect(said).toEqual(['task own', ...log.map(([, line]) => `  ${line.trim()}`), '  late', '  after the end']);
  expect(migrated.lastLines).toEqual([...log.slice(-18).map(([, line]) => line.trim()), 'late', 'after the end']);
  expect(asked['GetLogEvents']?.[0]).toMatchObject({
    logGroupName: '/ecs/prooflink-dev-app',
    logStreamName: STREAM,
    startFromHead: true,
  });
});

test('a person who leaves learns what goes on: before the task is known, and then its id, its log and how to end it', async () => {
  const inCluster = `--region ap-northeast-1 --cluster ${CLUSTER}`;
  expect((await migrate({})).left).toEqual([
    'The migration of v2 may have begun. Its task, if there is one:\n' +
      `  aws ecs list-tasks ${inCluster} --family prooflink-dev-migration`,
    'The migration goes on by itself, since half of one is worse: task own. Its log:\n' +
      `  aws logs tail /ecs/prooflink-dev-app --log-stream-names ${STREAM} --follow --region ap-northeast-1\n` +
      'ECS ends it when its time is over. This ends it at once:\n' +
      `  aws ecs stop-task ${inCluster} --task own\n` +
      'Once it has ended, release again: what is migrated already is not migrated twice.',
  ]);
});
