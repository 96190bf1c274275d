import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { type PlanOptions, runPlan } from '../../../tools/deploy/plan';
import { testDelivery } from '../../support/environments';
import { ciRun, FakeGitHub, mainWith, REPOSITORY } from './github';

const github = new FakeGitHub();
const folder = temporaryFolder('plan-');
beforeAll(() => github.start());
afterAll(() => github.stop());

const REVIEWED = { protection_rules: [{ type: 'branch_policy' }, { type: 'required_reviewers' }] };
const UNREVIEWED = { protection_rules: [{ type: 'branch_policy' }, { type: 'wait_timer' }] };
const COMMAND = 'gh workflow run deploy.yml --ref main';

interface Given {
  readonly event: string;
  readonly payload: object;
  readonly ref?: string;
  readonly actor?: string;
  readonly answers?: Record<string, unknown>;
  readonly delivery?: object;
}

/** CI has ended on main, well unless the changes say otherwise. */
const merged = (changes: object = {}, given: Partial<Given> = {}): Given => ({
  event: 'workflow_run',
  payload: { workflow_run: { conclusion: 'success', ...ciRun('c3'), ...changes } },
  ...given,
});
/** Somebody has started a deployment. */
const dispatch = (inputs: object | null, given: Partial<Given> = {}, type = 'User'): Given => ({
  event: 'workflow_dispatch',
  payload: { inputs, sender: { type } },
  actor: 'octocat',
  ...given,
});

/** What the command says, and its outputs. */
async function plan(given: Given, options: PlanOptions = {}) {
  const [path, outputs] = [join(folder, 'event.json'), join(folder, 'outputs')];
  writeFileSync(path, JSON.stringify(given.payload));
  writeFileSync(outputs, '');
  github.answers = { ...mainWith(ciRun('c3')), 'environments/prod': REVIEWED, ...given.answers };
  const env = {
    ...github.env,
    GITHUB_EVENT_NAME: given.event,
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: given.ref ?? 'refs/heads/main',
    GITHUB_TRIGGERING_ACTOR: given.actor,
    GITHUB_RUN_ID: '7',
  };
  const outcome = await outcomeOf(() => runPlan({ outputs, ...options }, env, { ...testDelivery, ...given.delivery }));
  const lines = readFileSync(outputs, 'utf8').split('\n').filter(Boolean);
  return { ...outcome, outputs: Object.fromEntries(lines.map((line) => line.split('='))) as Record<string, string> };
}

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
    const { exitCode, outputs } = await plan(dispatch(inputs));
    expect(exitCode).toBe(0);
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

describe('what waits before it', () => {
  const member = (run_id: number) => ({
    run_id,
    run_name: 'Deploy main',
    run_html_url: `https://run/${run_id}`,
    status: 'in_progress',
  });
  const GROUP = 'actions/concurrency_groups/deploy-';

  it('is named with the way past it, and nothing of the run itself', async () => {
    const { stdout } = await plan(
      dispatch({ environment: 'prod' }, { answers: { [`${GROUP}prod`]: { group_members: [5, 6, 7].map(member) } } }),
    );
    expect(stdout.split('\n').filter((line) => line.startsWith('prod waits'))).toEqual(
      [5, 6].map(
        (id) =>
          `prod waits behind [Deploy main](https://run/${id}). ` +
          `If that one waits for an approval that nobody gives: gh run cancel ${id}`,
      ),
    );
  });

  it('is not another environment’s', async () => {
    const answers = { [`${GROUP}prod`]: { group_members: [member(5)] } };
    expect((await plan(dispatch({ environment: 'dev' }, { answers }))).stdout).not.toContain('waits');
  });

  it('is not silently left out where GitHub does not tell it', async () => {
    const answers = { [`${GROUP}prod`]: 403 };
    expect((await plan(dispatch({ environment: 'prod' }, { answers }))).exitCode).toBe(2);
  });
});

describe('the commit', () => {
  const commit = async (...runs: readonly object[]) => (await plan(merged({}, { answers: mainWith(...runs) }))).outputs;

  it('is main’s newest that passed CI, in whatever order the runs ended', async () => {
    expect(await commit(ciRun('c1'), ciRun('c3'), ciRun('c2'))).toMatchObject({ commit: 'c3' });
    expect(await commit(ciRun('c1'), ciRun('c2'))).toMatchObject({ commit: 'c2' });
    expect(await commit(ciRun('c3', { event: 'workflow_dispatch' }))).toMatchObject({ commit: 'c3' });
  });

  it.each([
    ['a tag called main: its commit is not on the branch', ciRun('evil')],
    ['a commit that a merge brought along: nobody reviewed it by itself', ciRun('merged')],
    ['another branch', ciRun('c3', { head_branch: 'feature' })],
    ['a pull request from a branch main', ciRun('c3', { event: 'pull_request' })],
    ['a fork’s main', ciRun('c3', { head_repository: { full_name: 'mallory/infrastructure' } })],
    ['a deleted fork', ciRun('c3', { head_repository: null })],
  ])('is not %s', async (_, other) => {
    expect(await commit(other, ciRun('c2'))).toMatchObject({ commit: 'c2' });
  });

  it('is none before CI has passed, and it is said how to start it', async () => {
    const { exitCode, stderr } = await plan(merged({}, { answers: mainWith() }));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "none of main's last 100 commits has passed CI. Start it by hand: gh workflow run ci.yml --ref main\n",
    );
  });
});

describe('before a deployment that may come late, or from a job that was started again', () => {
  const late = { environment: 'prod', commit: 'c3' };

  it('the plan is the same', async () => {
    expect((await plan(merged(), late)).exitCode).toBe(0);
  });

  it('it stops where main has moved on', async () => {
    const { exitCode, stderr } = await plan(merged(), { ...late, commit: 'c2' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("main's newest commit that passed CI is c3 (https://ci/c3), not c2. Approve the run of");
    expect(stderr).toContain(`${COMMAND} -f environment=prod`);
  });

  it.each<[string, Given]>([
    ['prod’s reviewer is gone', merged({}, { answers: { 'environments/prod': UNREVIEWED } })],
    ['another environment is in the plan', dispatch({ environment: 'dev' })],
    ['CI failed', merged({ conclusion: 'failure' })],
  ])('it stops where %s', async (_, given) => {
    const { exitCode, stderr } = await plan(given, late);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('prod is no longer in the plan')]);
  });

  it('it stops where an app has started the job again', async () => {
    const given = dispatch({ environment: 'prod' }, { actor: 'x[bot]', answers: { 'environments/prod': UNREVIEWED } });
    expect((await plan(given, late)).exitCode).toBe(1);
  });
});

test('without GitHub’s answer, or outside of a workflow, nothing is decided', async () => {
  const { exitCode, stderr } = await plan(merged({}, { answers: { 'git/ref/heads/main': 404 } }));
  expect([exitCode, stderr]).toEqual([
    2,
    'GitHub refused GET repos/prooflink/infrastructure/git/ref/heads/main with 404: Refused\n',
  ]);
  expect(await outcomeOf(() => runPlan({}, github.env))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('GITHUB_EVENT_NAME, GITHUB_EVENT_PATH and GITHUB_REF must be set') as unknown,
  });
});
