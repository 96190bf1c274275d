import { programs, sample } from '../../../../tools/local/programs';
import { runHealth } from '../../../../tools/operate/health/health';
import { firstContactObservations } from '../../../../tools/operate/rehearse/report/first-contact-observations';
import { command, prooflink } from '../../support/prooflink';
import { names, startDev } from '../../support/running-dev';
import { ask, doctor, saying, together, withoutImage, withService } from './breaking';
import { batch, rds } from './clients';
import { closed } from './closed';
import { deletedCases } from './deleted-cases';
import { elsewhere, gone } from './gone';
import { importWell, submit, until } from './jobs';
import { revisionCases } from './revision-cases';
import { runFix } from './run-fix';
import { DAY, NIGHT, scheduleCases } from './schedule-cases';
import { unknownCases } from './unknown-cases';

let dev: Awaited<ReturnType<typeof startDev>>;
const deployed = () => dev;
const database = { DBInstanceIdentifier: names.dbInstance };

beforeAll(async () => {
  dev = await startDev();
}, 240_000);

afterAll(async () => {
  await dev.stop();
});

it('before the first release nothing runs, and nothing is wrong, by day either', async () => {
  const reported = await doctor(DAY);
  expect(reported).toMatchObject({ exitCode: 0, cause: null });
  expect(saying(reported, 'look')).toContain('There was no release yet: push an image, release it, and ask again.');
  const { answers } = await ask('first-contact', DAY);
  expect(answers.filter(({ id }) => ['arrive', 'healthy', 'import'].includes(id)).map(({ result }) => result)).toEqual([
    'look',
    'look',
    'look',
  ]);
});

describe('once released', () => {
  beforeAll(async () => {
    // It makes the tables when it starts.
    await dev.release('v1', programs({}, 'v1').web);
    await importWell(dev.outputs['BucketName']);
  }, 120_000);

  it('it is well: versions, targets and deployments, in 80 columns without colours', async () => {
    const { exitCode, stdout } = await prooflink({ ...dev.aws.env, FORCE_COLOR: '1', CI: 'true' }, 'status', 'dev');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/v1 \(prooflink-dev-task:2\): 1 of 1 tasks run, +│/);
    expect(stdout).toMatch(/v1 \(prooflink-dev-user-import:2\): the last +│/);
    expect(stdout).toMatch(/ProoflinkDev is UPDATE_COMPLETE, /);
    expect(stdout).toMatch(/\ndev: a person must look: 1, well: \d+\.\ndev is well\.\n$/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001b');
  });

  it('what runs here passes, and what only AWS has is not asked', async () => {
    const reported = await ask('first-contact');
    const of = (wanted: string) => reported.answers.filter(({ result }) => result === wanted).map(({ id }) => id);
    expect([...of('wrong'), ...of('unknown')]).toEqual([]);
    expect(reported.answers.map(({ id }) => id)).not.toContain('shell');
    expect(of('look')).toEqual(['https', 'connections']);
    expect(of('well')).toEqual(expect.arrayContaining(['arrive', 'healthy', 'log-lines', 'import']));
  });

  it('a rehearsal takes its answers for observations of rows, and those on the sample for none on ProofLink itself', async () => {
    const { stdout } = await runHealth('dev', 'first-contact', { json: true });
    const observed = firstContactObservations(stdout, { hasOwnImages: true }).map(({ row }) => row);
    const observedOfSample = firstContactObservations(stdout, { hasOwnImages: false }).map(({ row }) => row);
    expect(observed.sort()).toEqual(['image-healthy', 'import-ends', 'log-lines', 'users-arrive']);
    expect(observedOfSample.sort()).toEqual(['log-lines', 'users-arrive']);
  });

  it('6.5: a job waits, since another one has all vCPUs', async () => {
    const resourceRequirements = [
      { type: 'VCPU' as const, value: '4' },
      { type: 'MEMORY' as const, value: '8192' },
    ];
    const long = ['-e', 'setTimeout(() => {}, 600000)'];
    await dev.push.batch('v1', { directory: '.', entrypoint: ['node'] });
    const first = await submit('', { command: long, resourceRequirements });
    await until(first, 'RUNNING');
    const second = await submit('', { command: ['-e', ''] });
    await until(second, 'RUNNABLE');
    const soon = await doctor();
    const later = await doctor({ now: new Date(Date.now() + 11 * 60_000) });
    await batch.terminateJob({ jobId: first, reason: 'enough' });
    await until(second, 'SUCCEEDED');
    const again = await withoutImage(names.repositories.batch, 'v1', () => dev.push.batch('v1'));
    await again();
    expect(soon.cause).toBeNull();
    expect(later.cause?.says).toMatch(
      /^1 import job RUNNABLE, since .*; 1 other at work, and all together may have 4 vCPUs/,
    );
    expect(later.cause?.fix).toBe('wait until others are done, or raise userImport.maxvCpus in lib/config/dev.ts');
  });

  it('6.5: an import that failed by itself is reported with its log’s place, until a later one succeeds', async () => {
    const jobId = await submit('imports/not-there.csv');
    await until(jobId, 'FAILED');
    const broken = await doctor();
    await importWell(dev.outputs['BucketName']);
    expect(broken.cause?.says).toMatch(
      /^The import users failed at .*: Essential container in task exited, exit code 1/,
    );
    expect(broken.cause?.fix).toBe(`what its log says: npm run prooflink -- import dev --job ${jobId}`);
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  });

  together(deployed, 'what is closed, denied, stopped or wrong', closed(deployed));
  together(deployed, 'what is gone, or another one', gone(deployed));
  together(deployed, 'what leads elsewhere', elsewhere);

  it.each([
    [
      'does not answer its health check with 200',
      'v2',
      sample.neverHealthy(),
      /^The deployment of v2 fails: .* v1 serves\. .*Health checks failed with these codes: \[503\]/s,
      /^the application: it must answer GET \/api\/health with 200. Its log: aws logs tail \/ecs\/prooflink-dev-app/,
    ],
    [
      'listens on another port',
      'v3',
      { ...sample.web('v3'), command: ['node', '-e', `require('http').createServer().listen(0, '127.0.0.1')`] },
      /^The deployment of v3 fails: .*Health checks failed/s,
      /^the application: it must listen on port 3000 of 0.0.0.0/,
    ],
  ])('6.2: the application %s', async (_, tag, web, says, fix) => {
    await dev.deployByHand(tag, web);
    const { answers } = await doctor();
    expect(answers.find(({ id }) => id === 'healthy')).toMatchObject({
      result: 'wrong',
      says: expect.stringMatching(says) as string,
      fix: expect.stringMatching(fix) as string,
    });
  });

  it('it sleeps at night, which is no fault, and is one by day, until the printed command has started it', async () => {
    await dev.release('v4');
    await withService({ desiredCount: 0 });
    await rds.stopDBInstance(database);
    const night = await doctor(NIGHT);
    const day = await doctor(DAY);
    expect(night).toMatchObject({ exitCode: 0, cause: null });
    expect(saying(night, 'asleep')).toContain('asleep until 2026-11-26 09:15 (Tokyo)');
    expect(day.cause).toMatchObject({
      says: 'dev is stopped within its hours until 2026-11-26 09:15 (Tokyo).',
      fix: 'npm run prooflink -- start dev',
    });
    await runFix(dev, day.cause?.fix ?? '');
    await importWell(dev.outputs['BucketName']);
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  });

  revisionCases(deployed);
  scheduleCases(deployed);
});

unknownCases();

it('of an environment that is absent nothing is known', async () => {
  expect(await command('status', 'prod')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'There is no stack ProoflinkProd in ap-northeast-1, in the account of your credentials ' +
      '(aws sts get-caller-identity).\n',
  });
});

deletedCases();
