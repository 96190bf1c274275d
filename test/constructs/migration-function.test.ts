/** The function's code is deployed as it stands, without a compiler. */
const { answer } = jest.requireActual<{
  answer: (event: object, settings: object, aws: object) => Promise<object>;
}>('../../lib/constructs/migration/index.js');

const RELEASE = 'arn:aws:ecs:ap-northeast-1:123456789012:service-deployment/cluster/service/NEW';
const SERVICE = 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service';
const TASK = 'arn:aws:ecs:ap-northeast-1:123456789012:task/cluster/1f';
const MINUTE = 60_000;

const settings = {
  CLUSTER: 'cluster',
  CONTAINER: 'app',
  COMMAND: '["npx","prisma","migrate","deploy"]',
  TIMEOUT_SECONDS: '1800',
  REPOSITORY: 'app',
  DATABASE: 'db',
  LOG_GROUP: '/ecs/app',
  HAS_IMAGE: 'true',
  STACK: 'stack',
};

/** Revisions: `new` is released, `old` runs. Digests are known of what has run. */
const revisions: Record<string, object> = {
  new: { taskDefinition: 'task:2', containerImages: [{ containerName: 'app', image: 'registry/app:v2' }] },
  old: {
    taskDefinition: 'task:1',
    containerImages: [{ containerName: 'app', image: 'registry/app:v1', imageDigest: 'sha256:v1' }],
  },
};

/** When the image that is released was pushed, and when the one that runs. */
const pushed =
  (released: number, running: number | undefined) =>
  (_: string, { imageDigest = 'sha256:v2' }: Record<string, string>) => {
    const time = imageDigest === 'sha256:v2' ? released : running;
    return Promise.resolve(time === undefined ? undefined : { digest: imageDigest, at: new Date(time) });
  };

/** An AWS in which v2 was pushed after v1, which runs, and the database is awake. */
function world(change: Record<string, unknown> = {}) {
  return {
    isRollingBack: jest.fn(() => Promise.resolve(false)),
    revision: jest.fn((name: string) => Promise.resolve(revisions[name])),
    goodRevisions: jest.fn(() => Promise.resolve([revisions['old']])),
    pushed: jest.fn(pushed(2, 1)),
    databaseStatus: jest.fn(() => Promise.resolve('available')),
    runningMigrations: jest.fn(() => Promise.resolve<object[]>([])),
    run: jest.fn(() => Promise.resolve(TASK)),
    task: jest.fn(() => Promise.resolve<object>({ status: 'RUNNING' })),
    stop: jest.fn(() => Promise.resolve()),
    lastLines: jest.fn(() => Promise.resolve(['P3018: relation "users" already exists'])),
    ...change,
  };
}

let logged: Record<string, unknown>[] = [];

beforeEach(() => {
  logged = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => {
    logged.push(JSON.parse(line) as Record<string, unknown>);
  });
});

afterEach(() => jest.restoreAllMocks());

const call = (aws: object, hookDetails?: object, changed: object = {}) =>
  answer(
    {
      lifecycleStage: 'PRE_SCALE_UP',
      resourceArn: RELEASE,
      executionDetails: { serviceArn: SERVICE, targetServiceRevisionArn: 'new' },
      ...(hookDetails ? { hookDetails } : {}),
    },
    { ...settings, ...changed },
    aws,
  );

const at = (value: unknown) => () => Promise.resolve(value);
const follows = { task: TASK, image: 'registry/app:v2', since: Date.now() };

test('a new image is migrated, from its own revision, and ECS is asked to wait', async () => {
  const aws = world();
  expect(await call(aws)).toMatchObject({
    hookStatus: 'IN_PROGRESS',
    callBackDelay: 10,
    hookDetails: { task: TASK, image: 'registry/app:v2' },
  });
  expect(aws.run).toHaveBeenCalledWith(settings, revisions['new'], ['npx', 'prisma', 'migrate', 'deploy'], {
    own: 'migration:NEW',
    token: 'NEW',
  });
  expect(logged).toEqual([{ migration: 'started', image: 'registry/app:v2', task: TASK, deployment: RELEASE }]);
});

test('while it goes on, ECS waits, and no second task is started', async () => {
  const aws = world();
  expect(await call(aws, follows)).toMatchObject({ hookStatus: 'IN_PROGRESS', hookDetails: { task: TASK } });
  expect(aws.run).not.toHaveBeenCalled();
});

test('it ended well: the release goes on', async () => {
  expect(await call(world({ task: at({ status: 'STOPPED', exitCode: 0 }) }), follows)).toEqual({
    hookStatus: 'SUCCEEDED',
  });
  expect(logged).toEqual([
    { migration: 'succeeded', image: 'registry/app:v2', task: TASK, exitCode: 0, deployment: RELEASE },
  ]);
});

test.each<[string, number | undefined, string]>([
  ['it failed', 1, 'Essential container in task exited'],
  ['its task never started', undefined, 'CannotPullContainerError: not found'],
])('%s: the release is turned back, and the log has why, and what it said last', async (_, exitCode, reason) => {
  expect(await call(world({ task: at({ status: 'STOPPED', exitCode, reason }) }), follows)).toEqual({
    hookStatus: 'FAILED',
  });
  const lines = ['P3018: relation "users" already exists'];
  expect(logged[0]).toMatchObject({ migration: 'failed', says: reason, lines, ...(exitCode ? { exitCode } : {}) });
});

test('it takes too long: it is stopped, and the release turned back', async () => {
  const aws = world();
  expect(await call(aws, { ...follows, since: Date.now() - 31 * MINUTE })).toEqual({ hookStatus: 'FAILED' });
  expect(aws.stop).toHaveBeenCalledWith('cluster', TASK, expect.any(String));
  expect(logged[0]).toMatchObject({ migration: 'failed', says: 'It was stopped after 30 minutes.' });
});

describe('a way back runs no old migration: it would meet tables that a newer one has made', () => {
  test.each([
    ['an image that was pushed before the one that runs', world({ pushed: pushed(2, 3) })],
    [
      'one that was deployed at night since, without a task',
      world({ goodRevisions: at([{}, revisions['old']]), pushed: pushed(2, 3) }),
    ],
    ['the very image that runs', world({ pushed: at({ digest: 'sha256:v1', at: new Date(1) }) })],
  ])('%s', async (_, aws) => {
    expect(await call(aws)).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(aws.run).not.toHaveBeenCalled();
    expect(logged[0]).toMatchObject({ migration: 'skipped', image: 'registry/app:v2' });
  });

  test('another image of the same second is no way back', async () => {
    expect(await call(world({ pushed: pushed(1, 1) }))).toMatchObject({ hookStatus: 'IN_PROGRESS' });
  });
});

describe('what ran before is not known: rather once too often than never', () => {
  test.each([
    ['there was no release', world({ goodRevisions: at([]) })],
    ['of what was deployed, no task ran', world({ goodRevisions: at([revisions['new']]) })],
    ['its image is deleted', world({ pushed: pushed(2, undefined) })],
    ['ECS does not tell the image', world({ revision: at({ taskDefinition: 'task:2' }) })],
  ])('%s', async (_, aws) => {
    expect(await call(aws)).toMatchObject({ hookStatus: 'IN_PROGRESS' });
    expect(aws.run).toHaveBeenCalledTimes(1);
  });
});

test('without an image nothing runs: the first deploy succeeds with an empty registry', async () => {
  const aws = world();
  expect(await call(aws, undefined, { HAS_IMAGE: 'false' })).toEqual({ hookStatus: 'SUCCEEDED' });
  expect(aws.revision).not.toHaveBeenCalled();
});

describe('CloudFormation’s own way back passes: a refusal would leave the stack in UPDATE_ROLLBACK_FAILED', () => {
  test('no migration runs, whatever the image is', async () => {
    const aws = world({ isRollingBack: at(true), databaseStatus: at('stopped') });
    expect(await call(aws)).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(aws.run).not.toHaveBeenCalled();
    expect(logged[0]).toMatchObject({ migration: 'skipped', says: 'CloudFormation rolls back.' });
  });

  test('an image that nobody pushed, as before the first release, is no failure: no task can start', async () => {
    const aws = world({ pushed: at(undefined) });
    expect(await call(aws)).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(aws.run).not.toHaveBeenCalled();
  });
});

describe('the database', () => {
  test.each(['stopped', 'stopping'])('is %s: it is named, and no task starts in vain', async (status) => {
    const aws = world({ databaseStatus: at(status) });
    expect(await call(aws)).toEqual({ hookStatus: 'FAILED' });
    expect(aws.run).not.toHaveBeenCalled();
    expect(logged[0]).toMatchObject({ says: `The database db sleeps (${status}): start it, then deploy again.` });
  });

  test('is starting: it is waited for, but not for ever', async () => {
    const aws = world({ databaseStatus: at('starting') });
    expect(await call(aws)).toMatchObject({ hookStatus: 'IN_PROGRESS', hookDetails: { waits: {} } });
    const waits = { since: Date.now() - 31 * MINUTE, says: 'the database db was starting.' };
    expect(await call(aws, { waits })).toEqual({ hookStatus: 'FAILED' });
    expect(logged[0]).toMatchObject({ says: 'It waited in vain: the database db was starting.' });
  });

  test.each(['backing-up', 'modifying', 'storage-optimization'])('takes connections while it is %s', async (status) => {
    expect(await call(world({ databaseStatus: at(status) }))).toMatchObject({ hookDetails: { task: TASK } });
  });
});

describe('two tasks never run it at once', () => {
  test('another release’s goes on: this one waits for its end', async () => {
    const aws = world({ runningMigrations: at([{ taskArn: 'other', group: 'migration:OLD' }]) });
    expect(await call(aws)).toMatchObject({ hookStatus: 'IN_PROGRESS', hookDetails: { waits: {} } });
    expect(aws.run).not.toHaveBeenCalled();
  });

  test('its own goes on, of which it was not told: that one is followed', async () => {
    const aws = world({ runningMigrations: at([{ taskArn: TASK, group: 'migration:NEW' }]) });
    expect(await call(aws)).toMatchObject({ hookDetails: { task: TASK } });
    expect(aws.run).not.toHaveBeenCalled();
  });
});

describe('AWS refuses something', () => {
  const busy = world({ databaseStatus: () => Promise.reject(new Error('AccessDeniedException: not in force yet')) });

  test('it is tried again: a right that was just given is not in force yet', async () => {
    expect(await call(busy)).toMatchObject({ hookStatus: 'IN_PROGRESS', hookDetails: { errors: 1 } });
  });

  test('but not for ever, and the log says what was refused', async () => {
    expect(await call(busy, { errors: 6 })).toEqual({ hookStatus: 'FAILED' });
    expect(logged[0]).toMatchObject({ says: expect.stringContaining('not in force yet') as string });
  });

  test('what is under way stays known meanwhile, and the next good answer forgets the refusals', async () => {
    const refused = world({ task: () => Promise.reject(new Error('ThrottlingException')) });
    expect(await call(refused, follows)).toMatchObject({ hookDetails: { task: TASK, errors: 1 } });
    expect(await call(world(), { ...follows, errors: 5 })).toMatchObject({ hookDetails: { task: TASK, errors: 0 } });
  });
});
