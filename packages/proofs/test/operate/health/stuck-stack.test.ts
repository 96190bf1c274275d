import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { runCdk } from '@infra/local-aws';
import { Part } from '@infra/commands/app';
import { sample } from '@infra/local/programs';
import { readStack, stackTemplateOf } from '@infra/operate/deployed/deployed-stack';
import { requirePart } from '@infra/operate/deployed/template-parts';
import { readWebState } from '@infra/operate/deployed/web-state';
import { commandsOf, readPage, runCommands } from '../../life-cycle/support/pages';
import { until } from '@infra/common/test/support/until';
import { ROOT } from '@infra/testing/prooflink';
import { names, startDev } from '@infra/local/test/support/running-dev';
import { doctor } from '@infra/doctor/test/deployed/breaking';
import { rds } from '@infra/doctor/test/health/clients';
import { runFix } from '@infra/doctor/test/health/run-fix';
import { DAY } from '@infra/doctor/test/deployed/schedule-cases';

jest.setTimeout(240_000);

const StackName = 'ProoflinkDev';
const RUNBOOK = readPage('docs/runbook.md');
const database = { DBInstanceIdentifier: names.dbInstance };
const cloudFormation = new CloudFormation({});
let dev: Awaited<ReturnType<typeof startDev>>;

beforeAll(async () => {
  dev = await startDev();
  await dev.release('v1');
});

afterAll(async () => {
  await dev.stop();
});

/** Status of the stack; `undefined` once it is deleted. */
async function stackStatus(): Promise<string | undefined> {
  const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName }).catch(() => ({ Stacks: [] }));
  return stack?.StackStatus;
}

async function databaseStatus(): Promise<string | undefined> {
  const { DBInstances: [instance] = [] } = await rds.describeDBInstances(database);
  return instance?.DBInstanceStatus;
}

/** A version crashes, and that of before does not start either, since the database sleeps. */
async function failRollback(tag: string): Promise<void> {
  await rds.stopDBInstance(database);
  await until(databaseStatus, (status) => status === 'stopped');
  // The load balancer checks a healthy target at the interval of its group.
  dev.aws.wait(30);
  await until(
    async () => readWebState(await readStack('dev')),
    ({ healthyCount }) => healthyCount === 0,
  );
  await expect(dev.release(tag, sample.cannotStart())).rejects.toThrow('UPDATE_ROLLBACK_FAILED');
}

/** The database is protected by hand, and the stack is deleted. */
async function failDeletion(): Promise<void> {
  await rds.modifyDBInstance({ ...database, DeletionProtection: true, ApplyImmediately: true });
  const { exitCode, output } = await runCdk(dev, ['destroy', StackName, '--force']);
  expect(exitCode).toBe(1);
  expect(output).toContain('DELETE_FAILED');
}

/** Fix that doctor prints for a question. */
async function fixOf(questionId: string): Promise<string> {
  const { answers } = await doctor(DAY);
  return answers.find(({ id }) => id === questionId)?.fix ?? '';
}

/** Pastes the command of the runbook that leaves a resource out of a rollback. */
async function pasteOrphan(): Promise<void> {
  const chapter = 'A rollback that failed';
  const [logicalId] = requirePart(stackTemplateOf(await readStack('dev')), Part.webService);
  const lines = commandsOf(RUNBOOK, chapter, { logicalId }).split('\n');
  const orphan = lines.filter((line) => line.includes(' --orphan '));
  expect(orphan).toHaveLength(1);
  const npm = { npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  const env = { ...dev.aws.env, ...npm, CDK_APP: dev.app, CDK_NOTICES: 'false' };
  await runCommands(chapter, `STACK=${StackName}\n${orphan.join()}`, { env, cwd: ROOT, strict: true });
}

async function expectNextRelease(tag: string): Promise<void> {
  await dev.release(tag);
  expect(await stackStatus()).toBe('UPDATE_COMPLETE');
  expect((await doctor(DAY)).cause).toBeNull();
}

describe('UPDATE_ROLLBACK_FAILED', () => {
  it('the fix that doctor prints starts the database, and goes on with the rollback: the next release serves', async () => {
    await failRollback('v2');
    const fix = await fixOf('deployment');
    const [first, second, third] = fix.split('\n');
    expect(first).toBe('npm run prooflink -- start dev');
    expect(second).toBe('npx cdk rollback ProoflinkDev');
    expect(third).toMatch(/^If that fails: /);
    await runFix(dev, fix);
    expect(await stackStatus()).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expectNextRelease('v3');
  });

  it('the command of the runbook that leaves a resource out, while the database still sleeps', async () => {
    await failRollback('v4');
    await pasteOrphan();
    expect(await stackStatus()).toBe('UPDATE_ROLLBACK_COMPLETE');
    await rds.startDBInstance(database);
    await expectNextRelease('v5');
  });
});

describe('DELETE_FAILED', () => {
  it('the fix that doctor prints deletes the rest: the stack is deployed again', async () => {
    await failDeletion();
    const fix = await fixOf('stack');
    const [first, second, third] = fix.split('\n');
    expect(first).toMatch(/^Save first what you need of .*Database\/Instance/);
    expect(second).toBe('npx cdk destroy ProoflinkDev');
    expect(third).toMatch(/^If that fails: /);
    await rds.modifyDBInstance({ ...database, DeletionProtection: false, ApplyImmediately: true });
    await runFix(dev, fix);
    expect(await stackStatus()).toBeUndefined();
    await runFix(dev, `npx cdk deploy ${StackName}`);
    expect(await stackStatus()).toBe('CREATE_COMPLETE');
  });
});
