import type { Event, Run } from './event';
import { type Case, commands, nothing } from './case';

const FILE = 'diff.yml';
const SYNTH = 'npx cdk synth --quiet --no-notices --output';
const DEPLOYED = 'npm run --silent prooflink -- deployed cdk.out.head';
const REVIEW = 'prooflink -- review cdk.out.base cdk.out.head --markdown --config-diff config.diff';
const LABEL = 'allow-destructive';

const pullRequest = (changes: object = {}, programs: Event['programs'] = [], pull: object = {}): Event => ({
  name: 'pull_request',
  ref: 'refs/pull/5/merge',
  sha: 'merged',
  vars: { DIFF_ROLE_ARN: 'diff' },
  programs: [
    ...programs,
    [`${SYNTH} cdk.out.head`, 'mkdir cdk.out.head; echo head > cdk.out.head/t'],
    [`${SYNTH} cdk.out.base`, 'mkdir cdk.out.base; echo base > cdk.out.base/t'],
    [`${DEPLOYED} `, 'cat cdk.out.head/t > "$7"'],
    [
      'npm run --silent prooflink -- review',
      'echo reviewed; ls cdk.out.base/t cdk.out.head/t config.diff >&2; case "$*" in *--deployed*) ls deployed/*.json >&2 ;; esac',
    ],
    ['gh api', 'echo 5'],
  ],
  payload: {
    action: 'synchronize',
    pull_request: {
      base: { ref: 'main' },
      head: { sha: 'c1', repo: { full_name: 'prooflink/infrastructure' } },
      user: { login: 'developer' },
      labels: [],
      ...pull,
    },
    ...changes,
  },
});

const review = (run: Run) => commands(run, 'review').find((command) => command.includes('-- review '));

const labelled = (says: string, accepted: boolean, changes: object): Case => ({
  says,
  file: FILE,
  event: pullRequest(changes, [], { labels: [{ name: LABEL }] }),
  expects: (run) => {
    expect(review(run)).toBe(`${REVIEW} --deployed deployed${accepted ? ' --allow-destructive' : ''}`);
  },
});

/** Where there may be no token for AWS, the review goes without what is deployed. */
const withoutLive = (says: string, event: Event): Case => ({
  says,
  file: FILE,
  event,
  expects: (run) => {
    expect(run.jobs).toEqual({ head: 'success', deployed: 'skipped', review: 'success' });
    expect(run.calls.filter(({ role }) => role !== '')).toEqual([]);
    expect(review(run)).toBe(REVIEW);
  },
});

export const DIFF: readonly Case[] = [
  {
    says: 'the base’s tool judges the head, base first, and what is deployed',
    file: FILE,
    event: pullRequest(),
    expects: (run) => {
      expect(run.jobs).toEqual({ head: 'success', deployed: 'success', review: 'success' });
      expect(run.calls.filter(({ job }) => job === 'head').map(({ tree }) => tree)).toEqual(['merge', 'merge']);
      expect(commands(run, 'head')).toEqual(['npm ci --ignore-scripts --no-progress', `${SYNTH} cdk.out.head`]);
      expect(commands(run, 'deployed')).toEqual(
        ['dev', 'prod'].flatMap((environment) => [
          'git checkout --detach HEAD^1',
          'npm ci --omit=dev --ignore-scripts --workspace=@infra/common --include-workspace-root --no-progress',
          `prooflink -- deployed cdk.out.head deployed-${environment}.json`,
        ]),
      );
      const live = run.calls.filter(({ command }) => command.includes('-- deployed '));
      expect(live).toMatchObject(Array(2).fill({ tree: 'base', role: 'diff' }));
      expect(commands(run, 'review')).toEqual([
        expect.stringMatching(/^gh api repos\/prooflink\/infrastructure\/pulls\?state=open&base=main/),
        'git checkout --detach HEAD^1',
        'npm ci --ignore-scripts --no-progress',
        `${SYNTH} cdk.out.base`,
        'git diff HEAD merged -- lib/config',
        `${REVIEW} --deployed deployed`,
      ]);
      const own = run.calls.filter(({ job, command }) => job === 'review' && !/^(?:gh|git checkout) /.test(command));
      expect(own.map(({ tree, role }) => [tree, role])).toEqual(own.map(() => ['base', '']));
      expect(run.artifacts).toEqual(['head-assembly', 'deployed-dev', 'deployed-prod', 'diff-comment']);
      expect(run.log).toContain('deployed/deployed-dev.json\ndeployed/deployed-prod.json\n');
      expect(run.summary).toContain('reviewed');
    },
  },
  {
    says: 'a red review is red, and still leaves its comment',
    file: FILE,
    event: pullRequest({}, [['npm run --silent prooflink -- review', 'echo at risk; exit 1']]),
    expects: (run) => {
      expect(run.jobs['review']).toBe('failure');
      expect(run.artifacts).toContain('diff-comment');
      expect(run.summary).toContain('at risk');
    },
  },
  {
    says: 'a diff with what is deployed that failed is missed by the review, not left out',
    file: FILE,
    event: pullRequest({}, [['npm run --silent prooflink -- deployed', 'exit 2']]),
    expects: (run) => {
      expect(run.jobs['deployed']).toBe('failure');
      expect(review(run)).toBe(`${REVIEW} --deployed deployed`);
    },
  },
  {
    says: 'where environments have accounts of their own, each is compared by a role of its own',
    file: FILE,
    event: { ...pullRequest(), vars: { DIFF_ROLE_ARN_DEV: 'a', DIFF_ROLE_ARN_PROD: 'b' } },
    expects: (run) => {
      expect(run.jobs).toEqual({ head: 'success', deployed: 'success', review: 'success' });
      const live = run.calls.filter(({ command }) => command.includes('-- deployed '));
      expect(live.map(({ role }) => role)).toEqual(['a', 'b']);
      expect(review(run)).toBe(`${REVIEW} --deployed deployed`);
    },
  },
  {
    says: 'one account that does not answer is missed by the review, and the other one is told',
    file: FILE,
    event: pullRequest({}, [[`${DEPLOYED} deployed-prod.json`, 'exit 2']]),
    expects: (run) => {
      expect(run.jobs['deployed']).toBe('failure');
      expect(run.artifacts).toContain('deployed-dev');
      expect(review(run)).toBe(`${REVIEW} --deployed deployed`);
    },
  },
  {
    says: 'a head that does not synthesize is red, and the review says so',
    file: FILE,
    event: pullRequest({}, [[`${SYNTH} cdk.out.head`, 'exit 1']]),
    expects: (run) => {
      expect(run.jobs).toMatchObject({ head: 'failure', deployed: 'skipped' });
      expect(review(run)).toBe(REVIEW);
    },
  },
  ...(
    [
      ['head', 'npm ci', 'exit 1'],
      ['head', `${SYNTH} cdk.out.head`, 'true'],
      ['deployed', 'git checkout', '[ "$JOB" != deployed ]'],
      ['deployed', 'npm ci', '[ "$JOB" != deployed ]'],
      ['review', 'git checkout', '[ "$JOB" != review ]'],
      ['review', 'npm ci', '[ "$JOB" != review ]'],
      ['review', `${SYNTH} cdk.out.base`, 'exit 1'],
      ['review', 'git diff', 'exit 1'],
      ['review', 'gh api', 'exit 1'],
    ] as const
  ).map(([job, call, shell]): Case => ({
    says: `${job} fails where ${call} does (${shell})`,
    file: FILE,
    event: pullRequest({}, [[call, shell]]),
    expects: ({ jobs }) => {
      expect(jobs[job]).toBe('failure');
    },
  })),
  labelled('the label counts in the run that it starts', true, { action: 'labeled', label: { name: LABEL } }),
  labelled('the label falls with the next push', false, { action: 'synchronize' }),
  labelled('another label brings it no further', false, { action: 'labeled', label: { name: 'documentation' } }),
  labelled('nor does an edited title', false, { action: 'edited' }),
  labelled('nor its own removal', false, { action: 'unlabeled', label: { name: LABEL } }),
  ...['opened', 'synchronize', 'reopened', 'labeled', 'unlabeled', 'edited'].map((action): Case => ({
    says: `every event makes a review of its own: ${action}`,
    file: FILE,
    event: pullRequest({ action }),
    expects: (run) => {
      expect(review(run)).toBe(`${REVIEW} --deployed deployed`);
    },
  })),
  {
    says: 'a check belongs to a commit: it is red where two pull requests have the same',
    file: FILE,
    event: pullRequest({}, [['gh api', 'echo 5; echo 6']]),
    expects: (run) => {
      expect(run.jobs['review']).toBe('failure');
      expect(run.log).toContain('have the same commit, c1: 5 6. Close all but one.');
    },
  },
  withoutLive('Dependabot gets no token for AWS', pullRequest({}, [], { user: { login: 'dependabot[bot]' } })),
  withoutLive(
    'nor does a fork',
    pullRequest({}, [], { head: { sha: 'c1', repo: { full_name: 'mallory/infrastructure' } } }),
  ),
  withoutLive('nor is there one where AWS is not connected', { ...pullRequest(), vars: {} }),
  nothing(
    'what goes elsewhere is reviewed on its way to main',
    FILE,
    pullRequest({}, [], { base: { ref: 'release' } }),
  ),
];
