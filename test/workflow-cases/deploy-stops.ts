import { type Case, nothing } from './case';
import { byHand, deployed, FILE, NEWEST, passed, SYNTH } from './deploy';

/** A command that fails, in a job or wherever it runs, and what was deployed in spite of it. */
const broken: readonly (readonly [
  says: string,
  call: string,
  shell: string,
  result: string,
  done: readonly string[],
])[] = [
  ['no commit passed CI', NEWEST, 'exit 1', 'newest', []],
  ['the packages cannot be installed', 'npm ci', 'exit 1', 'newest', []],
  ['the synth fails, or warns', SYNTH, 'mkdir cdk.out; echo x > cdk.out/x; exit 1', 'assembly', []],
  ['nothing was synthesized', SYNTH, 'true', 'assembly', []],
  ['there is no digest', 'npm run --silent prooflink -- digest', 'exit 1', 'assembly', []],
  ['the assembly is another', 'npm run --silent prooflink -- digest cdk.out ', 'exit 1', 'dev.diff', []],
  [
    'the assembly became another',
    'npm run --silent prooflink -- digest cdk.out ',
    '[ "$JOB" != dev.deploy ]',
    'dev.deploy',
    [],
  ],
  ['there is no diff', 'npx cdk diff', 'exit 1', 'dev.diff', []],
  ['the diff cannot be shown', 'npm run --silent prooflink -- deploy-report', 'exit 1', 'dev.diff', []],
  ['a task would miss a setting', 'npm run --silent prooflink -- settings', 'exit 1', 'dev.diff', []],
  ['main moved on meanwhile', `${NEWEST} new`, 'exit 1', 'dev.deploy', []],
  [
    'main moved on before prod’s approval',
    `${NEWEST} new`,
    '[ "$JOB" != prod.deploy ]',
    'prod.deploy',
    ['ProoflinkDev'],
  ],
  ['a placeholder is left', 'npm run --silent prooflink -- placeholder-check', 'exit 1', 'dev.deploy', []],
  ['AWS refuses', 'npx cdk deploy', 'exit 1', 'dev.deploy', ['ProoflinkDev']],
  [
    'what was released does not run',
    'npm run --silent prooflink -- release-check',
    'echo unhealthy; exit 1',
    'dev.deploy',
    ['ProoflinkDev'],
  ],
];

export const DEPLOY_STOPS: readonly Case[] = [
  ...broken.map(([says, call, shell, job, done]): Case => ({
    says: `where ${says}, the run fails there and goes no further`,
    file: FILE,
    event: passed({}, [[call, shell]]),
    expects: (run) => {
      expect(run.jobs[job]).toBe('failure');
      expect(deployed(run)).toEqual(done);
      const calls = run.calls.filter((one) => one.job === job).map(({ command }) => command);
      const after = calls.slice(calls.findIndex((command) => command.startsWith(call)) + 1);
      const told = after.filter((command) => !/-- (deploy-report|release-check) /.test(command));
      if (shell !== 'true') expect(told).toEqual([]);
    },
  })),
  {
    says: 'a release that does not run is told as that',
    file: FILE,
    event: passed({}, [['npm run --silent prooflink -- release-check', 'exit 1']]),
    expects: ({ summary }) => {
      expect(summary).toContain('report of ProoflinkDev: unstable');
    },
  },
  {
    says: 'a refused deployment is told as a failure, with what goes on running',
    file: FILE,
    event: passed({}, [['npx cdk deploy', 'exit 1']]),
    expects: ({ summary, calls }) => {
      expect(summary).toContain('report of ProoflinkDev: failure');
      const checks = calls.filter(({ command }) => command.includes('-- release-check '));
      expect(checks.map(({ job, role }) => [job, role.split('/')[1]?.split('-')[2]])).toEqual([
        ['dev.deploy', 'lookup'],
      ]);
    },
  },
  {
    says: 'where environments have accounts of their own, each diff is made with a role of its own',
    file: FILE,
    event: { ...passed(), vars: { DRIFT_ROLE_ARN_DEV: 'a', DRIFT_ROLE_ARN_PROD: 'b', DEPLOY_ROLE_ARN: 'deploy' } },
    expects: (run) => {
      const diffs = run.calls.filter(({ command }) => command.startsWith('npx cdk diff'));
      expect(diffs.map(({ role }) => role)).toEqual(['a', 'b']);
      expect(deployed(run)).toEqual(['ProoflinkDev', 'ProoflinkProd']);
    },
  },
  {
    says: 'a run of CI that a person started is as good as a push',
    file: FILE,
    event: passed({ event: 'workflow_dispatch' }),
    expects: (run) => {
      expect(deployed(run)).toEqual(['ProoflinkDev', 'ProoflinkProd']);
    },
  },
  ...(
    [
      ['a failed CI', { conclusion: 'failure' }],
      ['a cancelled CI', { conclusion: 'cancelled' }],
      ['a pull request’s CI, from a branch main', { event: 'pull_request' }],
      ['a fork’s CI', { head_repository: { full_name: 'mallory/infrastructure' } }],
      ['another branch’s CI', { head_branch: 'feature' }],
      ['another workflow', { name: 'Diff' }],
    ] as const
  ).map(([says, changes]) => nothing(`${says} deploys nothing`, FILE, passed(changes))),
  ...['refs/heads/feature', 'refs/tags/main', 'refs/tags/v1'].map((ref) =>
    nothing(`by hand from ${ref} deploys nothing`, FILE, byHand({ environment: 'prod' }, [], ref)),
  ),
];
