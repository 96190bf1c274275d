import { REPOSITORY } from './github';
import { COMMAND, dispatch, type Given, merged, plan, UNREVIEWED, usesGitHub } from './planned';

usesGitHub();

type Row = [title: string, given: Given, exitCode: number, environments: string[] | undefined, says: string];

const free = { 'environments/prod': UNREVIEWED };
const answered = (answers: Record<string, unknown>) => merged({}, { answers });
const staged = { environments: { staging: true, dev: true, prod: false } };
const afterCi = (title: string, changes: object, why: string): Row => [
  `nothing, after ${title}`,
  merged(changes),
  0,
  [],
  `Nothing is deployed: ${why}`,
];
const byHand = (title: string, inputs: object | null, why: string, given: Partial<Given> = {}): Row => [
  `nothing, by hand with ${title}`,
  dispatch(inputs, given),
  1,
  undefined,
  `Nothing is deployed: ${why}`,
];
const byApp = (title: string, type: string, actor?: string): Row => [
  `prod without a reviewer, which ${title} may not deploy: the command for a person`,
  dispatch({ environment: 'prod', 'app-image-tag': 'v1', 'batch-image-tag': '' }, { actor, answers: free }, type),
  1,
  undefined,
  `A person starts it: ${COMMAND} -f environment=prod -f app-image-tag=v1\n`,
];
const LEFT_OUT = `prod is left out: its GitHub environment asks no reviewer. By hand: ${COMMAND} -f env`;

test.each<Row>([
  ['dev, where prod has no reviewer', answered(free), 0, ['dev'], LEFT_OUT],
  ['dev, where prod’s GitHub environment does not exist', answered({ 'environments/prod': 404 }), 0, ['dev'], LEFT_OUT],
  ['dev, beside a new environment without a reviewer', merged({}, { delivery: staged }), 0, ['dev'], 'staging is left'],
  [
    'nothing, as long as GitHub does not answer about prod',
    answered({ 'environments/prod': 500 }),
    2,
    undefined,
    'with 500',
  ],
  [
    'nothing, as long as no repository is named',
    merged({}, { delivery: { repository: undefined } }),
    0,
    [],
    'no repository',
  ],
  ['both, after a person’s run of CI', merged({ event: 'workflow_dispatch' }), 0, ['dev', 'prod'], 'dev, then prod'],
  afterCi('a failed CI', { conclusion: 'failure' }, 'CI ended with failure.'),
  afterCi('a cancelled CI', { conclusion: 'cancelled' }, 'CI ended with cancelled.'),
  afterCi('a CI without an end', { conclusion: null }, 'CI ended with nothing.'),
  afterCi('a pull request’s CI, from a branch main', { event: 'pull_request' }, 'CI ran for pull_request of main'),
  afterCi('another branch’s CI', { head_branch: 'feature' }, 'CI ran for push of feature, not for main.'),
  afterCi('a fork’s CI', { head_repository: { full_name: 'm/x' } }, `CI ran for m/x, not for ${REPOSITORY}.`),
  afterCi('a deleted fork’s CI', { head_repository: null }, 'CI ran for a deleted repository'),
  [
    'prod without a reviewer, which a person decides alone',
    dispatch({ environment: 'prod' }, { answers: free }),
    0,
    ['prod'],
    'prod asks no reviewer: octocat alone decides on this deployment.',
  ],
  [
    'nothing, by an app, to a new environment',
    dispatch({ environment: 'staging' }, { delivery: staged }, 'Bot'),
    1,
    undefined,
    'no person',
  ],
  byApp('an app', 'Bot', 'release[bot]'),
  byApp('an app that starts a person’s run again', 'User', 'release[bot]'),
  byApp('a person who starts an app’s run again', 'Bot', 'octocat'),
  byApp('somebody unknown', 'User'),
  ['dev, by an app', dispatch({ environment: 'dev' }, { actor: 'x[bot]', answers: free }, 'Bot'), 0, ['dev'], 'to dev'],
  [
    'prod, by an app where a reviewer approves',
    dispatch({ environment: 'prod' }, { actor: 'x[bot]' }, 'Bot'),
    0,
    ['prod'],
    '',
  ],
  ['another event', { ...merged(), event: 'push' }, 1, undefined, 'the event push is none of this workflow'],
  byHand('another branch', { environment: 'dev' }, 'the run is of refs/heads/feat', { ref: 'refs/heads/feature' }),
  byHand('a tag called main', { environment: 'dev' }, 'the run is of refs/tags/main', { ref: 'refs/tags/main' }),
  byHand('no input', null, 'environment "" is not one that'),
  byHand('an environment that is not there', { environment: 'toString' }, 'environment "toString" is not one'),
  byHand(
    'an environment that is not delivered',
    { environment: 'prod' },
    'environment "prod" is not one that lib/config/delivery.ts delivers: dev.',
    { delivery: { environments: { dev: true, prod: false } } },
  ),
  byHand('no tag', { environment: 'dev', 'app-image-tag': '$(id)' }, 'app-image-tag "$(id)" is no tag'),
  byHand('a second output', { environment: 'dev', 'batch-image-tag': 'v1\nenvironments=["x"]' }, 'batch-image-tag "v1'),
])('is deployed: %s', async (_, given, exitCode, environments, says) => {
  const { outputs, ...said } = await plan(given);
  expect([said.exitCode, outputs['environments']]).toEqual([exitCode, environments && JSON.stringify(environments)]);
  expect(`${said.stdout}${said.stderr}`).toContain(says);
});

test('after a merge main’s newest commit goes to dev, then to prod, which asks a reviewer; no tag moves', async () => {
  const { exitCode, stdout, outputs } = await plan(merged());
  const says = 'To be deployed to dev, then prod: c3, which passed [CI](https://ci/c3).\n\n';
  expect([exitCode, stdout]).toEqual([0, says]);
  const tags = { 'app-image-tag': '', 'batch-image-tag': '', migration: '' };
  expect(outputs).toEqual({ commit: 'c3', environments: '["dev","prod"]', ...tags });
  expect((await plan(merged({ conclusion: 'failure' }))).outputs['commit']).toBe('');
});

test('by hand one environment alone gets the tags, and a word on the migration', async () => {
  const tags = { 'app-image-tag': 'v1', 'batch-image-tag': '3f1c', migration: 'no-migration' };
  const inputs = { environment: 'prod', ...tags };
  const { exitCode, stdout, outputs } = await plan(dispatch(inputs));
  expect(exitCode).toBe(0);
  expect(stdout).toContain('app-image-tag: v1\n\nbatch-image-tag: 3f1c\n\nmigration: no-migration\n');
  expect(outputs).toEqual({ commit: 'c3', environments: '["prod"]', ...tags });
  expect((await plan(dispatch({ ...inputs, migration: 'as pushed' }))).outputs['migration']).toBe('');
});
