import { outcomeOf } from '@infra/common/outcome';
import { runPlan } from '../../../tools/deploy/plan';
import { ciRun, mainWith } from './github';
import { COMMAND, dispatch, type Given, merged, plan, UNREVIEWED, usesGitHub } from './planned';

const github = usesGitHub();

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
