import { setTimeout as pause } from 'node:timers/promises';
import { allPhysicalIds, readStack } from '@infra/operate/deployed/deployed-stack';
import { describeDatabase } from '@infra/operate/deployed/database';
import { describeService } from '@infra/operate/deployed/web-service';
import { command } from '@infra/testing/prooflink';
import { names, startDev } from '@infra/local/test/support/running-dev';
import { COVERAGE, isHealedByRevertDrift } from '../../src/changed-by-hand/coverage';
import { words } from '../../src/revert-drift/words';
import { ecs } from '../health/clients';
import { IN_DEV, IN_PROD, type Reverted } from './reverting';
import { startProd } from './running-prod';

// A local AWS is asked more often than AWS.
jest.mock('@infra/commands/pause', () => ({ pause: () => pause(200) }));

/**
 * Types that are not tried: nothing changes a distribution here, the local AWS has neither AWS Backup nor chat
 * applications, nor dev and prod a managed policy.
 */
const NOT_TRIED = [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::Backup::RestoreTestingPlan',
  'AWS::Backup::RestoreTestingSelection',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::CloudFront::Distribution',
  'AWS::IAM::ManagedPolicy',
];

// Otherwise the plan promises an effect that nobody has seen.
test('each type that revert-drift reverts is tried, or named as not tried', () => {
  const reverted = Object.keys(COVERAGE).filter(isHealedByRevertDrift);
  const tried = new Set([...NOT_TRIED, ...[...IN_DEV, ...IN_PROD].map(({ type }) => type)]);
  expect([...tried].sort()).toEqual(reverted.sort());
});

/** Reverts a change by hand, and returns the plan. */
async function changeAndRevert(environmentName: 'dev' | 'prod', { type, change }: Reverted): Promise<string> {
  const ids = allPhysicalIds(await readStack(environmentName), type);
  // The parts that a team has added come first.
  await change(ids.at(-1) ?? '');
  const { exitCode, stdout, stderr } = await command('revert-drift', environmentName, '--yes');
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(' again, ') as string });
  const again = await command('revert-drift', environmentName, '--yes');
  expect(again.stdout).toMatch(/ is as deployed, /);
  return stderr.split(' UPDATE_IN_PROGRESS')[0] ?? '';
}

/** Expects the plan to name the change, and its effects alone. */
function expectPlan(plan: string, { type, property, effects = [] }: Reverted): void {
  const line = property === 'deleted' ? `(${type}): created again` : `(${type}): ${property}`;
  expect(plan).toContain(line);
  const named = Object.entries(words.effects).filter(([, sentence]) => plan.includes(`    ${sentence}`));
  expect(named.map(([effect]) => effect)).toEqual(effects);
}

describe('dev', () => {
  let dev: Awaited<ReturnType<typeof startDev>>;

  beforeAll(async () => {
    dev = await startDev();
    await dev.release('v1');
  }, 240_000);

  afterAll(async () => {
    await dev.stop();
  });

  /** Web tasks, the database and the answer that users get. */
  async function observe() {
    const { taskArns: tasks } = await ecs.listTasks({ cluster: names.cluster, serviceName: names.service });
    const { DBInstanceStatus, InstanceCreateTime } = await describeDatabase(await readStack('dev'));
    const url = dev.aws.listeners()[0]?.url ?? '';
    const { status } = await fetch(new URL('/api/health', url));
    return { tasks, database: [DBInstanceStatus, InstanceCreateTime], users: status };
  }

  it.each(IN_DEV)(
    '$type, $property: its effects are those of the plan, and users are served after it',
    async (reverted) => {
      const before = await observe();
      const plan = await changeAndRevert('dev', reverted);
      const after = await observe();
      expectPlan(plan, reverted);
      const isReplaced = reverted.effects?.includes('replacesTasks') ?? false;
      expect(JSON.stringify(after.tasks) !== JSON.stringify(before.tasks)).toBe(isReplaced);
      expect(after).toMatchObject({ database: before.database, users: 200 });
    },
    120_000,
  );
});

describe('prod', () => {
  let prod: Awaited<ReturnType<typeof startProd>>;

  beforeAll(async () => {
    prod = await startProd();
  }, 240_000);

  afterAll(async () => {
    await prod.stop();
  });

  it.each(IN_PROD)(
    '$type, $property: its effects are those of the plan, and no deployment begins',
    async (reverted) => {
      const deployment = async () => (await describeService(await readStack('prod'))).deployments?.[0]?.id;
      const before = await deployment();
      expectPlan(await changeAndRevert('prod', reverted), reverted);
      expect(await deployment()).toBe(before);
    },
    120_000,
  );
});
