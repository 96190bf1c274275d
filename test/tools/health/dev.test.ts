import {
  DeleteListenerCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeleteDBInstanceCommand, RDSClient, StartDBInstanceCommand, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { sample } from '../../../tools/deploy-local/programs';
import { readStack } from '../../../tools/environment/deployed-stack';
import { prooflink } from '../support/prooflink';
import { names, startDev } from '../support/running-dev';
import { ask, doctor, REDEPLOY, saying, withoutImage, withoutRules, withService } from './breaking';
import { costCases, transferIsTold } from './cost-cases';
import { importCases } from './import-cases';
import { importWell } from './jobs';
import { secretCases } from './secret-cases';
import { stateCases } from './state-cases';
import { unknownCases } from './unknown-cases';
import { webCases } from './web-cases';

let dev: Awaited<ReturnType<typeof startDev>>;
const database = { DBInstanceIdentifier: names.dbInstance };
const rds = () => new RDSClient({});
const NIGHT = { now: new Date('2026-11-25T15:00:00Z') };
const DAY = { now: new Date('2026-11-25T03:00:00Z') };

beforeAll(async () => {
  dev = await startDev();
}, 240_000);

afterAll(async () => {
  await dev.stop();
});

it('before the first release nothing runs, and nothing is wrong, by day either', async () => {
  const told = await doctor(DAY);
  expect(told).toMatchObject({ exitCode: 0, cause: null });
  expect(saying(told, 'look')).toContain('There was no release yet: push an image, release it, and ask again.');
  const { answers } = await ask('first-contact', DAY);
  expect(answers.filter(({ id }) => ['arrive', 'healthy', 'import'].includes(id)).map(({ result }) => result)).toEqual([
    'look',
    'look',
    'look',
  ]);
});

describe('once released', () => {
  beforeAll(async () => {
    await dev.release('v1');
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

  it('what runs here passes; the local AWS has no ECS Exec, parameters of RDS or quotas', async () => {
    const told = await ask('first-contact');
    const of = (wanted: string) => told.answers.filter(({ result }) => result === wanted).map(({ id }) => id);
    expect(of('wrong')).toEqual(['clear-text', 'shell']);
    expect(of('unknown')).toEqual(['quotas']);
    expect(of('look')).toEqual(['https', 'connections', 'nights']);
    expect(of('well')).toEqual(
      expect.arrayContaining(['arrive', 'healthy', 'log-lines', 'extended-support', 'import']),
    );
  });

  secretCases();
  importCases(() => dev);
  stateCases(() => dev);
  webCases(() => dev);
  costCases(() => dev);

  it('it sleeps at night, which is no fault, and is one by day', async () => {
    const mend = await withService(() => ({ desiredCount: 0 }));
    await rds().send(new StopDBInstanceCommand(database));
    const night = await doctor(NIGHT);
    const day = await doctor(DAY);
    await rds().send(new StartDBInstanceCommand(database));
    await mend();
    expect(night).toMatchObject({ exitCode: 0, cause: null });
    expect(saying(night, 'asleep')).toContain('asleep until 2026-11-26 09:15 (Tokyo)');
    expect(day.cause).toMatchObject({
      says: 'prooflink-dev-service wants 0 web tasks.',
      fix: 'npm run prooflink -- start dev',
    });
  });

  it('what is outermost is named first, and the rest behind it', async () => {
    const mends = [await withoutRules(names.securityGroups.rds)];
    await rds().send(new StopDBInstanceCommand(database));
    await withoutImage(names.repositories.app, 'well-again-2');
    const inner = saying(await doctor(), 'wrong');
    mends.push(await withoutRules(names.securityGroups.alb));
    const outer = await doctor();
    for (const mend of mends) await mend();
    await rds().send(new StartDBInstanceCommand(database));
    await dev.release('v4', sample.web('v4'));
    expect(inner.slice(0, 3)).toEqual([
      expect.stringContaining('has no image well-again-2'),
      expect.stringContaining('prooflink-dev-rds-sg'),
      expect.stringContaining('The database is stopped'),
    ]);
    expect(outer.cause?.says).toMatch(/^prooflink-dev-alb-sg \(.*\) does not admit port 80 from 0.0.0.0\/0, port 443/);
    expect(saying(outer, 'wrong')).toEqual(expect.arrayContaining(inner));
  });

  it('mended, it is well', async () => {
    await importWell(dev.outputs['BucketName']);
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  });
});

unknownCases();

it('an environment that is not there cannot be told of', async () => {
  expect(await prooflink(dev.aws.env, 'status', 'prod')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'There is no stack ProoflinkProd in ap-northeast-1, in the account of your credentials ' +
      '(aws sts get-caller-identity).\n',
  });
});

describe('what somebody deleted', () => {
  it('a listener, after it led elsewhere, and a secret', async () => {
    const elb = new ElasticLoadBalancingV2Client({});
    const [LoadBalancerArn] = (await readStack('dev')).ids('AWS::ElasticLoadBalancingV2::LoadBalancer');
    const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const ListenerArn = Listeners[0]?.ListenerArn;
    const answer = { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '503' } };
    await elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: [answer] }));
    const elsewhere = await doctor();
    await elb.send(new DeleteListenerCommand({ ListenerArn }));
    const secrets = (await readStack('dev')).ids('AWS::SecretsManager::Secret');
    const SecretId = secrets.find((id) => id.includes('SessionSecret'));
    await new SecretsManagerClient({}).send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    const gone = await doctor();
    expect(elsewhere.cause?.says).toBe('The listener on port 80 does not lead to the web tasks’ target group.');
    expect(saying(gone, 'wrong')[1]).toMatch(
      /^It is not there: ResourceNotFoundException: .*\(DescribeSecret arn:aws:secretsmanager:.*SessionSecret/,
    );
    expect(gone.cause).toMatchObject({
      says: 'prooflink-dev-alb has no listener on port 80.',
      fix: expect.stringMatching(REDEPLOY) as string,
    });
  });

  it('a person is told in 80 columns, without colours in a file: what fixes it, and what else there is', async () => {
    const env = { ...dev.aws.env, FORCE_COLOR: '1', AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1' };
    const { exitCode, stdout } = await prooflink(env, 'doctor', 'dev');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /\ndev is not well\. The first cause, from the outside in:\n {2}prooflink-dev-alb has no listener on port 80\.\n/,
    );
    expect(stdout).toContain('\nWhat fixes it:\n  npx cdk deploy ProoflinkDev --revert-drift\n');
    expect(stdout).toMatch(/\nCould not be asked\n.+\n│ The image of the web tasks +│ Error: /);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001b');
  });

  it('what was transferred is told as well', transferIsTold);

  it('the database: no command makes an empty one in its place, whatever else a deploy would fix', async () => {
    await withoutRules(names.securityGroups.alb);
    await rds().send(new DeleteDBInstanceCommand({ ...database, SkipFinalSnapshot: true }));
    const told = await doctor();
    const fix = 'the database first: “Restoring a lost environment” in docs/moving-in.md';
    expect(told.cause).toMatchObject({ says: expect.stringContaining('does not admit') as string, fix });
    expect(told.answers.find(({ id }) => id === 'database')).toMatchObject({
      says: expect.stringMatching(/^It is not there: DBInstanceNotFound.*prooflink-dev-db/) as string,
      fix,
    });
    expect(JSON.stringify(told)).not.toContain('revert-drift');
  });
});
