import { besideOthers } from '../../support/containers';
import {
  arn,
  at,
  CLUSTER,
  definition,
  ends,
  life,
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

describe('how a migration ends', () => {
  const failed = (exitCode: number | undefined, failure: string) => ({ ...OWN, exitCode, failure });
  const [LATE, LATER] = ['was stopped after 1 minute', 'was stopped after 5 minutes'];
  const HANGS = { starts: [life([10, RUNS])] };
  const v1 = { containers: besideOthers({ image: 'registry/prooflink-dev-app:v1' }) };
  const [older, other] = [
    { ...v1, createdAt: at(-1) },
    { ...v1, createdAt: at(0) },
  ];
  const gaveWay = 'gave way: the migration of v1 runs since 2026-11-27 08:59 (Tokyo) (task other)';
  const rights = 'ECS did not start the task, and is asked again: ';
  const never = (why: string) => ({ ...NO_LINES, failure: `could not be started: ${why}` });
  const [NO_ROOM, NO_ROLE] = [
    { failures: [{ reason: 'RESOURCE:ENI', detail: 'none' }, { reason: 'AGENT' }] },
    refusal('ClientException', 'ECS was unable to assume the role'),
  ];
  const didNotStart = ends(undefined, { stopCode: 'TaskFailedToStart' });

  test.each<[title: string, world: World, migrated: object, at: number]>([
    ['well', {}, WELL, 62],
    ['by an exit code', { starts: [life([60, ends(3)])] }, failed(3, 'failed with exit code 3'), 62],
    ['after its time, counted from its start', HANGS, failed(137, LATER), 344],
    ['within its time, to the second', { starts: [life([10, RUNS], [312, ends(0)])] }, WELL, 314],
    ['after another time', { ...HANGS, seconds: 60 }, failed(137, LATE), 104],
    ['stopped, whatever its exit code says', { ...HANGS, killed: ends(0), seconds: 60 }, failed(0, LATE), 104],
    ['for another one, started before', { others: { other: older } }, failed(137, gaveWay), 32],
    [
      'for another one, started in the same moment, whose ARN comes first',
      { others: { other, aaa: other } },
      failed(137, gaveWay.replace('other', 'aaa').replace('08:59', '09:00')),
      32,
    ],
    [
      'for another one, before it starts',
      { others: { other: older }, killed: didNotStart },
      failed(undefined, gaveWay),
      32,
    ],
    ['well, beside one that came later', { others: { zzz: other } }, WELL, 62],
    ['well, once it has begun', { others: { other: older }, othersFrom: 20 }, WELL, 62],
    ['never: no capacity', { starts: [NO_ROOM] }, never('RESOURCE:ENI: none, AGENT'), 302],
    ['never: rights', { starts: [NO_ROLE] }, never('ClientException: ECS was unable to assume the role'), 302],
  ])('%s', async (_, world, migrated, end) => {
    const { migrated: reported, second, said } = await migrate(world);
    expect({ reported, second }).toEqual({ reported: migrated, second: end });
    if ('taskArn' in migrated) expect(said[0]).toBe('task own');
    else expect(said).toContainEqual(expect.stringContaining(rights));
  });

  test.each<[title: string, world: World, message: string]>([
    ['a task that ECS has forgotten', { starts: [[]] }, `ECS does not know the task ${arn('own')} any more.`],
    ['a start that AWS refuses', { starts: [refusal('InvalidParameterException', 'No subnets')] }, 'No subnets'],
    ['a log that cannot be read', { logError: refusal('AccessDenied', 'not GetLogEvents') }, 'not GetLogEvents'],
  ])('%s: nothing is known, and nothing is tried again', async (_, world, message) => {
    await expect(migrate(world)).rejects.toThrow(message);
  });
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
  const launch = { launchType: 'FARGATE', startedBy: 'release' };
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

test('after Ctrl-C the text says how to come back', async () => {
  expect((await migrate({})).left).toEqual([
    'The migration goes on by itself, since half of one is worse: task own. Its log:\n' +
      `  aws logs tail /ecs/prooflink-dev-app --log-stream-names ${STREAM} --follow --region ap-northeast-1\n` +
      'Once it has ended, release again: what is migrated already is not migrated twice.',
  ]);
});
