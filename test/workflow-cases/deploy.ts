import type { Event, Run } from './event';
import { type Case, commands } from './case';

/** The workflow of these cases. */
export const FILE = 'deploy.yml';
const INSTALL = 'npm ci --omit=dev --ignore-scripts --workspace=@infra/common --include-workspace-root --no-progress';
const DIGEST = 'd=$(find cdk.out -type f | sort | xargs cat | cksum | cut -d" " -f1)';
/** The call that asks for main's newest commit. */
export const NEWEST = 'npm run --silent prooflink -- newest';
/** The call that synthesizes what is deployed. */
export const SYNTH = 'npx cdk synth --strict --quiet --no-notices';

type Programs = NonNullable<Event['programs']>;

const PROGRAMS: Programs = [
  [`${NEWEST} new`, 'true'],
  [`${NEWEST} `, 'exit 1'],
  [NEWEST, 'echo new https://ci'],
  [SYNTH, 'mkdir cdk.out; echo template > cdk.out/t; echo hidden > cdk.out/.h'],
  ['npm run --silent prooflink -- digest', `${DIGEST}; if [ -n "$7" ]; then [ "$7" = "$d" ]; else echo "$d"; fi`],
  ['npm run --silent prooflink -- release', 'echo "release of $6"'],
  ['npx cdk diff', 'echo one resource'],
  ['gh api repos/prooflink/infrastructure/environments/prod', 'echo branch_policy; echo required_reviewers'],
];

/** CI ended on main, well unless the changes say otherwise. */
export const passed = (changes: object = {}, more: Programs = []): Event => ({
  name: 'workflow_run',
  vars: { DRIFT_ROLE_ARN: 'drift', DEPLOY_ROLE_ARN: 'deploy' },
  programs: [...more, ...PROGRAMS],
  payload: {
    action: 'completed',
    workflow_run: {
      name: 'CI',
      conclusion: 'success',
      event: 'push',
      head_branch: 'main',
      head_sha: 'old',
      id: 41,
      head_repository: { full_name: 'prooflink/infrastructure' },
      ...changes,
    },
  },
});
/** A person started a deployment. */
export const byHand = (inputs: Record<string, string>, more: Programs = [], ref = 'refs/heads/main'): Event => ({
  ...passed({}, more),
  name: 'workflow_dispatch',
  payload: {},
  inputs: { 'app-image-tag': '', 'batch-image-tag': '', ...inputs },
  ref,
});

/** The environments that were released. */
export const released = ({ calls }: Run) =>
  calls.filter(({ command }) => command.includes('-- release ')).map(({ command }) => command.split(' ')[6]);
const release = (environment: string, app = '', batch = '', more = '') =>
  `prooflink -- release ${environment} --assembly cdk.out --app ${app} --batch ${batch}${more}`;
const digestOf = ({ summary }: Run) => /digest: (\d+)/.exec(summary)?.[1] ?? '';

const both: Case = {
  says: 'main’s newest commit reaches dev, then prod, as it was synthesized and shown',
  file: FILE,
  event: passed(),
  expects: (run) => {
    const digest = digestOf(run);
    expect(digest).not.toBe('');
    expect(new Set(Object.values(run.jobs))).toEqual(new Set(['success']));
    expect(commands(run, 'newest')).toEqual([
      INSTALL,
      'prooflink -- newest',
      'gh api repos/prooflink/infrastructure/environments/prod --jq .protection_rules[].type',
    ]);
    expect(commands(run, 'assembly')).toEqual([
      'npm ci --ignore-scripts --no-progress',
      SYNTH,
      'prooflink -- digest cdk.out',
    ]);
    for (const [job, environment, stack] of [
      ['dev', 'dev', 'ProoflinkDev'],
      ['prod', 'prod', 'ProoflinkProd'],
    ] as const) {
      expect(commands(run, `${job}.diff`)).toEqual([
        INSTALL,
        `prooflink -- digest cdk.out ${digest}`,
        `npx cdk diff ${stack} --app cdk.out --exclusively --method template --no-color --no-notices`,
      ]);
      expect(commands(run, `${job}.deploy`)).toEqual([
        INSTALL,
        'prooflink -- newest new',
        `prooflink -- digest cdk.out ${digest}`,
        release(environment),
      ]);
    }
    expect(released(run)).toEqual(['dev', 'prod']);
    const trees = run.calls.filter(({ job }) => job !== 'newest').map(({ tree }) => tree);
    expect(new Set(trees)).toEqual(new Set(['new']));
    expect(
      run.calls.filter(({ role }) => role !== '').map(({ command, role }) => [command.split(' ')[2], role]),
    ).toEqual(
      ['dev', 'prod'].flatMap(() => [
        ['diff', 'drift'],
        ['--silent', 'deploy'],
      ]),
    );
    expect(run.log).not.toContain('::notice::');
    expect(run.artifacts).toEqual(['cloud-assembly']);
    expect(run.approvals.map(({ environment }) => environment)).toEqual(['dev', 'prod']);
    expect(run.approvals[1]?.shown).toContain(
      '## What a deployment of ProoflinkProd would change\n\n``````\none resource\n',
    );
    expect(run.summary).toContain('release of prod');
    expect(run.approvals[1]?.shown).toContain('To be deployed: new');
  },
};

export const DEPLOY: readonly Case[] = [
  both,
  ...(['echo branch_policy', 'true', 'exit 1'] as const).map((gh): Case => ({
    says: `prod is left out where its environment asks no reviewer (${gh})`,
    file: FILE,
    event: passed({}, [['gh api', gh]]),
    expects: (run) => {
      expect(released(run)).toEqual(['dev']);
      expect(run.jobs).toMatchObject({ newest: 'success', dev: 'success', prod: 'skipped' });
      expect(run.log).toContain('::notice::prod is left out');
    },
  })),
  {
    says: 'by hand prod alone, with the tags that were given, after its diff was shown',
    file: FILE,
    event: byHand({ environment: 'prod', 'app-image-tag': 'v 1', 'batch-image-tag': '$(id)', migration: 'as pushed' }),
    expects: (run) => {
      expect(commands(run, 'prod.deploy')).toContain(release('prod', 'v 1', '$(id)'));
      expect(released(run)).toEqual(['prod']);
      expect(run.approvals).toEqual([
        {
          environment: 'prod',
          shown: expect.stringContaining(
            'ProoflinkProd would change\n\n``````\nAppImageTag: v 1\nBatchImageTag: $(id)\none resource\n\n``````',
          ) as string,
        },
      ]);
    },
  },
  {
    says: 'by hand dev alone; whether an older image migrates is passed on',
    file: FILE,
    event: byHand({ environment: 'dev', 'app-image-tag': 'v2', migration: 'no-migration' }),
    expects: (run) => {
      expect(commands(run, 'dev.deploy')).toContain(release('dev', 'v2', '', ' --no-migration'));
      expect(released(run)).toEqual(['dev']);
    },
  },
  {
    says: 'a release that is refused, or does not serve, is red, and the run’s summary says why',
    file: FILE,
    event: byHand({ environment: 'dev', 'app-image-tag': 'v9' }, [
      ['npm run --silent prooflink -- release', 'echo no such tag; exit 2'],
    ]),
    expects: (run) => {
      expect(run.jobs['dev.deploy']).toBe('failure');
      expect(run.summary).toContain('no such tag');
    },
  },
  ...([{}, { DRIFT_ROLE_ARN: 'drift' }, { DEPLOY_ROLE_ARN: 'deploy' }] as Record<string, string>[]).map(
    (vars): Case => ({
      says: `connected by ${Object.keys(vars).join() || 'nothing'} alone, nothing is deployed, and it is said`,
      file: FILE,
      event: { ...passed(), vars },
      expects: (run) => {
        expect(released(run)).toEqual([]);
        expect(Object.values(run.jobs)).not.toContain('failure');
        expect(run.log).toMatch(/::notice::.*DEPLOY_ROLE_ARN|::notice::.*DRIFT_ROLE_ARN/);
        const diffs = run.calls.filter(({ command }) => command.startsWith('npx cdk diff'));
        expect(diffs).toHaveLength('DRIFT_ROLE_ARN' in vars ? 2 : 0);
        expect(run.calls.filter(({ job, role }) => role !== '' && !job.endsWith('.diff'))).toEqual([]);
      },
    }),
  ),
];
