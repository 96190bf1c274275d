import type { ImageProgram } from '@infra/local-aws';
import type { ReportedAnswer } from '../../src/health/answer';
import { programs, sample } from '@infra/local/programs';
import { command, prooflink } from '@infra/testing/prooflink';
import { names, startDev } from '@infra/local/test/support/running-dev';
import { changeService, describeFaults, doctor, revokeInboundRules, securityGroupNamed, textsOf } from './breaking';
import { ec2, rds } from '../health/clients';
import { closed } from './closed';
import { deletedCases } from './deleted-cases';
import { elsewhere, gone } from './gone';
import { importWell } from './jobs';
import { revisionCases } from './revision-cases';
import { runFix } from '../health/run-fix';
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
  const report = await doctor(DAY);
  expect(report).toMatchObject({ exitCode: 0, cause: null });
  expect(textsOf(report, 'look')).toContain('There was no release yet: push an image, release it, and ask again.');
  const idsToLookAt = report.answers.filter(({ result }) => result === 'look').map(({ id }) => id);
  expect(idsToLookAt).toEqual(expect.arrayContaining(['arrive', 'healthy', 'import']));
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
    expect(stdout).toMatch(/v1 \(prooflink-dev-task:2\): 1 of 1 tasks run, /);
    expect(stdout).toMatch(/v1 \(prooflink-dev-user-import:2\): the last one /);
    expect(stdout).toMatch(/ProoflinkDev is UPDATE_COMPLETE, /);
    expect(stdout).toMatch(/^dev is well\.\n\ndev: a person must look: 1, well: \d+\.\n/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001b');
  });

  it('what runs here passes, and what only AWS has is not asked', async () => {
    const { answers } = await doctor();
    const idsWith = (expected: string) => answers.filter(({ result }) => result === expected).map(({ id }) => id);
    expect(idsWith('wrong')).toEqual([]);
    expect(idsWith('unknown')).toEqual([]);
    expect(answers.map(({ id }) => id)).not.toContain('quotas');
    expect(idsWith('look')).toEqual(['https']);
    expect(idsWith('well')).toEqual(expect.arrayContaining(['arrive', 'healthy', 'import']));
  });

  // A rule that is missing is a fault; whether users feel it, only a network that holds can say.
  it('a group that does not admit the load balancer leaves users without service, which the first line says', async () => {
    const { GroupId, IpPermissions } = await securityGroupNamed(names.securityGroups.ecs);
    await revokeInboundRules(names.securityGroups.ecs);
    const { stdout } = await command('doctor', 'dev');
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    expect(stdout).toMatch(/^dev: users are without service\.\n/);
    expect(textsOf(await doctor(), 'wrong')).toEqual([]);
  });

  describeFaults(deployed, 'what is closed, denied, stopped or wrong', closed(deployed));
  describeFaults(deployed, 'what is gone, or another one', gone(deployed));
  describeFaults(deployed, 'what leads elsewhere', elsewhere);

  /** Answer of `doctor` on the targets, once ECS has given up a version of the application. */
  async function targetsAfter(tag: string, application: ImageProgram): Promise<ReportedAnswer | undefined> {
    await dev.deployByHand(tag, application);
    const { answers } = await doctor();
    return answers.find(({ id }) => id === 'healthy');
  }

  it('6.2: an application does not answer its health check with 200: the fix says what it must answer', async () => {
    const answer = await targetsAfter('v2', sample.neverHealthy());
    expect(answer?.result).toBe('wrong');
    expect(answer?.says).toMatch(/^The deployment of v2 fails: .* v1 serves\. /s);
    expect(answer?.says).toContain('Health checks failed with these codes: [503]');
    expect(answer?.fix).toMatch(/^the application: it must answer GET \/api\/health with 200\. Its log: /);
    expect(answer?.fix).toMatch(/aws logs tail .* \/ecs\/prooflink-dev-app --since 1h$/);
  });

  it('it sleeps at night, which is no fault, and is one by day, until the printed command has started it', async () => {
    await dev.release('v4');
    await changeService({ desiredCount: 0 });
    await rds.stopDBInstance(database);
    const night = await doctor(NIGHT);
    const day = await doctor(DAY);
    expect(night).toMatchObject({ exitCode: 0, cause: null });
    expect(textsOf(night, 'asleep')).toContain('asleep until 2026-11-26 09:15 (Tokyo)');
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

unknownCases(deployed);

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
