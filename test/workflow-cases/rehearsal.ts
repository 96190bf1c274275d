import { type Case, commands, nothing } from './case';
import type { Event, Run } from './event';

const FILE = 'rehearsal.yml';
const SYNTH = 'npx cdk synth';
const CHECK = 'npm run --silent prooflink -- rehearsal-check 210987654321';
const CDK = '--app cdk.out --exclusively';
const DEPLOY = `npx cdk deploy ProoflinkDev ${CDK} --strict --require-approval never --progress events --no-color --no-notices`;
const RELEASE = 'npm run --silent prooflink -- release dev --assembly cdk.out --app rehearsal --batch rehearsal';
const DESTROY = `npx cdk destroy ProoflinkDev ${CDK} --force --no-color --no-notices`;
const VARIABLES = {
  REHEARSAL_ACCOUNT: '210987654321',
  REHEARSAL_ROLE_ARN: 'rehearsal',
  REHEARSAL_APP_IMAGE: 'registry.example.com/app:1',
  REHEARSAL_BATCH_IMAGE: 'registry.example.com/batch:1',
  REHEARSAL_USERS: 'email,name',
};

const byHand = (programs: Event['programs'] = [], changes: Partial<Event> = {}): Event => ({
  name: 'workflow_dispatch',
  vars: VARIABLES,
  programs: [
    ...programs,
    [SYNTH, 'mkdir cdk.out; echo x > cdk.out/manifest.json'],
    ['npm run --silent prooflink -- digest', 'echo 1234'],
  ],
  ...changes,
});

const done = (run: Run) => commands(run, 'rehearse').map((each) => each.replace('npx cdk ', '').replace(` ${CDK}`, ''));
/** What was deployed and destroyed, in its order. */
const lives = (run: Run) =>
  done(run).flatMap((each) => /^(deploy|destroy) ProoflinkDev|-- (release) dev/.exec(each)?.slice(1).join('') ?? []);

export const REHEARSAL: readonly Case[] = [
  {
    says: 'dev lives from nothing to nothing, twice, with the rehearsal’s role and in its GitHub environment',
    file: FILE,
    event: byHand(),
    expects: (run) => {
      expect(run.jobs).toEqual({ assembly: 'success', rehearse: 'success' });
      expect(run.approvals.map(({ environment }) => environment)).toEqual(['rehearsal']);
      expect(commands(run, 'assembly')).toEqual([
        'npm ci --ignore-scripts --no-progress',
        `${SYNTH} --app node -r ./bin/compile-cache.js -r ts-node/register bin/rehearsal.ts --strict --quiet --no-notices`,
        'prooflink -- digest cdk.out',
      ]);
      const own = run.calls.filter(({ job }) => job === 'rehearse').map(({ command }) => command);
      expect(own).toEqual([
        'npm ci --omit=dev --ignore-scripts --workspace=@infra/common --include-workspace-root --no-progress',
        'npm run --silent prooflink -- digest cdk.out 1234',
        `${CHECK} --empty`,
        DEPLOY,
        'tools/rehearsal/copy-images.sh ProoflinkDev rehearsal',
        RELEASE,
        'tools/rehearsal/import.sh ProoflinkDev',
        'npm run --silent prooflink -- drift ProoflinkDev --app cdk.out',
        DESTROY,
        `${CHECK} --empty`,
        DEPLOY,
        CHECK,
        DESTROY,
        `${CHECK} --empty`,
      ]);
      expect(run.calls.find(({ command }) => command === DEPLOY)?.role).toBe('rehearsal');
      expect(run.taken).toEqual(['rehearsal', 'rehearsal', 'rehearsal']);
    },
  },
  {
    says: 'an account that is not for it is refused before anything is deployed, and nothing is destroyed',
    file: FILE,
    event: byHand([[`${CHECK} --empty`, 'echo refused; exit 1']]),
    expects: (run) => {
      expect(run.jobs['rehearse']).toBe('failure');
      expect(lives(run)).toEqual([]);
      expect(run.taken).toEqual(['rehearsal']);
    },
  },
  {
    says: 'an account of which nobody can tell is refused, too',
    file: FILE,
    event: byHand([[`${CHECK} --empty`, 'exit 2']]),
    expects: (run) => {
      expect(lives(run)).toEqual([]);
    },
  },
  {
    says: 'another assembly than the one that was synthesized is not deployed',
    file: FILE,
    event: byHand([['npm run --silent prooflink -- digest cdk.out 1234', 'exit 1']]),
    expects: (run) => {
      expect(lives(run)).toEqual([]);
    },
  },
  ...(
    [
      ['the first deployment', DEPLOY, 'exit 1', ['deploy', 'destroy']],
      ['the copy of an image', 'tools/rehearsal/copy-images.sh', 'exit 1', ['deploy', 'destroy']],
      ['the release', RELEASE, 'exit 1', ['deploy', 'release', 'destroy']],
      ['the import', 'tools/rehearsal/import.sh', 'exit 1', ['deploy', 'release', 'destroy']],
      ['drift', 'npm run --silent prooflink -- drift', 'exit 1', ['deploy', 'release', 'destroy']],
      ['the destruction', DESTROY, 'exit 1', ['deploy', 'release', 'destroy', 'destroy']],
    ] as const
  ).map(([what, call, shell, lived]): Case => ({
    says: `where ${what} fails the run is red, and leaves nothing`,
    file: FILE,
    event: byHand([[call, shell]]),
    expects: (run) => {
      expect(run.jobs['rehearse']).toBe('failure');
      expect(lives(run)).toEqual(lived);
    },
  })),
  {
    says: 'what is destroyed has to be gone',
    file: FILE,
    event: byHand([[`${CHECK} --empty`, 'n=$(cat ../n 2>/dev/null || echo 0); echo $((n + 1)) > ../n; [ "$n" = 0 ]']]),
    expects: (run) => {
      expect(run.jobs['rehearse']).toBe('failure');
      expect(lives(run)).toEqual(['deploy', 'release', 'destroy', 'destroy']);
    },
  },
  {
    says: 'without images nothing is released or imported, which is told',
    file: FILE,
    event: byHand([], { vars: { ...VARIABLES, REHEARSAL_BATCH_IMAGE: '' } }),
    expects: (run) => {
      expect(run.log).toContain('::notice::Nothing is released.');
      expect(lives(run)).toEqual(['deploy', 'destroy', 'deploy', 'destroy']);
      expect(done(run).filter((each) => each.startsWith('tools/'))).toEqual([]);
    },
  },
  {
    says: 'without users nothing is imported',
    file: FILE,
    event: byHand([], { vars: { ...VARIABLES, REHEARSAL_USERS: '' } }),
    expects: (run) => {
      expect(done(run)).not.toContain('tools/rehearsal/import.sh ProoflinkDev');
      expect(run.jobs['rehearse']).toBe('success');
    },
  },
  ...['REHEARSAL_ACCOUNT', 'REHEARSAL_ROLE_ARN'].map((name) =>
    nothing(`nothing is rehearsed without ${name}`, FILE, byHand([], { vars: { ...VARIABLES, [name]: '' } })),
  ),
  nothing('nor from another branch', FILE, byHand([], { ref: 'refs/heads/feature' })),
  nothing('nor from a tag called main', FILE, byHand([], { ref: 'refs/tags/main' })),
  ...['push', 'schedule', 'pull_request'].map((name) => nothing(`nor by itself (${name})`, FILE, byHand([], { name }))),
];
