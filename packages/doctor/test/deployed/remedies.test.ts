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
import { changeService, deletePolicies, doctor, idOf } from './breaking';
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
];

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
    const database = `--region ap-northeast-1 --db-instance-identifier ${names.dbInstance}`;
    const start = `aws rds start-db-instance ${database}\naws rds wait db-instance-available ${database}`;
    expect(cause?.fix).toBe(`${start}\n${REVERT}\nnpm run prooflink -- stop dev`);
    const refused = await command('revert-drift', 'dev', '--yes');
    expect(refused).toMatchObject({
      exitCode: 2,
      stdout: expect.stringMatching(/ is stopped, .* First: npm run prooflink -- start dev$/m) as string,
    });
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

  it('the service was deleted', async () => {
    await ecs.deleteService({ cluster: names.cluster, service: names.service, force: true });
    await expectHealing(new RegExp(`^${REVERT}$`));
  }, 120_000);
});
