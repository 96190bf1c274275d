import { REPOSITORY } from './github';
import { COMMAND, dispatch, type Given, merged, plan, UNREVIEWED, usesGitHub } from './planned';

usesGitHub();

describe('after a merge', () => {
  it('main’s newest commit that passed CI goes to dev, then to prod, which asks a reviewer; no tag moves', async () => {
    const { exitCode, stdout, outputs } = await plan(merged());
    expect([exitCode, stdout]).toEqual([
      0,
      'To be deployed to dev, then prod: c3, which passed [CI](https://ci/c3).\n\n',
    ]);
    expect(outputs).toEqual({
      commit: 'c3',
      environments: '["dev","prod"]',
      'app-image-tag': '',
      'batch-image-tag': '',
      migration: '',
    });
  });

  it.each([
    ['asks nobody', UNREVIEWED],
    ['does not exist, or has no rules in the repository’s plan', 404],
  ])('prod is left out where its GitHub environment %s, with the command for a person', async (_, answer) => {
    const { stdout, outputs } = await plan(merged({}, { answers: { 'environments/prod': answer } }));
    expect(outputs['environments']).toBe('["dev"]');
    expect(stdout).toContain(`prod is left out: its GitHub environment asks no reviewer. By hand: ${COMMAND} -f env`);
  });

  it('an environment that was added follows main as prod does, wherever its name stands', async () => {
    const delivery = { environments: { staging: true, dev: true, prod: false } };
    expect((await plan(merged({}, { delivery }))).outputs['environments']).toBe('["dev"]');
    const answers = { 'environments/staging': UNREVIEWED, 'environments/prod': UNREVIEWED };
    expect((await plan(dispatch({ environment: 'staging' }, { delivery, answers }, 'Bot'))).exitCode).toBe(1);
  });

  it('an environment of which GitHub tells nothing is neither approved nor free: nothing is decided', async () => {
    const { exitCode, stderr, outputs } = await plan(merged({}, { answers: { 'environments/prod': 500 } }));
    expect([exitCode, outputs]).toEqual([2, {}]);
    expect(stderr).toContain('GitHub refused GET repos/prooflink/infrastructure/environments/prod with 500');
  });

  it.each([
    ['a failed CI', { conclusion: 'failure' }, 'CI ended with failure.'],
    ['a cancelled CI', { conclusion: 'cancelled' }, 'CI ended with cancelled.'],
    ['a CI without an end', { conclusion: null }, 'CI ended with nothing.'],
    ['a pull request’s CI, from a branch main', { event: 'pull_request' }, 'CI ran for pull_request of main'],
    ['another branch’s CI', { head_branch: 'feature' }, 'CI ran for push of feature, not for main.'],
    ['a fork’s CI', { head_repository: { full_name: 'mallory/x' } }, `CI ran for mallory/x, not for ${REPOSITORY}.`],
    ['a deleted fork’s CI', { head_repository: null }, 'CI ran for a deleted repository'],
  ])('%s deploys nothing', async (_, changes, why) => {
    const { exitCode, stdout, outputs } = await plan(merged(changes));
    expect([exitCode, outputs['environments'], outputs['commit']]).toEqual([0, '[]', '']);
    expect(stdout).toContain(`Nothing is deployed: ${why}`);
  });

  it('nothing is deployed as long as no repository is named', async () => {
    const { exitCode, stdout, outputs } = await plan(merged({}, { delivery: { repository: undefined } }));
    expect([exitCode, outputs['environments']]).toEqual([0, '[]']);
    expect(stdout).toContain('lib/config/delivery.ts names no repository');
  });

  it('a person’s run of CI is as good as a push', async () => {
    expect((await plan(merged({ event: 'workflow_dispatch' }))).outputs['environments']).toBe('["dev","prod"]');
  });
});

describe('by hand', () => {
  it('one environment alone gets the tags, and a word on the migration', async () => {
    const inputs = { environment: 'prod', 'app-image-tag': 'v1', 'batch-image-tag': '3f1c', migration: 'no-migration' };
    const { exitCode, stdout, outputs } = await plan(dispatch(inputs));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('app-image-tag: v1\n\nbatch-image-tag: 3f1c\n\nmigration: no-migration\n');
    expect(outputs).toEqual({
      commit: 'c3',
      environments: '["prod"]',
      'app-image-tag': 'v1',
      'batch-image-tag': '3f1c',
      migration: 'no-migration',
    });
    expect((await plan(dispatch({ ...inputs, migration: 'as pushed' }))).outputs['migration']).toBe('');
  });

  it('a person may deploy where no reviewer is asked, and it is said who decides', async () => {
    const free = { answers: { 'environments/prod': UNREVIEWED } };
    const { outputs, stdout } = await plan(dispatch({ environment: 'prod' }, free));
    expect(outputs['environments']).toBe('["prod"]');
    expect(stdout).toContain('prod asks no reviewer: octocat alone decides on this deployment.');
  });

  const free = { 'environments/prod': UNREVIEWED };
  it.each([
    ['an app', 'Bot', 'release[bot]'],
    ['an app that starts a person’s run again', 'User', 'release[bot]'],
    ['a person who starts an app’s run again', 'Bot', 'octocat'],
    ['somebody unknown', 'User', undefined],
  ])('%s may not deploy there; the command for a person is printed', async (_, type, actor) => {
    const inputs = { environment: 'prod', 'app-image-tag': 'v1', 'batch-image-tag': '', migration: 'as pushed' };
    const { exitCode, stderr, outputs } = await plan(dispatch(inputs, { actor, answers: free }, type));
    expect([exitCode, outputs]).toEqual([1, {}]);
    expect(stderr).toContain('the GitHub environment prod asks no reviewer');
    expect(stderr).toContain(`A person starts it: ${COMMAND} -f environment=prod -f app-image-tag=v1\n`);
  });

  it('an app may deploy dev, and prod where a reviewer approves', async () => {
    for (const [environment, answers] of [
      ['dev', free],
      ['prod', {}],
    ] as const) {
      const { outputs } = await plan(dispatch({ environment }, { actor: 'release[bot]', answers }, 'Bot'));
      expect(outputs['environments']).toBe(`["${environment}"]`);
    }
  });

  it.each<[string, Given, string]>([
    [
      'another branch',
      dispatch({ environment: 'dev' }, { ref: 'refs/heads/feature' }),
      'the run is of refs/heads/feat',
    ],
    ['a tag called main', dispatch({ environment: 'dev' }, { ref: 'refs/tags/main' }), 'the run is of refs/tags/main'],
    ['no input', dispatch(null), 'environment "" is not one that'],
    ['an environment that is not there', dispatch({ environment: 'toString' }), 'environment "toString" is not one'],
    [
      'an environment that is not delivered',
      dispatch({ environment: 'prod' }, { delivery: { environments: { dev: true, prod: false } } }),
      'environment "prod" is not one that lib/config/delivery.ts delivers: dev.',
    ],
    ['no tag', dispatch({ environment: 'dev', 'app-image-tag': '$(id)' }), 'app-image-tag "$(id)" is no tag'],
    [
      'a second output',
      dispatch({ environment: 'dev', 'batch-image-tag': 'v1\nenvironments=["prod"]' }),
      'batch-image-tag "v1',
    ],
    ['another event', { ...merged(), event: 'push' }, 'the event push is none of this workflow'],
  ])('%s is refused', async (_, given, says) => {
    const { exitCode, stderr, outputs } = await plan(given);
    expect([exitCode, outputs]).toEqual([1, {}]);
    expect(stderr).toContain(`Nothing is deployed: ${says}`);
  });
});
