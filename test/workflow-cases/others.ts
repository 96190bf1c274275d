import type { Event, Run } from './event';
import { type Case, commands, nothing } from './case';

const TOKENLESS = { pull_request: { base: { ref: 'main' } } };
const COMMENT = 'diff-comment.yml';
const DRIFT = 'drift.yml';

const ci = (name: string, programs: Event['programs'] = [], ref = 'refs/heads/main'): Event => ({
  name,
  ref,
  programs,
  payload: name === 'pull_request' ? { action: 'opened', ...TOKENLESS } : {},
});
const ciFails = (job: string, call: string, shell = 'exit 1'): Case => ({
  says: `${job} is red where this fails: ${call}`,
  file: 'ci.yml',
  event: ci('push', [[call, shell]]),
  expects: ({ jobs }) => {
    expect(jobs[job]).toBe('failure');
  },
});

export const CI: readonly Case[] = [
  ...['pull_request', 'push', 'workflow_dispatch'].map((name): Case => ({
    says: `everything runs on a ${name}, and nothing that could be deployed is kept`,
    file: 'ci.yml',
    event: ci(name, [['.ci/run', 'mkdir cdk.out; echo x > cdk.out/manifest.json']]),
    expects: (run) => {
      expect(run.jobs).toEqual({ ci: 'success', 'oldest-node': 'success' });
      expect(commands(run, 'ci')).toEqual(['pip install --no-deps --requirement .ci/requirements.txt', '.ci/run ']);
      expect(commands(run, 'oldest-node')).toEqual([
        'npm ci --no-progress',
        'test -- --ci',
        'npx cdk synth --strict --quiet --no-notices',
      ]);
      expect(run.artifacts).toEqual(['templates']);
    },
  })),
  nothing('a tag starts no CI', 'ci.yml', ci('push', [], 'refs/tags/main')),
  nothing('nor does another branch', 'ci.yml', ci('push', [], 'refs/heads/feature')),
  ciFails('ci', '.ci/run'),
  ciFails('ci', 'pip'),
  ciFails('oldest-node', 'npm ci'),
  ciFails('oldest-node', 'npm run --silent test'),
  ciFails('oldest-node', 'npx cdk synth'),
];

const diffEnded = (changes: object = {}, programs: Event['programs'] = []): Event => ({
  name: 'workflow_run',
  programs,
  payload: {
    action: 'completed',
    workflow_run: {
      name: 'Diff',
      id: 7,
      event: 'pull_request',
      conclusion: 'success',
      display_title: 'Diff',
      head_branch: 'feature',
      head_sha: 'c1',
      head_repository: { full_name: 'prooflink/infrastructure' },
      ...changes,
    },
  },
});
const keepsLabel = (says: string, changes: object): Case => ({
  says,
  file: COMMENT,
  event: diffEnded(changes, [['gh pr list', 'echo 5']]),
  expects: (run) => {
    expect(run.jobs).toEqual({ comment: 'success', label: 'skipped' });
  },
});

export const DIFF_COMMENT: readonly Case[] = [
  {
    says: 'main’s code writes the comment of the run, and takes the label off that did not count',
    file: COMMENT,
    event: diffEnded({}, [['gh pr list', 'echo 5; echo 6']]),
    expects: (run) => {
      expect(run.jobs).toEqual({ comment: 'success', label: 'success' });
      expect(commands(run, 'comment')).toEqual([
        'npm ci --omit=dev --ignore-scripts --no-progress',
        'prooflink -- comment 7 diff-comment/comment.md',
      ]);
      expect(run.calls.map(({ tree }) => tree).filter(Boolean)).toEqual(['main', 'main']);
      expect(commands(run, 'label')).toEqual([
        'gh pr list --state open --label allow-destructive --limit 100 --json number,headRefOid ' +
          '--jq .[] | select(.headRefOid == "c1") | .number',
        'gh pr edit 5 --remove-label allow-destructive',
        'gh pr edit 6 --remove-label allow-destructive',
      ]);
    },
  },
  {
    says: 'a comment that could not be written is red',
    file: COMMENT,
    event: diffEnded({}, [['npm run --silent prooflink -- comment', 'exit 2']]),
    expects: ({ jobs }) => {
      expect(jobs['comment']).toBe('failure');
    },
  },
  {
    says: 'so is a label that could not be taken off',
    file: COMMENT,
    event: diffEnded({}, [
      ['gh pr list', 'echo 5'],
      ['gh pr edit', 'exit 1'],
    ]),
    expects: ({ jobs }) => {
      expect(jobs['label']).toBe('failure');
    },
  },
  keepsLabel('the label stays where it counted', { display_title: 'Diff with allow-destructive' }),
  keepsLabel('the label stays where a newer run decides', { conclusion: 'cancelled' }),
  nothing('a run for no pull request has no comment', COMMENT, diffEnded({ event: 'workflow_dispatch' })),
];

const night = (programs: Event['programs'] = [], changes: Partial<Event> = {}): Event => ({
  name: 'schedule',
  vars: { DRIFT_ROLE_ARN: 'drift' },
  programs: [
    ...programs,
    ['npx cdk synth', 'mkdir cdk.out; echo x > cdk.out/manifest.json'],
    ['npm run --silent prooflink -- drift', 'echo "report of $6"'],
    ['tools/drift/issue.sh', 'echo "issue on $1: $(cat "$2/outcome" || echo nothing known)"'],
  ],
  ...changes,
});
const told = (run: Run, environment: string, outcome: string) => {
  expect(run.log).toContain(`issue on ${environment}: ${outcome}`);
};

export const DRIFT_CASES: readonly Case[] = [
  ...['schedule', 'workflow_dispatch'].map((name): Case => ({
    says: `both environments are looked at, with the lookup role, and told of (${name})`,
    file: DRIFT,
    event: night([], { name }),
    expects: (run) => {
      expect(run.jobs).toEqual({ assembly: 'success', look: 'success', issue: 'success' });
      expect(commands(run, 'assembly')).toEqual([
        'npm ci --ignore-scripts --no-progress',
        'npx cdk synth --quiet --no-notices',
      ]);
      const looks = run.calls.filter(({ command }) => command.includes('-- drift '));
      expect(looks.map(({ command }) => command)).toEqual(
        ['ProoflinkDev', 'ProoflinkProd'].map((stack) => `npm run --silent prooflink -- drift ${stack} --app cdk.out`),
      );
      expect(looks[0]?.role).toContain(':role/cdk-hnb659fds-lookup-role-123456789012-');
      expect(commands(run, 'look')[0]).toBe('npm ci --omit=dev --ignore-scripts --no-progress');
      expect(run.summary).toContain('report of ProoflinkProd');
      for (const environment of ['dev', 'prod']) told(run, environment, '0');
    },
  })),
  ...[1, 2].map((code): Case => ({
    says: `drift, or an answer that nobody could give, is red and told (${code})`,
    file: DRIFT,
    event: night([['npm run --silent prooflink -- drift ProoflinkProd', `echo report; exit ${code}`]]),
    expects: (run) => {
      expect(run.jobs).toMatchObject({ look: 'failure', issue: 'success' });
      told(run, 'dev', '0');
      told(run, 'prod', String(code));
    },
  })),
  ...(['npx cdk synth', 'npm ci'] as const).map((call): Case => ({
    says: `a check that broke is told, too: ${call}`,
    file: DRIFT,
    event: night([[call, 'exit 1']]),
    expects: (run) => {
      expect(run.jobs).toMatchObject({ assembly: 'failure', issue: 'success' });
      told(run, 'dev', 'nothing known');
    },
  })),
  {
    says: 'an issue that could not be written is red',
    file: DRIFT,
    event: night([['tools/drift/issue.sh', 'exit 1']]),
    expects: ({ jobs }) => {
      expect(jobs['issue']).toBe('failure');
    },
  },
  nothing('nothing is looked at where AWS is not connected', DRIFT, night([], { vars: {} })),
  nothing('nor from another branch', DRIFT, night([], { name: 'workflow_dispatch', ref: 'refs/heads/feature' })),
  nothing('nor from a tag called main', DRIFT, night([], { name: 'workflow_dispatch', ref: 'refs/tags/main' })),
];
