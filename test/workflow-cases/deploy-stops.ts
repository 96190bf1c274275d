import { type Case, nothing } from './case';
import { byHand, FILE, NEWEST, passed, released, SYNTH } from './deploy';

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
  ['main moved on meanwhile', `${NEWEST} new`, 'exit 1', 'dev.deploy', []],
  ['main moved on before prod’s approval', `${NEWEST} new`, '[ "$JOB" != prod.deploy ]', 'prod.deploy', ['dev']],
  ['what was released does not serve', 'npm run --silent prooflink -- release', 'exit 1', 'dev.deploy', ['dev']],
];

export const DEPLOY_STOPS: readonly Case[] = [
  ...broken.map(([says, call, shell, job, done]): Case => ({
    says: `where ${says}, the run fails there and goes no further`,
    file: FILE,
    event: passed({}, [[call, shell]]),
    expects: (run) => {
      expect(run.jobs[job]).toBe('failure');
      expect(released(run)).toEqual(done);
      const calls = run.calls.filter((one) => one.job === job).map(({ command }) => command);
      const after = calls.slice(calls.findIndex((command) => command.startsWith(call)) + 1);
      if (shell !== 'true') expect(after).toEqual([]);
    },
  })),
  {
    says: 'where environments have accounts of their own, each diff is made with a role of its own',
    file: FILE,
    event: { ...passed(), vars: { DRIFT_ROLE_ARN_DEV: 'a', DRIFT_ROLE_ARN_PROD: 'b', DEPLOY_ROLE_ARN: 'deploy' } },
    expects: (run) => {
      const diffs = run.calls.filter(({ command }) => command.startsWith('npx cdk diff'));
      expect(diffs.map(({ role }) => role)).toEqual(['a', 'b']);
      expect(released(run)).toEqual(['dev', 'prod']);
    },
  },
  {
    says: 'a run of CI that a person started is as good as a push',
    file: FILE,
    event: passed({ event: 'workflow_dispatch' }),
    expects: (run) => {
      expect(released(run)).toEqual(['dev', 'prod']);
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
