import { QUESTIONS } from '../../src/health/questions/all';
import { Part, type StackPart } from '@infra/commands/app';
import { programs } from '@infra/local/programs';
import { command } from '@infra/testing/prooflink';
import { until } from '@infra/common/test/support/until';
import { describeDatabase } from '@infra/operate/deployed/database';
import { describeService } from '@infra/operate/deployed/web-service';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { rolloutOf } from '@infra/operate/deployed/rollout';
import { balancing, ecs, iam, logs, secrets } from '../health/clients';
import { runFix } from '../health/run-fix';
import { names, startDev } from '@infra/local/test/support/running-dev';
import { changeComputeEnvironment, changeService, deletePolicies, doctor, idOf } from './breaking';
import { importWell } from './jobs';
import { NIGHT } from './schedule-cases';

// A local AWS is asked more often than AWS: here, a web task fails within a second.
jest.mock('@infra/commands/pause', () => ({
  pause: () => new Promise((resolve) => setTimeout(resolve, 200)),
}));

/** A breakage of dev, and the whole fix that `doctor` prints as that of the first cause. */
interface Remedy {
  readonly title: string;
  readonly breakIt: () => Promise<unknown>;
  readonly fix: RegExp;
}

const REVERT = 'npm run prooflink -- revert-drift dev';
const RESTART = 'npm run prooflink -- restart dev';

/** A new deployment of the web tasks, which fails. */
async function failDeployment(): Promise<void> {
  await changeService({ forceNewDeployment: true });
  await until(
    async () => describeService(await readStack('dev')),
    (service) => rolloutOf(service) === 'failed',
  );
}

async function deleteRole(RoleName: string): Promise<void> {
  await deletePolicies(RoleName);
  await iam.deleteRole({ RoleName });
}

async function deleteSecret(part: StackPart, forGood: boolean): Promise<void> {
  const SecretId = await idOf(part);
  await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: forGood || undefined });
}

/** The web tasks cannot start any more, and a deployment has failed by it. */
const WITHOUT_WEB_TASKS: readonly Remedy[] = [
  {
    title: 'the execution role was deleted',
    breakIt: () => deleteRole(names.roles.ecsExecution),
    fix: new RegExp(`^${REVERT}\\naws iam put-role-policy .*\\n${RESTART}$`),
  },
  {
    title: 'the log group was deleted',
    breakIt: () => logs.deleteLogGroup({ logGroupName: names.logGroups.app }),
    fix: new RegExp(`^${REVERT}\\n${RESTART}$`),
  },
  {
    title: 'DATABASE_URL waits for its deletion',
    breakIt: () => deleteSecret(Part.connectionUrlSecret, false),
    fix: new RegExp(`^aws secretsmanager restore-secret .*\\n${RESTART}$`),
  },
  {
    title: 'DATABASE_URL is gone for good: CloudFormation makes it again with the same password',
    breakIt: () => deleteSecret(Part.connectionUrlSecret, true),
    fix: new RegExp(`^${REVERT}\\n${RESTART}$`),
  },
  {
    title: 'NEXTAUTH_SECRET is gone for good: CloudFormation makes another one, and users sign in again',
    breakIt: () => deleteSecret(Part.sessionSecret, true),
    fix: new RegExp(`^${REVERT}\\n${RESTART}$`),
  },
];

const OTHERS: readonly Remedy[] = [
  {
    title: 'the service was deleted',
    breakIt: () => ecs.deleteService({ cluster: names.cluster, service: names.service, force: true }),
    fix: new RegExp(`^${REVERT}$`),
  },
  {
    title: 'the compute environment is disabled, which takes one call',
    breakIt: () => changeComputeEnvironment({ state: 'DISABLED' }),
    fix: /^aws batch update-compute-environment .* --state ENABLED$/,
  },
];

/** Test that runs the fixes of a question word for word, or the reason why none can. */
const RUN_BY: Readonly<Record<string, string>> = {
  stack: 'packages/proofs/test/operate/health/stuck-stack.test.ts',
  https: 'advice: a team chooses its domain',
  delegation: 'advice: at the registrar',
  alias: 'prod.test.ts',
  certificate: 'advice: of a domain, which its team chooses',
  'certificate-renewal': 'prod.test.ts',
  entrance: 'closed.ts, gone.ts',
  'way-to-tasks': 'closed.ts',
  'network-acl': 'closed.ts, prod.test.ts',
  'own-parts-app': 'revision-cases.ts, elsewhere of gone.ts',
  'own-parts-batch': 'revision-cases.ts, closed.ts',
  'public-address-app': 'closed.ts',
  'public-address-batch': 'closed.ts',
  'route-app': 'closed.ts',
  'route-batch': 'elsewhere of gone.ts',
  'way-out-app': 'closed.ts',
  'way-out-batch': 'as that of the web tasks',
  'image-app': 'advice: a person pushes an image, and chooses its tag',
  'image-batch': 'advice: a person pushes an image, and chooses its tag',
  'execution-role-app': 'here',
  'execution-role-batch': 'as that of the web tasks',
  'secrets-app': 'here; a value is chosen by a person',
  'secrets-batch': 'prod.test.ts; a value is chosen by a person',
  'log-group-app': 'here',
  'log-group-batch': 'as that of the web tasks',
  'way-to-database-app': 'closed.ts',
  'way-to-database-batch': 'closed.ts',
  'task-role-app': 'as that of the jobs',
  'task-role-batch': 'gone.ts',
  wanted: 'prod.test.ts',
  database: 'closed.ts',
  'database-url': 'a chapter of the runbook, which its tests run',
  password: 'a chapter of the runbook, which its tests run',
  backup: 'prints none',
  queue: 'here, closed.ts',
  hours: 'schedule-cases.ts, dev.test.ts',
  'by-hand-service': 'hand.test.ts of operate',
  'by-hand-data': 'hand.test.ts of operate',
  'by-hand': 'hand.test.ts of operate',
  healthy: 'advice to those who make the application',
  arrive: 'prints none',
  'lost-requests': 'advice to those who make the application',
  firewall: 'a log to read',
  'jobs-start': 'advice: wait, or a larger maxvCpus',
  import: 'a log to read',
  deployment: 'stuck-stack.test.ts of proofs; otherwise a report to read',
  migration: 'a chapter of the runbook, which its tests run; the stop of a task: packages/proofs/test/life-cycle',
  alarms: 'a dashboard to read',
  'alarm-subscription': 'a link in a mail',
  budget: 'a report to read',
  'nat-gateway': 'closed.ts',
  'too-many-tasks': 'gone.ts',
  transfer: 'advice: a CDN',
  'termination-protection': 'prod.test.ts',
  quotas: 'a request to AWS, which the local AWS does not take',
};

test('each question is in the list', () => {
  expect(QUESTIONS.map(({ id }) => id).sort()).toEqual(Object.keys(RUN_BY).sort());
});

describe('a printed fix is followed word for word, and dev is well', () => {
  let dev: Awaited<ReturnType<typeof startDev>>;

  beforeAll(async () => {
    dev = await startDev();
    await dev.release('v1', programs({}, 'v1').web);
    await importWell(dev.outputs['BucketName']);
  }, 240_000);

  afterAll(async () => {
    await dev.stop();
  });

  async function expectHealing(fix: RegExp): Promise<void> {
    const { cause } = await doctor();
    expect(cause?.fix).toMatch(fix);
    await runFix(dev, cause?.fix ?? '');
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  }

  it.each(WITHOUT_WEB_TASKS)(
    'the web tasks cannot start: $title',
    async ({ breakIt, fix }) => {
      await breakIt();
      await failDeployment();
      await expectHealing(fix);
    },
    120_000,
  );

  it('a sleeping environment stays asleep: a web task without its database would fail the update', async () => {
    await command('stop', 'dev');
    await balancing.deleteListener({ ListenerArn: await idOf(Part.httpListener) });
    const { cause } = await doctor(NIGHT);
    expect(cause?.fix).toBe(REVERT);
    await runFix(dev, cause?.fix ?? '');
    const { desiredCount } = await describeService(await readStack('dev'));
    const { DBInstanceStatus } = await describeDatabase(await readStack('dev'));
    expect({ desiredCount, DBInstanceStatus }).toEqual({ desiredCount: 0, DBInstanceStatus: 'stopped' });
    expect(await doctor(NIGHT)).toMatchObject({ exitCode: 0, cause: null });
    await command('start', 'dev');
  }, 120_000);

  it('the master secret is gone for good: what stands in for it lets CloudFormation set another password', async () => {
    const SecretId = await idOf(Part.masterSecret);
    const { SecretString } = await secrets.getSecretValue({ SecretId });
    await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
    const { cause } = await doctor();
    expect(cause?.fix).toBe(REVERT);
    const refused = await command('revert-drift', 'dev', '--yes');
    const [, Name = ''] = /secret of the same name, (\S+),/.exec(refused.stdout) ?? [];
    expect(refused.exitCode).toBe(2);
    await secrets.createSecret({ Name, SecretString });
    await runFix(dev, `${REVERT}\n${RESTART}`);
    await secrets.deleteSecret({ SecretId: Name, ForceDeleteWithoutRecovery: true });
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  }, 120_000);

  it.each(OTHERS)(
    '$title',
    async ({ breakIt, fix }) => {
      await breakIt();
      await expectHealing(fix);
    },
    120_000,
  );
});
