import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { requirePrograms } from '@infra/testing/require-programs';
import { runScript } from './support/run-script';

const root = temporaryFolder('plan-');
const HEAD = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';

beforeAll(() => {
  requirePrograms('jq');
});

interface Run {
  /** Runs of CI for main's head that passed. @default - one, for a merge */
  readonly ciRuns?: readonly { readonly event: string }[];
  /** Rules of prod's GitHub environment; `undefined` without one. */
  readonly prodRules?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** GitHub's CLI: answers `gh api <path> --jq <program>` from files, which a missing environment has not. */
const GITHUB = `
case "$2" in
  */git/ref/heads/main) answer=head.json ;;
  *"/actions/workflows/ci.yml/runs?head_sha=${HEAD}&branch=main&status=success") answer=runs.json ;;
  */environments/*) answer=\${2##*/}.json ;;
esac
[ -e "$answer" ] || { echo 'HTTP 404' >&2; exit 1; }
jq -r "$4" "$answer"`;

/** Outputs of the plan, its exit code and what it prints. */
function plan({ ciRuns = [{ event: 'push' }], prodRules, variables }: Run = {}) {
  const folder = mkdtempSync(join(root, 'run-'));
  const write = (file: string, content: object) => {
    writeFileSync(join(folder, file), JSON.stringify(content));
  };
  write('head.json', { object: { sha: HEAD } });
  write('runs.json', { workflow_runs: ciRuns });
  write('dev.json', { protection_rules: [] });
  if (prodRules) write('prod.json', { protection_rules: prodRules.map((type) => ({ type })) });
  return runScript('plan-deployment.sh', {
    folder,
    programs: { gh: GITHUB },
    variables: {
      ENVIRONMENTS: 'dev prod',
      ENVIRONMENT: '',
      GITHUB_EVENT_NAME: 'workflow_run',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REPOSITORY: 'prooflink/infrastructure',
      GITHUB_TRIGGERING_ACTOR: 'octocat',
      ...variables,
    },
  });
}

const byHand = (environment: string, actor = 'octocat') => ({
  ENVIRONMENT: environment,
  GITHUB_EVENT_NAME: 'workflow_dispatch',
  GITHUB_TRIGGERING_ACTOR: actor,
});

test('after CI main’s head goes to dev, and to prod, which asks a reviewer', () => {
  const { status, outputs } = plan({ prodRules: ['branch_policy', 'required_reviewers'] });
  expect(status).toBe(0);
  expect(outputs).toEqual([`commit=${HEAD}`, 'environments=["dev","prod"]', 'asks-reviewer=["prod"]']);
});

test.each([
  { title: 'has no rules', prodRules: [] },
  { title: 'does not exist', prodRules: undefined },
])('after CI prod is left out if its GitHub environment $title: its review would stop nothing', ({ prodRules }) => {
  const { stdout, outputs } = plan({ prodRules });
  expect(outputs).toEqual([`commit=${HEAD}`, 'environments=["dev"]', 'asks-reviewer=[]']);
  expect(stdout).toContain('a person starts it (gh workflow run deploy.yml --ref main -f environment=prod)');
});

test('a person deploys prod without a reviewer', () => {
  const { status, outputs } = plan({ variables: byHand('prod') });
  expect(status).toBe(0);
  expect(outputs).toEqual([`commit=${HEAD}`, 'environments=["prod"]', 'asks-reviewer=[]']);
});

test('an app does not, not even by repeating a person’s run: nobody would have decided', () => {
  const { status, stdout, outputs } = plan({ variables: byHand('prod', 'prooflink-releases[bot]') });
  expect(status).toBe(1);
  expect(stdout).toContain('prod asks no reviewer, and prooflink-releases[bot] is no person.');
  expect(outputs).toEqual([]);
});

const NOT_GREEN = [
  { title: 'CI has not passed main’s head', ciRuns: [] },
  {
    title: 'it passed it for a pull request alone, whose base may have been another',
    ciRuns: [{ event: 'pull_request' }],
  },
];

test.each(NOT_GREEN)(
  'nothing is deployed if $title, which is red by hand; the next run of CI deploys',
  ({ ciRuns }) => {
    const { status, stdout, outputs } = plan({ ciRuns });
    expect(stdout).toContain(
      `CI has not passed main's head, ${HEAD}. Start it with: gh workflow run ci.yml --ref main`,
    );
    expect(outputs).toEqual([]);
    expect(status).toBe(0);
    expect(plan({ ciRuns, variables: byHand('dev') }).status).toBe(1);
  },
);

test('a deployment of another branch is red', () => {
  const { status, stdout } = plan({ variables: { ...byHand('dev'), GITHUB_REF: 'refs/heads/feature' } });
  expect(stdout).toContain('the run is of refs/heads/feature');
  expect(status).toBe(1);
});
