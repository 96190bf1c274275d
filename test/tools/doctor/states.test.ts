import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DeleteListenerCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient, StartDBInstanceCommand, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dev as config } from '../../../lib/config';
import { factsOf } from '../../../tools/doctor/facts';
import { lastDeployment, statesOf } from '../../../tools/doctor/state';
import { readStack } from '../../../tools/shared/deployed-stack';
import { prooflink } from '../support/prooflink';
import { names, startDev } from '../support/running-dev';
import { doctor, REDEPLOY, withoutImage, withoutRules, withService } from './support';

let dev: Awaited<ReturnType<typeof startDev>>;
let refusing: Server;

beforeAll(async () => {
  dev = await startDev();
  refusing = createServer((_, response) => {
    const __type = 'AccessDeniedException';
    const message = 'User: somebody is not authorized to perform: ecr:DescribeImages';
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ __type, message }));
  });
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
}, 240_000);

afterAll(async () => {
  refusing.close();
  refusing.closeAllConnections();
  await dev.stop();
});

/** Asks while a service answers somewhere else. */
async function whileAt<T>(service: string, url: string, ask: () => Promise<T>): Promise<T> {
  const before = process.env;
  process.env = { ...before, [`AWS_ENDPOINT_URL_${service}`]: url };
  try {
    return await ask();
  } finally {
    process.env = before;
  }
}

it('before the first release it is well: no task runs, and no image is expected', async () => {
  expect(await doctor()).toMatchObject({
    exitCode: 0,
    cause: null,
    unknown: [],
    states: ['There was no release yet: no web task runs, and no image is expected.'],
  });
});

it('what is underway is no fault, and is said', async () => {
  const stack = await readStack('dev');
  const underway = { ...stack, description: { ...stack.description, StackStatus: 'UPDATE_IN_PROGRESS' as const } };
  const rolling = { desiredCount: 1, deployments: [{ rolloutState: 'IN_PROGRESS' as const }] };
  const facts = { ...factsOf(underway, config, new Date()), service: () => Promise.resolve(rolling) };
  expect((await statesOf(facts)).slice(0, 2)).toEqual([
    'A deployment is underway (UPDATE_IN_PROGRESS): ask again after it.',
    'A deployment of the web tasks is underway: npm run prooflink -- status dev tells when it ends.',
  ]);
  expect(await lastDeployment(facts)).toBeUndefined();
});

it('a deployment that failed is told with the command that says why', async () => {
  const stack = await readStack('dev');
  const rolledBack = { ...stack.description, StackStatus: 'UPDATE_ROLLBACK_COMPLETE' as const };
  expect(await lastDeployment(factsOf({ ...stack, description: rolledBack }, config, new Date()))).toEqual({
    says: 'The last deployment failed: ProoflinkDev is UPDATE_ROLLBACK_COMPLETE.',
    mend: 'what it says: npx cdk --unstable=diagnose diagnose ProoflinkDev',
  });
});

describe('once released', () => {
  beforeAll(async () => {
    await dev.release('v1');
  }, 120_000);

  it('what is outermost is named first, and the rest behind it', async () => {
    const mends = [await withoutRules(names.securityGroups.rds)];
    await new RDSClient({}).send(new StopDBInstanceCommand({ DBInstanceIdentifier: names.dbInstance }));
    await withoutImage(names.repositories.app, 'v1');
    const inner = await doctor();
    mends.push(await withoutRules(names.securityGroups.alb));
    const outer = await doctor();
    for (const mend of mends) await mend();
    await new RDSClient({}).send(new StartDBInstanceCommand({ DBInstanceIdentifier: names.dbInstance }));
    await dev.release('v2');
    expect(inner.causes.slice(0, 3).map(({ says }) => says)).toEqual([
      expect.stringContaining('has no image v1'),
      expect.stringContaining('prooflink-dev-rds-sg'),
      expect.stringContaining('The database is stopped'),
    ]);
    expect(outer.cause?.says).toMatch(/^prooflink-dev-alb-sg \(.*\) does not admit port 80 from 0.0.0.0\/0, port 443/);
    expect(outer.causes).toEqual(expect.arrayContaining(inner.causes));
  });

  it('it sleeps at night, which is no fault, and is one by day', async () => {
    const mend = await withService(() => ({ desiredCount: 0 }));
    await new RDSClient({}).send(new StopDBInstanceCommand({ DBInstanceIdentifier: names.dbInstance }));
    const night = await doctor({ now: new Date('2026-11-25T15:00:00Z') });
    const day = await doctor({ now: new Date('2026-11-25T03:00:00Z') });
    await new RDSClient({}).send(new StartDBInstanceCommand({ DBInstanceIdentifier: names.dbInstance }));
    await mend();
    expect(night).toMatchObject({
      exitCode: 0,
      cause: null,
      states: ['It sleeps: asleep until 2026-11-26 09:15 (Tokyo).'],
    });
    expect(day.cause).toMatchObject({
      says: 'prooflink-dev-service wants 0 web tasks.',
      mend: 'npm run prooflink -- start dev',
    });
  });

  it('what somebody deleted is a cause, and a listener that leads elsewhere is one', async () => {
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
    expect(gone.causes[1]?.says).toMatch(/^It is not there: ResourceNotFoundException: /);
    expect(gone.cause).toMatchObject({
      says: 'prooflink-dev-alb has no listener on port 80.',
      mend: expect.stringMatching(REDEPLOY) as string,
    });
  });
});

it('a person is told in 80 columns, without colours in a file: what mends it, and what else there is', async () => {
  const mend = await withoutRules(names.securityGroups.rds);
  const env = { ...dev.aws.env, FORCE_COLOR: '1', AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1' };
  const { exitCode, stdout } = await prooflink(env, 'doctor', 'dev');
  await mend();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^36 questions from the outside in: \d+ well, 4 causes, 2 could not be asked\.\n/);
  expect(stdout).toMatch(
    /\ndev is not well\. The first cause, from the outside in:\n {2}prooflink-dev-alb has no listener on port 80\.\n/,
  );
  expect(stdout).toContain('\nWhat mends it:\n  npx cdk deploy ProoflinkDev --revert-drift\n');
  expect(stdout).toMatch(/\nFurther in \(3\):\n {2}- It is not there: ResourceNotFoundException: /);
  expect(stdout).toMatch(/\nCould not be asked:\n {2}- Is the image of the web tasks there\?\n/);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).not.toContain('\u001b');
});

describe('what cannot be asked is named, hides nothing else, and is no “well”', () => {
  it('for want of a right', async () => {
    const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
    const { unknown, cause } = await whileAt('ECR', url, () => doctor());
    expect(unknown).toEqual([
      {
        question: 'Is the image of the web tasks there?',
        says: 'AccessDeniedException: User: somebody is not authorized to perform: ecr:DescribeImages',
      },
      expect.objectContaining({ question: 'Is the image of the import jobs there?' }),
    ]);
    expect(cause?.says).toContain('has no listener on port 80');
  });

  it('but for secrets that a reader may not read, as long as nothing is wrong with the web tasks', async () => {
    const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
    const stack = await readStack('dev');
    const well = factsOf(stack, config, new Date());
    const ill = factsOf({ ...stack, parameters: { AppImageTag: 'v9' } }, config, new Date());
    const secretValue = (facts: typeof well) => whileAt('SECRETS_MANAGER', url, () => facts.secretValue('a'));
    expect(await secretValue(well)).toBeUndefined();
    await expect(secretValue(ill)).rejects.toThrow('is not authorized');
  });

  it('for want of an answer', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const asked = whileAt('CLOUDFORMATION', url, () => readStack('dev', 1));
    await expect(asked).rejects.toThrow(/ProoflinkDev in ap-northeast-1 could not be asked: TimeoutError: .* 1 ms/);
    silent.close();
    silent.closeAllConnections();
  });
});
