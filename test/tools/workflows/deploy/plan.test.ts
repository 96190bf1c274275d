import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { readEvent } from '../../../../tools/workflows/deploy/event';
import { type PlanOptions, runPlan } from '../../../../tools/workflows/deploy/plan';
import { testDelivery } from '../../../support/environments';
import { CHOSEN_BRANCHES, ciRun, MAIN_ALONE, mainWith, playGitHub, POLICIES, REPOSITORY } from './github';

const github = playGitHub();
const folder = temporaryFolder('plan-');

const REVIEWED = {
  protection_rules: [{ type: 'branch_policy' }, { type: 'required_reviewers' }],
  deployment_branch_policy: CHOSEN_BRANCHES,
};
const UNREVIEWED = {
  'environments/prod': {
    protection_rules: [{ type: 'branch_policy' }, { type: 'wait_timer' }],
    deployment_branch_policy: CHOSEN_BRANCHES,
  },
};
const COMMAND = 'gh workflow run deploy.yml --ref main';

interface Given {
  readonly event?: string;
  readonly payload?: object;
  readonly ref?: string;
  readonly actor?: string;
  readonly answers?: Record<string, unknown>;
  readonly delivery?: object;
}

/** CI has ended on main, well unless the changes say otherwise. */
const merged = (changes: object = {}, given: Given = {}): Given => ({
  event: 'workflow_run',
  payload: { workflow_run: { conclusion: 'success', ...ciRun('c3'), ...changes } },
  ...given,
});
const answered = (answers: Record<string, unknown>) => merged({}, { answers });

/** A deployment that a person started. */
const dispatch = (inputs: object | null, given: Given = {}, type = 'User'): Given => ({
  event: 'workflow_dispatch',
  payload: { inputs, sender: { type } },
  actor: 'octocat',
  ...given,
});
const toProd = (given: Given, type?: string) => dispatch({ environment: 'prod' }, given, type);
const byApp = (environment: string, given: Given = {}) =>
  dispatch({ environment }, { actor: 'x[bot]', ...given }, 'Bot');

/** Text and outputs of the command. */
async function plan(given: Given, options: PlanOptions = {}) {
  const [path, file] = [join(folder, 'event.json'), join(folder, 'outputs')];
  writeFileSync(path, JSON.stringify(given.payload));
  writeFileSync(file, '');
  github.answers = { ...mainWith(ciRun('c3')), ...MAIN_ALONE, 'environments/prod': REVIEWED, ...given.answers };
  const env = {
    ...github.env,
    GITHUB_EVENT_NAME: given.event,
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: given.ref ?? 'refs/heads/main',
    GITHUB_TRIGGERING_ACTOR: given.actor,
    GITHUB_RUN_ID: '7',
  };
  const delivery = { ...testDelivery, ...given.delivery };
  const { exitCode, stdout, stderr } = await outcomeOf(() => runPlan({ outputs: file, ...options }, env, delivery));
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(lines.map((line) => line.split('='))) as Record<string, string>;
  const environments = JSON.parse(outputs['environments'] ?? 'null') as string[] | null;
  return { exitCode, stdout, says: `${stdout}${stderr}`, outputs, environments };
}

const staged = { delivery: { environments: { staging: true, dev: true, prod: false } } };
const LEFT_OUT = `prod is left out: its GitHub environment asks no reviewer. By hand: ${COMMAND} -f env`;

test.each<[title: string, given: Given, environments: string[], says: string]>([
  ['dev alone, where prod has no reviewer', answered(UNREVIEWED), ['dev'], LEFT_OUT],
  ['dev alone, where GitHub has no environment prod', answered({ 'environments/prod': 404 }), ['dev'], LEFT_OUT],
  ['dev alone, beside a new one without a reviewer', merged({}, staged), ['dev'], 'staging is left'],
  ['none without a repository', merged({}, { delivery: { repository: undefined } }), [], 'no repository'],
  ['both, after a person’s CI', merged({ event: 'workflow_dispatch' }), ['dev', 'prod'], 'dev, then prod'],
  ['none after a failed CI', merged({ conclusion: 'failure' }), [], 'Nothing is deployed: CI ended with failure.'],
  ['none after a CI without an end', merged({ conclusion: null }), [], 'CI ended with nothing.'],
  ['none after a pull request’s CI', merged({ event: 'pull_request' }), [], 'CI ran for pull_request of `main`'],
  ['none after another branch’s CI', merged({ head_branch: 'x' }), [], 'CI ran for push of `x`, not for main.'],
  [
    'none after a fork’s CI',
    merged({ head_repository: { full_name: 'm/x' } }),
    [],
    `for \`m/x\`, not for ${REPOSITORY}.`,
  ],
  ['none after a deleted fork’s CI', merged({ head_repository: null }), [], 'CI ran for a deleted repository'],
  [
    'prod, by a person alone',
    toProd({ answers: UNREVIEWED }),
    ['prod'],
    'prod asks no reviewer: octocat alone decides',
  ],
  ['dev, by an app', byApp('dev', { answers: UNREVIEWED }), ['dev'], 'to dev'],
  ['prod, by an app where a reviewer approves', byApp('prod'), ['prod'], ''],
])('is deployed: %s', async (_, given, environments, says) => {
  const planned = await plan(given);
  expect(planned).toMatchObject({ exitCode: 0, environments });
  expect(planned.says).toContain(says);
});

const WHY = 'Nothing is deployed: ';
const NO_PERSON = `${COMMAND} -f environment=prod -f app-image-tag=v1\n`;
const inputs = { environment: 'prod', 'app-image-tag': 'v1', 'batch-image-tag': '' };
const unreviewed = (actor: string, type: string) => dispatch(inputs, { actor, answers: UNREVIEWED }, type);
const toDev = (ref: string) => dispatch({ environment: 'dev' }, { ref });
const tagged = (tag: string, value: string) => dispatch({ environment: 'dev', [tag]: value });

test.each<[title: string, given: Given, says: string]>([
  ['by another event', { ...merged(), event: 'push' }, `${WHY}the event push is none of this workflow`],
  ['of another branch', toDev('refs/heads/feature'), `${WHY}the run is of refs/heads/feature`],
  ['of a tag called main', toDev('refs/tags/main'), `${WHY}the run is of refs/tags/main`],
  ['without an input', dispatch(null), 'environment "" is not one that'],
  ['to what is no environment', dispatch({ environment: 'toString' }), 'environment "toString" is not one'],
  [
    'to one that is not delivered',
    toProd(staged),
    '"prod" is not one that lib/config/delivery.ts delivers: staging, dev.',
  ],
  ['with no tag of an image', tagged('app-image-tag', '$(id)'), 'app-image-tag "$(id)" is no tag'],
  ['with a tag that is too long', tagged('batch-image-tag', 'a'.repeat(129)), 'batch-image-tag "aaa'],
  ['with a second output', tagged('batch-image-tag', 'v1\nenvironments=["x"]'), 'batch-image-tag "v1'],
  ['by an app, to a new environment without a reviewer', byApp('staging', staged), 'no person'],
  ['by an app, to prod without one: the command for a person', unreviewed('release[bot]', 'Bot'), NO_PERSON],
  ['by an app that starts a person’s run again', unreviewed('release[bot]', 'User'), NO_PERSON],
  ['by a person who starts an app’s run again', unreviewed('octocat', 'Bot'), NO_PERSON],
  ['by an actor that GitHub does not name', unreviewed('', 'User'), NO_PERSON],
  [
    'before CI has passed',
    answered(mainWith()),
    "none of main's last 100 commits has passed CI. Start it by hand: gh w",
  ],
])('is refused: a deployment %s', async (_, given, says) => {
  const planned = await plan(given);
  expect(planned).toMatchObject({ exitCode: 1, environments: null });
  expect(planned.says).toContain(says);
});

test('the event after a deleted fork’s CI is no pass of CI, even without the name of this repository', () => {
  const path = join(folder, 'event.json');
  writeFileSync(path, JSON.stringify(merged({ head_repository: null }).payload));
  const variables = {
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: 'refs/heads/main',
  };
  expect(() => readEvent(variables)).toThrow('GITHUB_REPOSITORY must be set');
});

const OPEN = { protection_rules: [], deployment_branch_policy: null };
const protectedBranches = { protected_branches: true, custom_branch_policies: false };

test.each<{ title: string; answers: Record<string, unknown>; admits: string }>([
  { title: 'every branch', answers: { 'environments/dev': OPEN }, admits: 'dev admits every branch' },
  { title: 'everything, since there is none', answers: { 'environments/dev': 404 }, admits: 'dev admits every branch' },
  {
    title: 'other branches, too',
    answers: { [POLICIES('dev')]: { branch_policies: [{ name: 'main' }, { name: 'release/*' }] } },
    admits: 'dev admits main, release/*',
  },
  {
    title: 'a tag called main',
    answers: { [POLICIES('dev')]: { branch_policies: [{ name: 'main', type: 'tag' }] } },
    admits: 'dev admits tag main',
  },
  {
    title: 'protected branches, whichever they are',
    answers: { 'environments/dev': { protection_rules: [], deployment_branch_policy: protectedBranches } },
    admits: 'dev admits protected branches',
  },
  {
    title: 'no branch at all',
    answers: { [POLICIES('dev')]: { branch_policies: [] } },
    admits: 'dev admits nothing',
  },
])('nothing is deployed where an environment admits $title: AWS gives its role to whatever that is', async (given) => {
  for (const event of [answered(given.answers), dispatch({ environment: 'dev' }, { answers: given.answers })]) {
    const planned = await plan(event);
    expect(planned).toMatchObject({ exitCode: 1, environments: null });
    expect(planned.says).toContain(`${given.admits}, and has to admit the branch main alone.`);
  }
});

test('all environments that are open are named at once, but not one that is left out', async () => {
  const reviewed = { ...REVIEWED, deployment_branch_policy: null };
  const open = await plan(answered({ 'environments/dev': OPEN, 'environments/prod': reviewed }));
  expect(open.says.match(/environment (?:dev|prod) admits every branch/g)).toHaveLength(2);
  const leftOut = await plan(answered({ 'environments/prod': OPEN }));
  expect(leftOut).toMatchObject({ exitCode: 0, environments: ['dev'] });
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
  const { exitCode, stdout, outputs } = await plan(dispatch({ environment: 'prod', ...tags }));
  expect(exitCode).toBe(0);
  expect(stdout).toContain('app-image-tag: v1\n\nbatch-image-tag: 3f1c\n\nmigration: no-migration\n');
  expect(outputs).toEqual({ commit: 'c3', environments: '["prod"]', ...tags });
  const other = await plan(dispatch({ environment: 'prod', migration: 'as pushed' }));
  expect(other.outputs['migration']).toBe('');
});

test('runs that wait before it are named with the way past them, not itself, nor those of another environment', async () => {
  const group_members = [5, 6, 7].map((run_id) => ({ run_id, run_name: 'Main', run_html_url: `https://${run_id}` }));
  const answers = { 'actions/concurrency_groups/deploy-prod': { group_members } };
  const waits = async (environment: string) =>
    (await plan(dispatch({ environment }, { answers }))).stdout.split('\n').filter((line) => line.includes(' waits '));
  const behind = (id: number) =>
    `prod waits behind [\`Main\`](https://${id}). If that one waits for an approval that nobody gives: gh run cancel ${id}`;
  expect([await waits('prod'), await waits('dev')]).toEqual([[5, 6].map(behind), []]);
});

test('the name of a run that waits is shown as code: it may be a heading, or a link to elsewhere', async () => {
  const run_name = 'Main\n\n# Approved\n[here](https://example.com)';
  const group_members = [{ run_id: 5, run_name, run_html_url: 'https://5' }];
  const answers = { 'actions/concurrency_groups/deploy-prod': { group_members } };
  const { stdout } = await plan(dispatch({ environment: 'prod' }, { answers }));
  expect(stdout).toContain('waits behind [<code>Main&#92;n&#92;n&#35; Approved&#92;n');
  expect(stdout).not.toContain('\n# Approved');
});

test('a hundred runs of forks’ branches called main stop no deployment: GitHub is asked for pushes alone', async () => {
  const forks = { workflow_runs: Array.from({ length: 100 }, () => ciRun('x', { event: 'pull_request' })) };
  const unasked = 'actions/workflows/ci.yml/runs?branch=main&status=success&per_page=100';
  const { outputs } = await plan(answered({ ...mainWith(ciRun('c3')), [unasked]: forks }));
  expect(outputs['commit']).toBe('c3');
});

test.each<[title: string, commit: string, runs: readonly object[]]>([
  ['in whatever order the runs ended', 'c3', [ciRun('c1'), ciRun('c3'), ciRun('c2')]],
  ['of which the newest may not have passed yet', 'c2', [ciRun('c1'), ciRun('c2')]],
  ['by a person’s run, too', 'c3', [ciRun('c3', { event: 'workflow_dispatch' })]],
  ['not by a tag called main: its commit is not on the branch', 'c2', [ciRun('evil'), ciRun('c2')]],
  ['not one that a merge brought along: it had no review of its own', 'c2', [ciRun('merged'), ciRun('c2')]],
  ['not by another branch', 'c2', [ciRun('c3', { head_branch: 'feature' }), ciRun('c2')]],
  ['not by a pull request from a branch main', 'c2', [ciRun('c3', { event: 'pull_request' }), ciRun('c2')]],
  ['not by a fork’s main', 'c2', [ciRun('c3', { head_repository: { full_name: 'm/x' } }), ciRun('c2')]],
  ['not by a deleted fork', 'c2', [ciRun('c3', { head_repository: null }), ciRun('c2')]],
])('the commit is main’s newest that passed CI, %s', async (_, commit, runs) => {
  expect((await plan(answered(mainWith(...runs)))).outputs['commit']).toBe(commit);
});

const GONE = 'prod is no longer in the plan';
const MOVED =
  "main's newest commit that passed CI is c3 (https://ci/c3), not c2. Approve the run of that commit, or start a new " +
  `one: ${COMMAND} -f environment=prod`;

test.each<[title: string, given: Given, exitCode: number, says: string, commit?: string]>([
  ['goes on where the plan is the same', merged(), 0, ''],
  ['stops where main has moved on, and says what to approve', merged(), 1, MOVED, 'c2'],
  ['stops where prod’s reviewer is gone', answered(UNREVIEWED), 1, GONE],
  ['stops where another environment is in the plan', dispatch({ environment: 'dev' }), 1, GONE],
  ['stops where CI failed', merged({ conclusion: 'failure' }), 1, GONE],
  ['stops where an app has started it', byApp('prod', { answers: UNREVIEWED }), 1, 'no person'],
])('a deployment that comes late, or a job that was started again, %s', async (...row) => {
  const [, given, exitCode, says, commit = 'c3'] = row;
  const ended = await plan(given, { environment: 'prod', commit });
  expect([ended.exitCode, ended.says]).toEqual([exitCode, expect.stringContaining(says)]);
});

test.each(['git/ref/heads/main', 'environments/prod', 'actions/concurrency_groups/deploy-prod'])(
  'without GitHub’s answer on %s nothing is decided',
  async (path) => {
    const says = `GitHub refused GET repos/prooflink/infrastructure/${path} with 500: Refused\n`;
    expect(await plan(toProd({ answers: { [path]: 500 } }))).toMatchObject({ exitCode: 2, says });
  },
);

test('outside of a workflow nothing is decided', async () => {
  expect(await outcomeOf(() => runPlan({}, github.env))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REF and') as unknown,
  });
});
