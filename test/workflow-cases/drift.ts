import type { Event, Run } from './event';
import { type Case, commands, nothing } from './case';

const FILE = 'drift.yml';

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

export const DRIFT: readonly Case[] = [
  ...['schedule', 'workflow_dispatch'].map((name): Case => ({
    says: `both environments are looked at, with the lookup role, and told of (${name})`,
    file: FILE,
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
      expect(commands(run, 'look')[0]).toBe(
        'npm ci --omit=dev --ignore-scripts --workspace=@infra/common --include-workspace-root --no-progress',
      );
      expect(run.summary).toContain('report of ProoflinkProd');
      for (const environment of ['dev', 'prod']) told(run, environment, '0');
    },
  })),
  ...[1, 2].map((code): Case => ({
    says: `drift, or an answer that nobody could give, is red and told (${code})`,
    file: FILE,
    event: night([['npm run --silent prooflink -- drift ProoflinkProd', `echo report; exit ${code}`]]),
    expects: (run) => {
      expect(run.jobs).toMatchObject({ look: 'failure', issue: 'success' });
      told(run, 'dev', '0');
      told(run, 'prod', String(code));
    },
  })),
  ...(
    [
      ['npx cdk synth', 'exit 1'],
      ['npx cdk synth', 'true'],
      ['npm ci', 'exit 1'],
    ] as const
  ).map(([call, shell]): Case => ({
    says: `a check that broke is told, too: ${call} (${shell})`,
    file: FILE,
    event: night([[call, shell]]),
    expects: (run) => {
      expect(run.jobs).toMatchObject({ assembly: 'failure', issue: 'success' });
      told(run, 'dev', 'nothing known');
    },
  })),
  {
    says: 'an issue that could not be written is red',
    file: FILE,
    event: night([['tools/drift/issue.sh', 'exit 1']]),
    expects: ({ jobs }) => {
      expect(jobs['issue']).toBe('failure');
    },
  },
  {
    says: 'where environments have accounts of their own, each is looked at with a role of its own',
    file: FILE,
    event: night([], { vars: { DRIFT_ROLE_ARN_DEV: 'a', DRIFT_ROLE_ARN_PROD: 'b' } }),
    expects: (run) => {
      expect(run.jobs).toEqual({ assembly: 'success', look: 'success', issue: 'success' });
      expect(run.taken).toEqual(expect.arrayContaining(['a', 'b']));
    },
  },
  nothing('nothing is looked at where AWS is not connected', FILE, night([], { vars: {} })),
  nothing('nor from another branch', FILE, night([], { name: 'workflow_dispatch', ref: 'refs/heads/feature' })),
  nothing('nor from a tag called main', FILE, night([], { name: 'workflow_dispatch', ref: 'refs/tags/main' })),
];
