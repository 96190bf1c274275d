import { programs } from '../../../tools/deploy-local/programs';
import { command, prooflink } from '../support/prooflink';
import { names, startDev } from '../support/running-dev';
import { rds } from './clients';
import {
  ask,
  type Case,
  doctor,
  examineCase,
  runFix,
  saying,
  withoutImage,
  withoutLogGroup,
  withoutPolicies,
  withoutRules,
  withService,
} from './breaking';
import { deletedCases } from './deleted-cases';
import { importCases, importTests } from './import-cases';
import { importWell, withEnvironment, withoutQueue } from './jobs';
import { stateCases } from './state-cases';
import { unknownCases } from './unknown-cases';
import { webCases, withoutRoute } from './web-cases';

let dev: Awaited<ReturnType<typeof startDev>>;
const database = { DBInstanceIdentifier: names.dbInstance };
const NIGHT = { now: new Date('2026-11-25T15:00:00Z') };
const DAY = { now: new Date('2026-11-25T03:00:00Z') };

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
    await dev.release('makes-tables', programs({}, 'makes-tables').web);
    await dev.release('v1');
    await importWell(dev.outputs['BucketName']);
  }, 120_000);

  it('it is well: versions, targets and deployments, in 80 columns without colours', async () => {
    const { exitCode, stdout } = await prooflink({ ...dev.aws.env, FORCE_COLOR: '1', CI: 'true' }, 'status', 'dev');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/v1 \(prooflink-dev-task:3\): 1 of 1 tasks run, +│/);
    expect(stdout).toMatch(/v1 \(prooflink-dev-user-import:3\): the last +│/);
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

  const deployed = () => dev;
  importTests(deployed);
  const cases: readonly Case[] = [...importCases(deployed), ...stateCases(deployed), ...webCases(deployed)];
  it.each(cases.map((each) => [each[0], each] as const))('%s', (_, each) => examineCase(deployed, each), 240_000);

  it('it sleeps at night, which is no fault, and is one by day', async () => {
    const restore = await withService(() => ({ desiredCount: 0 }));
    await rds.stopDBInstance(database);
    const night = await doctor(NIGHT);
    const day = await doctor(DAY);
    await rds.startDBInstance(database);
    await restore();
    expect(night).toMatchObject({ exitCode: 0, cause: null });
    expect(saying(night, 'asleep')).toContain('asleep until 2026-11-26 09:15 (Tokyo)');
    expect(day.cause).toMatchObject({
      says: 'prooflink-dev-service wants 0 web tasks.',
      fix: 'npm run prooflink -- start dev',
    });
  });

  it('what is outermost is named first, the rest behind it, and one fix takes all back that was changed by hand', async () => {
    await withoutRules(names.securityGroups.rds);
    await rds.stopDBInstance(database);
    await withoutImage(names.repositories.app, 'well-again');
    const inner = saying(await doctor(), 'wrong');
    await withoutRules(names.securityGroups.alb);
    await withoutLogGroup(names.logGroups.batch);
    await withoutPolicies(names.roles.ecsExecution);
    await withoutRoute();
    await withEnvironment({ state: 'DISABLED', computeResources: { maxvCpus: 1 } });
    await withoutQueue();
    await rds.modifyDBInstance({ ...database, MultiAZ: true, ApplyImmediately: true });
    const outer = await doctor();
    await runFix(() => dev, outer.cause?.fix ?? '');
    await rds.startDBInstance(database);
    await dev.release('v4');
    expect(saying(await doctor(), 'wrong')).toEqual([]);
    expect(inner.slice(0, 3)).toEqual([
      expect.stringContaining('has no image well-again'),
      expect.stringContaining('prooflink-dev-rds-sg'),
      expect.stringContaining('The database is stopped'),
    ]);
    expect(outer.cause?.says).toMatch(/^prooflink-dev-alb-sg \(.*\) does not admit port 80 from 0.0.0.0\/0, port 443/);
    expect(saying(outer, 'wrong')).toEqual(expect.arrayContaining(inner.slice(0, 3)));
  }, 240_000);

  it('restored, it is well', async () => {
    await importWell(dev.outputs['BucketName']);
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  });
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
