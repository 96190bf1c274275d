import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { readEvent } from '../../../workflows/deploy/event';
import { type PlanOptions, runPlan } from '../../../workflows/deploy/plan';
import { testDelivery } from '../../../../test/support/environments';
import { CHOSEN_BRANCHES, ciRun, MAIN_ALONE, mainWith, playGitHub, POLICIES, REPOSITORY } from './github';

const github = playGitHub();
const folder = temporaryFolder('plan-');

const REVIEWED = {
  protection_rules: [{ type: 'branch_policy' }, { type: 'required_reviewers' }],
  deployment_branch_policy: CHOSEN_BRANCHES,
};
/** Answers of GitHub where prod asks no reviewer. */
const UNREVIEWED = {
  'environments/prod': {
    protection_rules: [{ type: 'branch_policy' }, { type: 'wait_timer' }],
    deployment_branch_policy: CHOSEN_BRANCHES,
  },
};
const COMMAND = 'gh workflow run deploy.yml --ref main';

/** A run of the workflow: its event, and everything else that the plan depends on. */
interface Run {
  readonly event: string;
  readonly payload: object;
  /** @default - main */
  readonly ref?: string;
  readonly actor?: string;
  /** Answers of GitHub. @default - main of three merges passed CI, and prod asks a reviewer */
  readonly answers?: Record<string, unknown>;
  /** Changes of lib/config/delivery.ts. */
  readonly delivery?: object;
}

/** CI has ended on main, well unless the changes say otherwise. */
function afterCi(changes: object = {}): Run {
  return {
    event: 'workflow_run',
    payload: { workflow_run: { conclusion: 'success', ...ciRun('c3'), ...changes } },
  };
}

/** A deployment that a person started. */
function byHand(inputs: object | null): Run {
  return {
    event: 'workflow_dispatch',
    payload: { inputs, sender: { type: 'User' } },
    actor: 'octocat',
  };
}

/** A deployment that a GitHub App started. */
function byApp(inputs: object): Run {
  return {
    event: 'workflow_dispatch',
    payload: { inputs, sender: { type: 'Bot' } },
    actor: 'release[bot]',
  };
}

const toProd = byHand({ environment: 'prod' });
const prodByApp = byApp({ environment: 'prod' });

/** Text and outputs of the command. */
async function plan(run: Run, options: PlanOptions = {}) {
  const eventFile = join(folder, 'event.json');
  const outputsFile = join(folder, 'outputs');
  writeFileSync(eventFile, JSON.stringify(run.payload));
  writeFileSync(outputsFile, '');
  github.answers = { ...mainWith(ciRun('c3')), ...MAIN_ALONE, 'environments/prod': REVIEWED, ...run.answers };
  const variables = {
    ...github.env,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_EVENT_PATH: eventFile,
    GITHUB_REF: run.ref ?? 'refs/heads/main',
    GITHUB_TRIGGERING_ACTOR: run.actor,
    GITHUB_RUN_ID: '7',
  };
  const delivery = { ...testDelivery, ...run.delivery };
  const { exitCode, stdout, stderr } = await outcomeOf(() =>
    runPlan({ outputs: outputsFile, ...options }, variables, delivery),
  );
  const lines = readFileSync(outputsFile, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(lines.map((line) => line.split('='))) as Record<string, string>;
  const environments = JSON.parse(outputs['environments'] ?? 'null') as string[] | null;
  return { exitCode, stdout, text: `${stdout}${stderr}`, outputs, environments };
}

/** A config that delivers dev and a new environment, and not prod. */
const STAGING = { environments: { staging: true, dev: true, prod: false } };
const PROD_LEFT_OUT = `prod is left out: its GitHub environment asks no reviewer. By hand: ${COMMAND} -f env`;

interface Planned {
  readonly title: string;
  readonly run: Run;
  readonly environments: readonly string[];
  readonly text: string;
}

const PLANNED: readonly Planned[] = [
  {
    title: 'dev alone, where prod has no reviewer',
    run: { ...afterCi(), answers: UNREVIEWED },
    environments: ['dev'],
    text: PROD_LEFT_OUT,
  },
  {
    title: 'dev alone, where GitHub has no environment prod',
    run: { ...afterCi(), answers: { 'environments/prod': 404 } },
    environments: ['dev'],
    text: PROD_LEFT_OUT,
  },
  {
    title: 'dev alone, beside a new one without a reviewer',
    run: { ...afterCi(), delivery: STAGING },
    environments: ['dev'],
    text: 'staging is left',
  },
  {
    title: 'none without a repository',
    run: { ...afterCi(), delivery: { repository: undefined } },
    environments: [],
    text: 'no repository',
  },
  {
    title: 'both, after a person’s CI',
    run: afterCi({ event: 'workflow_dispatch' }),
    environments: ['dev', 'prod'],
    text: 'dev, then prod',
  },
  {
    title: 'none after a failed CI',
    run: afterCi({ conclusion: 'failure' }),
    environments: [],
    text: 'Nothing is deployed: CI ended with failure.',
  },
  {
    title: 'none after a CI without an end',
    run: afterCi({ conclusion: null }),
    environments: [],
    text: 'CI ended with nothing.',
  },
  {
    title: 'none after a pull request’s CI',
    run: afterCi({ event: 'pull_request' }),
    environments: [],
    text: 'CI ran for pull_request of `main`',
  },
  {
    title: 'none after another branch’s CI',
    run: afterCi({ head_branch: 'x' }),
    environments: [],
    text: 'CI ran for push of `x`, not for main.',
  },
  {
    title: 'none after a fork’s CI',
    run: afterCi({ head_repository: { full_name: 'm/x' } }),
    environments: [],
    text: `for \`m/x\`, not for ${REPOSITORY}.`,
  },
  {
    title: 'none after a deleted fork’s CI',
    run: afterCi({ head_repository: null }),
    environments: [],
    text: 'CI ran for a deleted repository',
  },
  {
    title: 'prod, by a person alone',
    run: { ...toProd, answers: UNREVIEWED },
    environments: ['prod'],
    text: 'prod asks no reviewer: octocat alone decides',
  },
  {
    title: 'dev, by an app',
    run: { ...byApp({ environment: 'dev' }), answers: UNREVIEWED },
    environments: ['dev'],
    text: 'to dev',
  },
  {
    title: 'prod, by an app where a reviewer approves',
    run: prodByApp,
    environments: ['prod'],
    text: 'to prod',
  },
];

test.each(PLANNED)('is deployed: $title', async ({ run, environments, text }) => {
  const planned = await plan(run);
  expect(planned).toMatchObject({ exitCode: 0, environments });
  expect(planned.text).toContain(text);
});

const NOTHING = 'Nothing is deployed: ';
const TAGGED_PROD = { environment: 'prod', 'app-image-tag': 'v1', 'batch-image-tag': '' };
/** The command that a person runs in the place of an app. */
const BY_A_PERSON = `${COMMAND} -f environment=prod -f app-image-tag=v1\n`;

interface Refused {
  readonly title: string;
  readonly run: Run;
  readonly text: string;
}

const REFUSED: readonly Refused[] = [
  {
    title: 'by another event',
    run: { ...afterCi(), event: 'push' },
    text: `${NOTHING}the event push is none of this workflow`,
  },
  {
    title: 'of another branch',
    run: { ...byHand({ environment: 'dev' }), ref: 'refs/heads/feature' },
    text: `${NOTHING}the run is of refs/heads/feature`,
  },
  {
    title: 'of a tag called main',
    run: { ...byHand({ environment: 'dev' }), ref: 'refs/tags/main' },
    text: `${NOTHING}the run is of refs/tags/main`,
  },
  {
    title: 'without an input',
    run: byHand(null),
    text: 'environment "" is not one that',
  },
  {
    title: 'to what is no environment',
    run: byHand({ environment: 'toString' }),
    text: 'environment "toString" is not one',
  },
  {
    title: 'to one that is not delivered',
    run: { ...toProd, delivery: STAGING },
    text: '"prod" is not one that lib/config/delivery.ts delivers: staging, dev.',
  },
  {
    title: 'with no tag of an image',
    run: byHand({ environment: 'dev', 'app-image-tag': '$(id)' }),
    text: 'app-image-tag "$(id)" is no tag',
  },
  {
    title: 'with a tag that is too long',
    run: byHand({ environment: 'dev', 'batch-image-tag': 'a'.repeat(129) }),
    text: 'batch-image-tag "aaa',
  },
  {
    title: 'with a second output in a tag',
    run: byHand({ environment: 'dev', 'batch-image-tag': 'v1\nenvironments=["x"]' }),
    text: 'batch-image-tag "v1',
  },
  {
    title: 'by an app, to a new environment without a reviewer',
    run: { ...byApp({ environment: 'staging' }), delivery: STAGING },
    text: 'no person',
  },
  {
    title: 'by an app, to prod without one: the command for a person',
    run: { ...byApp(TAGGED_PROD), answers: UNREVIEWED },
    text: BY_A_PERSON,
  },
  {
    title: 'by an app that starts a person’s run again',
    run: { ...byHand(TAGGED_PROD), actor: 'release[bot]', answers: UNREVIEWED },
    text: BY_A_PERSON,
  },
  {
    title: 'by a person who starts an app’s run again',
    run: { ...byApp(TAGGED_PROD), actor: 'octocat', answers: UNREVIEWED },
    text: BY_A_PERSON,
  },
  {
    title: 'by an actor that GitHub does not name',
    run: { ...byHand(TAGGED_PROD), actor: '', answers: UNREVIEWED },
    text: BY_A_PERSON,
  },
  {
    title: 'before CI has passed',
    run: { ...afterCi(), answers: mainWith() },
    text: "none of main's last 100 commits has passed CI. Start it by hand: gh w",
  },
];

test.each(REFUSED)('is refused: a deployment $title', async ({ run, text }) => {
  const planned = await plan(run);
  expect(planned).toMatchObject({ exitCode: 1, environments: null });
  expect(planned.text).toContain(text);
});

test('the event after a deleted fork’s CI is no pass of CI, even without the name of this repository', () => {
  const eventFile = join(folder, 'event.json');
  writeFileSync(eventFile, JSON.stringify(afterCi({ head_repository: null }).payload));
  const variables = {
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_EVENT_PATH: eventFile,
    GITHUB_REF: 'refs/heads/main',
  };
  expect(() => readEvent(variables)).toThrow('GITHUB_REPOSITORY must be set');
});

const OPEN = { protection_rules: [], deployment_branch_policy: null };

interface OpenEnvironment {
  readonly title: string;
  readonly answers: Record<string, unknown>;
  readonly text: string;
}

const OPEN_ENVIRONMENTS: readonly OpenEnvironment[] = [
  {
    title: 'every branch',
    answers: { 'environments/dev': OPEN },
    text: 'dev admits every branch',
  },
  {
    title: 'everything, since there is none',
    answers: { 'environments/dev': 404 },
    text: 'dev admits every branch',
  },
  {
    title: 'other branches, too',
    answers: { [POLICIES('dev')]: { branch_policies: [{ name: 'main' }, { name: 'release/*' }] } },
    text: 'dev admits main, release/*',
  },
  {
    title: 'a tag called main',
    answers: { [POLICIES('dev')]: { branch_policies: [{ name: 'main', type: 'tag' }] } },
    text: 'dev admits tag main',
  },
  {
    title: 'protected branches, whichever they are',
    answers: {
      'environments/dev': {
        protection_rules: [],
        deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
      },
    },
    text: 'dev admits protected branches',
  },
  {
    title: 'no branch at all',
    answers: { [POLICIES('dev')]: { branch_policies: [] } },
    text: 'dev admits nothing',
  },
];

describe.each([
  { start: 'after CI', run: afterCi() },
  { start: 'by hand', run: byHand({ environment: 'dev' }) },
])('$start', ({ run }) => {
  test.each(OPEN_ENVIRONMENTS)(
    'nothing is deployed where an environment admits $title: AWS gives its role to whatever that is',
    async ({ answers, text }) => {
      const planned = await plan({ ...run, answers });
      expect(planned).toMatchObject({ exitCode: 1, environments: null });
      expect(planned.text).toContain(`${text}, and has to admit the branch main alone.`);
    },
  );
});

test('all environments that are open are named at once', async () => {
  const openProd = { ...REVIEWED, deployment_branch_policy: null };
  const answers = { 'environments/dev': OPEN, 'environments/prod': openProd };
  const { text } = await plan({ ...afterCi(), answers });
  expect(text).toContain('environment dev admits every branch');
  expect(text).toContain('environment prod admits every branch');
});

test('an environment that is open, and is left out for its lack of a reviewer, stops no other one', async () => {
  const planned = await plan({ ...afterCi(), answers: { 'environments/prod': OPEN } });
  expect(planned).toMatchObject({ exitCode: 0, environments: ['dev'] });
});

test('after a merge main’s newest commit goes to dev, then to prod, which asks a reviewer; no tag moves', async () => {
  const { exitCode, stdout, outputs } = await plan(afterCi());
  expect(exitCode).toBe(0);
  expect(stdout).toBe('To be deployed to dev, then prod: c3, which passed [CI](https://ci/c3).\n\n');
  expect(outputs).toEqual({
    commit: 'c3',
    environments: '["dev","prod"]',
    'app-image-tag': '',
    'batch-image-tag': '',
    migration: '',
  });
});

test('after a failed CI there is no commit to deploy', async () => {
  const { outputs } = await plan(afterCi({ conclusion: 'failure' }));
  expect(outputs['commit']).toBe('');
});

test('by hand one environment alone gets the tags, and a word on the migration', async () => {
  const inputs = { 'app-image-tag': 'v1', 'batch-image-tag': '3f1c', migration: 'no-migration' };
  const { exitCode, stdout, outputs } = await plan(byHand({ environment: 'prod', ...inputs }));
  expect(exitCode).toBe(0);
  expect(stdout).toContain('app-image-tag: v1\n\nbatch-image-tag: 3f1c\n\nmigration: no-migration\n');
  expect(outputs).toEqual({ commit: 'c3', environments: '["prod"]', ...inputs });
});

test('the migration is the image’s own unless a person says otherwise', async () => {
  const { outputs } = await plan(byHand({ environment: 'prod', migration: 'as pushed' }));
  expect(outputs['migration']).toBe('');
});

/** Answers of GitHub where runs hold, or wait for, the group of prod's deployments. */
function prodGroup(...members: readonly { run_id: number; run_name: string }[]) {
  const group_members = members.map((member) => ({ ...member, run_html_url: `https://${member.run_id}` }));
  return { 'actions/concurrency_groups/deploy-prod': { group_members } };
}

const QUEUE = prodGroup(
  { run_id: 5, run_name: 'Main' },
  { run_id: 6, run_name: 'Main' },
  { run_id: 7, run_name: 'Main' },
);

test('runs that wait before it are named with the way past them; it does not wait behind itself', async () => {
  const { stdout } = await plan({ ...toProd, answers: QUEUE });
  const waits = stdout.split('\n').filter((line) => line.includes(' waits '));
  const hint = 'If that one waits for an approval that nobody gives: gh run cancel';
  expect(waits).toEqual([
    `prod waits behind [\`Main\`](https://5). ${hint} 5`,
    `prod waits behind [\`Main\`](https://6). ${hint} 6`,
  ]);
});

test('a deployment to dev does not wait behind those of prod', async () => {
  const { stdout } = await plan({ ...byHand({ environment: 'dev' }), answers: QUEUE });
  expect(stdout).not.toContain(' waits ');
});

test('the name of a run that waits is shown as code: it may be a heading, or a link to elsewhere', async () => {
  const answers = prodGroup({ run_id: 5, run_name: 'Main\n\n# Approved\n[here](https://example.com)' });
  const { stdout } = await plan({ ...toProd, answers });
  expect(stdout).toContain('waits behind [<code>Main&#92;n&#92;n&#35; Approved&#92;n');
  expect(stdout).not.toContain('\n# Approved');
});

test('a hundred runs of forks’ branches called main stop no deployment: GitHub is asked for pushes alone', async () => {
  const forks = { workflow_runs: Array.from({ length: 100 }, () => ciRun('x', { event: 'pull_request' })) };
  const runsOfAllEvents = 'actions/workflows/ci.yml/runs?branch=main&status=success&per_page=100';
  const answers = { ...mainWith(ciRun('c3')), [runsOfAllEvents]: forks };
  const { outputs } = await plan({ ...afterCi(), answers });
  expect(outputs['commit']).toBe('c3');
});

interface PassedCi {
  readonly title: string;
  /** Runs of CI that GitHub lists. */
  readonly runs: readonly object[];
  readonly commit: string;
}

const PASSED_CI: readonly PassedCi[] = [
  {
    title: 'in whatever order the runs ended',
    runs: [ciRun('c1'), ciRun('c3'), ciRun('c2')],
    commit: 'c3',
  },
  {
    title: 'of which the newest may not have passed yet',
    runs: [ciRun('c1'), ciRun('c2')],
    commit: 'c2',
  },
  {
    title: 'by a person’s run, too',
    runs: [ciRun('c3', { event: 'workflow_dispatch' })],
    commit: 'c3',
  },
  {
    title: 'not by a tag called main: its commit is not on the branch',
    runs: [ciRun('evil'), ciRun('c2')],
    commit: 'c2',
  },
  {
    title: 'not one that a merge brought along: it had no review of its own',
    runs: [ciRun('merged'), ciRun('c2')],
    commit: 'c2',
  },
  {
    title: 'not by another branch',
    runs: [ciRun('c3', { head_branch: 'feature' }), ciRun('c2')],
    commit: 'c2',
  },
  {
    title: 'not by a pull request from a branch main',
    runs: [ciRun('c3', { event: 'pull_request' }), ciRun('c2')],
    commit: 'c2',
  },
  {
    title: 'not by a fork’s main',
    runs: [ciRun('c3', { head_repository: { full_name: 'm/x' } }), ciRun('c2')],
    commit: 'c2',
  },
  {
    title: 'not by a deleted fork',
    runs: [ciRun('c3', { head_repository: null }), ciRun('c2')],
    commit: 'c2',
  },
];

test.each(PASSED_CI)('the commit is main’s newest that passed CI, $title', async ({ runs, commit }) => {
  const { outputs } = await plan({ ...afterCi(), answers: mainWith(...runs) });
  expect(outputs['commit']).toBe(commit);
});

const PROD_IS_GONE = 'prod is no longer in the plan';

interface SecondPlan {
  readonly title: string;
  readonly run: Run;
  readonly exitCode: number;
  readonly text: string;
  /** Commit of the first plan. */
  readonly commit: string;
}

const SECOND_PLANS: readonly SecondPlan[] = [
  {
    title: 'goes on where the plan is the same',
    run: afterCi(),
    exitCode: 0,
    text: '',
    commit: 'c3',
  },
  {
    title: 'stops where main has moved on, and says what to approve',
    run: afterCi(),
    exitCode: 1,
    text:
      "main's newest commit that passed CI is c3 (https://ci/c3), not c2. " +
      `Approve the run of that commit, or start a new one: ${COMMAND} -f environment=prod`,
    commit: 'c2',
  },
  {
    title: 'stops where prod’s reviewer is gone',
    run: { ...afterCi(), answers: UNREVIEWED },
    exitCode: 1,
    text: PROD_IS_GONE,
    commit: 'c3',
  },
  {
    title: 'stops where another environment is in the plan',
    run: byHand({ environment: 'dev' }),
    exitCode: 1,
    text: PROD_IS_GONE,
    commit: 'c3',
  },
  {
    title: 'stops where CI failed',
    run: afterCi({ conclusion: 'failure' }),
    exitCode: 1,
    text: PROD_IS_GONE,
    commit: 'c3',
  },
  {
    title: 'stops where an app has started it',
    run: { ...prodByApp, answers: UNREVIEWED },
    exitCode: 1,
    text: 'no person',
    commit: 'c3',
  },
];

test.each(SECOND_PLANS)(
  'a deployment that comes late, or a job that was started again, $title',
  async ({ run, exitCode, text, commit }) => {
    const planned = await plan(run, { environment: 'prod', commit });
    expect(planned.exitCode).toBe(exitCode);
    expect(planned.text).toContain(text);
  },
);

test.each(['git/ref/heads/main', 'environments/prod', 'actions/concurrency_groups/deploy-prod'])(
  'without GitHub’s answer on %s nothing is decided',
  async (path) => {
    const planned = await plan({ ...toProd, answers: { [path]: 500 } });
    expect(planned.exitCode).toBe(2);
    expect(planned.text).toBe(`GitHub refused GET repos/prooflink/infrastructure/${path} with 500: Refused\n`);
  },
);

test('outside of a workflow nothing is decided', async () => {
  const { exitCode, stderr } = await outcomeOf(() => runPlan({}, github.env));
  expect(exitCode).toBe(2);
  expect(stderr).toContain('GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REF and');
});
