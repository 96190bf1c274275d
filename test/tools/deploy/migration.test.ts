import { failedMigration, type MigrationSources, type Note, proofOfMigration } from '../../../tools/deploy/migration';
import { runReleaseCheck } from '../../../tools/deploy/release-check';

const LOG = '/aws/lambda/prooflink-dev-migration';
const DAY = 24 * 60 * 60 * 1000;
const BEGAN = Date.parse('2026-11-26T00:00:00Z');

const note = (migration: Note['migration'], more: Partial<Note> = {}): Note => ({
  migration,
  deployment: 'newest',
  image: 'registry/app:v2',
  time: BEGAN + 1000,
  ...more,
});

/** A release that began on 26 November, an hour after its migration's log was made; the log keeps three days. */
const aws = (notes: Note[], changes: Partial<MigrationSources> = {}): MigrationSources => ({
  rolledBack: () => Promise.resolve(false),
  serving: () => Promise.resolve({ arn: 'newest', began: BEGAN }),
  log: () => Promise.resolve({ made: BEGAN - 3_600_000, days: 3 }),
  notes: () => Promise.resolve(notes),
  ...changes,
});

beforeEach(() => jest.useFakeTimers({ now: BEGAN + 60_000 }));
afterEach(() => jest.useRealTimers());

const proof = (notes: Note[], changes?: Partial<MigrationSources>) => proofOfMigration(aws(notes, changes), LOG);

describe('the migration of what serves', () => {
  it('ran', async () => {
    expect(await proof([note('started'), note('succeeded', { exitCode: 0 })])).toEqual({
      proved: true,
      says: 'Its migration ran: exit code 0.',
    });
  });

  it('had nothing to run, and the function says why', async () => {
    expect(await proof([note('skipped', { says: 'The image is the one that runs, or older.' })])).toEqual({
      proved: true,
      says: 'No migration ran. The image is the one that runs, or older.',
    });
  });

  it.each<[string, Note[]]>([
    ['nothing', []],
    ['another release’s only', [note('succeeded', { deployment: 'before' })]],
    ['that it began only', [note('started')]],
    ['that it failed, and ECS went on all the same', [note('failed')]],
  ])('is not proved where the log has %s: the release may have skipped it silently', async (_, notes) => {
    const { proved, says } = await proof(notes);
    expect(proved).toBe(false);
    expect(says).toContain(`${LOG} says nothing of the deployment of 2026-11-26 09:00 (Tokyo)`);
    expect(says).toContain('docs/runbook.md, "A release without its migration"');
  });

  it.each<[string, Partial<MigrationSources>, string]>([
    [
      'the release is older than it',
      { log: () => Promise.resolve({ made: BEGAN + 1, days: 3 }) },
      'the next image runs',
    ],
    ['it is not deployed', { log: () => Promise.resolve(undefined) }, 'not deployed yet'],
    ['nothing serves yet', { serving: () => Promise.resolve(undefined) }, 'Nothing was released yet'],
  ])('need not be proved where %s', async (_, changes, words) => {
    expect(await proof([], changes)).toEqual({ proved: true, says: expect.stringContaining(words) as string });
  });

  it('cannot be proved any more once its log has expired', async () => {
    jest.setSystemTime(BEGAN + 4 * DAY);
    expect(await proof([])).toEqual({ proved: true, says: expect.stringContaining('3 days are kept') as string });
  });
});

describe('a release that its migration turned back', () => {
  const failed = note('failed', {
    exitCode: 1,
    says: 'Essential container in task exited',
    lines: ['P3018', '\u001b[2J'],
  });
  const rolledBack = { rolledBack: () => Promise.resolve(true) };

  it('is told with exit code and last lines, whose characters drive no terminal', async () => {
    expect(await failedMigration(aws([failed, note('skipped')], rolledBack))).toBe(
      [
        'The migration of registry/app:v2 failed on 2026-11-26 09:00 (Tokyo), and its release was turned back: ' +
          'exit code 1. Essential container in task exited',
        'What it said last:',
        '  P3018',
        '  \\u{1b}[2J',
        'The version before goes on. What to do: docs/runbook.md, "A migration that failed".',
      ].join('\n'),
    );
  });

  it('shows no secret that it printed', async () => {
    const lines = ['could not connect to postgresql://postgres:hunter22@db:5432/prooflink'];
    expect(await failedMigration(aws([note('failed', { lines })], rolledBack))).not.toContain('hunter22');
  });

  it.each<[string, Note[], Partial<MigrationSources>]>([
    ['another one went well since', [failed, note('succeeded')], rolledBack],
    ['the deploy failed for another reason', [note('succeeded')], rolledBack],
    ['a deploy went well since', [failed], {}],
  ])('is not told any more where %s', async (_, notes, changes) => {
    expect(await failedMigration(aws(notes, changes))).toBeUndefined();
  });
});

describe('release-check', () => {
  const stable = {
    desiredCount: 1,
    runningCount: 1,
    deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' as const }],
  };
  const check = (migrations: MigrationSources | undefined) =>
    runReleaseCheck('dev', 1, {
      tag: () => Promise.resolve('v2'),
      service: () => Promise.resolve(stable),
      targets: () => Promise.resolve([{ TargetHealth: { State: 'healthy' } }]),
      wait: () => Promise.resolve(),
      migrations,
    });

  it.each<[string, MigrationSources | undefined, number, string]>([
    ['has a migration that ran', aws([note('succeeded')]), 0, '1 healthy. Its migration ran: exit code 0.'],
    ['has none', undefined, 0, '1 healthy.\n'],
    ['runs without its migration', aws([]), 1, '1 healthy. But there is no proof that its migration ran'],
    [
      'is the version before, since the migration failed',
      aws([note('failed')], { rolledBack: () => Promise.resolve(true) }),
      1,
      'The migration of registry/app:v2 failed',
    ],
  ])('%s', async (_, migrations, exitCode, words) => {
    expect(await check(migrations)).toMatchObject({ exitCode, stdout: expect.stringContaining(words) as string });
  });
});
