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

async function unprotect(): Promise<void> {
  await rds.modifyDBInstance({ ...database, DeletionProtection: false, ApplyImmediately: true });
}

/** Fix that doctor prints for a question. */
async function fixOf(questionId: string): Promise<string> {
  const { answers } = await doctor(DAY);
  return answers.find(({ id }) => id === questionId)?.fix ?? '';
}

/** Commands of a chapter of the runbook, below those that begin it. */
function chapterCommands(chapter: string, placeholders: Readonly<Record<string, string>> = {}): string[] {
  return commandsOf(RUNBOOK, chapter, placeholders).split(/(?<!\\)\n/);
}

/** The CDK CLI asks no question before it deletes a stack. */
const ANSWERED = { CDK_FORCE: 'true' };

/** Pastes commands of a chapter. Variables are options of the CDK CLI. */
async function paste(
  chapter: string,
  commands: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const begin = `${commandsOf(RUNBOOK, 'Runbook')}E=dev STACK=${StackName}\n`;
  const npm = { npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  const env = { ...dev.aws.env, ...npm, CDK_APP: dev.app, CDK_NOTICES: 'false', ...variables };
  return await runCommands(chapter, `${begin}${commands.join('\n')}`, { env, cwd: ROOT, strict: true });
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

  const CHAPTER = 'A rollback that failed';

  it('the commands of the runbook: the next release serves', async () => {
    await failRollback('v4');
    await paste(CHAPTER, chapterCommands(CHAPTER));
    expect(await stackStatus()).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expectNextRelease('v5');
  });

  it('the command of the runbook that leaves a resource out, while the database still sleeps', async () => {
    await failRollback('v6');
    const [logicalId] = requirePart(stackTemplateOf(await readStack('dev')), Part.webService);
    const orphanCommands = chapterCommands(CHAPTER, { logicalId }).filter((line) => line.includes(' --orphan '));
    expect(orphanCommands).toHaveLength(1);
    await paste(CHAPTER, orphanCommands);
    expect(await stackStatus()).toBe('UPDATE_ROLLBACK_COMPLETE');
    await rds.startDBInstance(database);
    await expectNextRelease('v7');
  });
});

describe('DELETE_FAILED', () => {
  const deployAgain = async () => {
    await runFix(dev, `npx cdk deploy ${StackName}`);
    expect(await stackStatus()).toBe('CREATE_COMPLETE');
  };

  it('the commands of the runbook name what is left, and delete it: the stack is deployed again', async () => {
    const chapter = 'A deletion that failed';
    await failDeletion();
    const commands = chapterCommands(chapter);
    const isDeletion = (line: string) => line.includes('cdk destroy');
    const printed = await paste(
      chapter,
      commands.filter((line) => !isDeletion(line)),
    );
    expect(printed).toMatch(/Database\w*\t.*deletion protection/i);
    await unprotect();
    await paste(chapter, commands.filter(isDeletion), ANSWERED);
    expect(await stackStatus()).toBeUndefined();
    await deployAgain();
  });

  it('the fix that doctor prints deletes the rest: the stack is deployed again', async () => {
    await failDeletion();
    const fix = await fixOf('stack');
    expect(fix).toMatch(
      /^Save first what you need of .*Database\/Instance.*\nnpx cdk destroy ProoflinkDev\nIf that fails: /,
    );
    await unprotect();
    await runFix(dev, fix);
    expect(await stackStatus()).toBeUndefined();
    await deployAgain();
  });
});
