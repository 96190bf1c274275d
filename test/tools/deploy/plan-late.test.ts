import { outcomeOf } from '@infra/common/outcome';
import { runPlan } from '../../../tools/deploy/plan';
import { ciRun, mainWith } from './github';
import { COMMAND, dispatch, type Given, merged, plan, UNREVIEWED, usesGitHub } from './planned';

const github = usesGitHub();

const answered = (answers: Record<string, unknown>) => merged({}, { answers });
const free = { 'environments/prod': UNREVIEWED };

describe('what waits before it', () => {
  const member = (run_id: number) => ({ run_id, run_name: 'Deploy main', run_html_url: `https://run/${run_id}` });
  const GROUP = 'actions/concurrency_groups/deploy-prod';
  const asked = (environment: string, group: unknown) =>
    plan(dispatch({ environment }, { answers: { [GROUP]: group } }));

  it('is named with the way past it; nothing of the run itself, nor of another environment', async () => {
    const group_members = [5, 6, 7].map(member);
    const { stdout } = await asked('prod', { group_members });
    expect(stdout.split('\n').filter((line) => line.startsWith('prod waits'))).toEqual(
      [5, 6].map(
        (id) =>
          `prod waits behind [Deploy main](https://run/${id}). ` +
          `If that one waits for an approval that nobody gives: gh run cancel ${id}`,
      ),
    );
    expect((await asked('dev', { group_members })).stdout).not.toContain('waits');
  });

  it('is not silently left out where GitHub does not answer', async () => {
    expect((await asked('prod', 403)).exitCode).toBe(2);
  });
});

describe('the commit', () => {
  const commit = async (...runs: readonly object[]) => (await plan(answered(mainWith(...runs)))).outputs['commit'];

  it('is main’s newest that passed CI, in whatever order the runs ended', async () => {
    expect(await commit(ciRun('c1'), ciRun('c3'), ciRun('c2'))).toBe('c3');
    expect(await commit(ciRun('c1'), ciRun('c2'))).toBe('c2');
    expect(await commit(ciRun('c3', { event: 'workflow_dispatch' }))).toBe('c3');
  });

  it.each([
    ['a tag called main: its commit is not on the branch', ciRun('evil')],
    ['a commit that a merge brought along: it had no review of its own', ciRun('merged')],
    ['another branch', ciRun('c3', { head_branch: 'feature' })],
    ['a pull request from a branch main', ciRun('c3', { event: 'pull_request' })],
    ['a fork’s main', ciRun('c3', { head_repository: { full_name: 'mallory/infrastructure' } })],
    ['a deleted fork', ciRun('c3', { head_repository: null })],
  ])('is not %s', async (_, other) => {
    expect(await commit(other, ciRun('c2'))).toBe('c2');
  });

  it('is none before CI has passed, and it is said how to start it', async () => {
    expect(await plan(answered(mainWith()))).toMatchObject({
      exitCode: 1,
      stderr:
        "Nothing is deployed: none of main's last 100 commits has passed CI. Start it by hand: gh workflow run ci.yml --ref main\n",
    });
  });
});

const GONE = 'prod is no longer in the plan';

test.each<[title: string, given: Given, exitCode: number, says: string, commit?: string]>([
  ['goes on where the plan is the same', merged(), 0, ''],
  [
    'stops where main has moved on',
    merged(),
    1,
    "main's newest commit that passed CI is c3 (https://ci/c3), not c2.",
    'c2',
  ],
  [
    'and says what to approve',
    merged(),
    1,
    `Approve the run of that commit, or start a new one: ${COMMAND} -f env`,
    'c2',
  ],
  ['stops where prod’s reviewer is gone', answered(free), 1, GONE],
  ['stops where another environment is in the plan', dispatch({ environment: 'dev' }), 1, GONE],
  ['stops where CI failed', merged({ conclusion: 'failure' }), 1, GONE],
  [
    'stops where an app has started it',
    dispatch({ environment: 'prod' }, { actor: 'x[bot]', answers: free }),
    1,
    'no person',
  ],
])(
  'a deployment that comes late, or a job that was started again, %s',
  async (...[, given, exitCode, says, commit = 'c3']) => {
    const ended = await plan(given, { environment: 'prod', commit });
    expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.stringContaining(says)]);
  },
);

test('without GitHub’s answer, or outside of a workflow, nothing is decided', async () => {
  expect(await plan(answered({ 'git/ref/heads/main': 404 }))).toMatchObject({
    exitCode: 2,
    stderr: 'GitHub refused GET repos/prooflink/infrastructure/git/ref/heads/main with 404: Refused\n',
  });
  expect(await outcomeOf(() => runPlan({}, github.env))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('GITHUB_EVENT_NAME, GITHUB_EVENT_PATH and GITHUB_REF must be set') as unknown,
  });
});
