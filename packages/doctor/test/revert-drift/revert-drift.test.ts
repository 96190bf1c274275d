import type { PassThrough } from 'node:stream';
import { CloudFormation, type ExecuteChangeSetInput } from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables, bootstrap, deploy, type LocalAws, startLocalAws } from '@infra/local-aws';
import { command, interruptedProoflink } from '@infra/testing/prooflink';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import { findChangesByHand } from '../../src/changed-by-hand/changed-by-hand';
import { inTerminal } from '@infra/commands/test/support/terminal';
import { until } from '@infra/common/test/support/until';
import { assembly } from '@infra/testing/assembly';
import { resourceNames, stackId } from '@infra/commands/app';
import { changeByApis, expectNamed } from '../deployed/hand-cases';
import { runFix } from '../health/run-fix';
import { ecs, iam, logs, rds, secrets } from '../health/clients';

const names = resourceNames('dev');
const service = { cluster: names.cluster, service: names.service };
const StackName = stackId('dev');
const database = { DBInstanceIdentifier: names.dbInstance };
const cloudFormation = new CloudFormation({});
const before = { ...process.env };
let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ usedBefore: true, standIns: true });
  adoptAwsVariables(process.env, aws.env);
  await bootstrap({ aws });
  await deploy({ aws, app: assembly }, StackName, { AppImageTag: 'v1', BatchImageTag: 'v1' });
}, 180_000);

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

async function retention(): Promise<number | undefined> {
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: names.logGroups.app });
  return logGroups[0]?.retentionInDays;
}

const changeRetention = () => logs.putRetentionPolicy({ logGroupName: names.logGroups.app, retentionInDays: 365 });

async function wantedTasks(): Promise<number | undefined> {
  const { services = [] } = await ecs.describeServices({ cluster: service.cluster, services: [service.service] });
  return services[0]?.desiredCount;
}

async function openChangeSets() {
  const { Summaries = [] } = await cloudFormation.listChangeSets({ StackName });
  return Summaries.filter(({ ExecutionStatus }) => ExecutionStatus === 'AVAILABLE');
}

it('what is as deployed is not touched: 0', async () => {
  const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ProoflinkDev is as deployed, /);
  expect(stdout).toMatch(/Nothing compares: .*AWS::SecretsManager::Secret/);
});

describe('a retention and a policy were changed', () => {
  beforeAll(async () => {
    await changeRetention();
    const RoleName = names.roles.ecsExecution;
    const { PolicyNames: [PolicyName] = [] } = await iam.listRolePolicies({ RoleName });
    await iam.deleteRolePolicy({ RoleName, PolicyName });
  });

  it('the plan says what hurts, and what of it is false; nothing is made without an answer: 2', async () => {
    const { exitCode, stdout, stderr } = await command('revert-drift', 'dev');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /\n {2}\S+ \(AWS::Logs::LogGroup\): RetentionInDays `365` → `\d+`\n {4}CloudWatch deletes the lines that are older\.\n/,
    );
    expect(stderr).toMatch(/^CloudFormation also names these, .* 965\): FileStorage\/Bucket$/m);
    expect(stdout).toMatch(/^Nothing was changed\.\n.*--yes$/m);
    expect(await retention()).toBe(365);
    expect(await openChangeSets()).toEqual([]);
  });

  it.each([
    { title: 'an n', type: (keys: PassThrough) => keys.write('n\r') },
    { title: 'Ctrl-C', type: (keys: PassThrough) => keys.write('\u0003') },
    { title: 'the end of the input', type: (keys: PassThrough) => keys.end() },
  ])('$title at the question leaves no change set, which the console would offer to execute: 2', async ({ type }) => {
    const { exitCode, stdout } = await inTerminal([type], () => command('revert-drift', 'dev'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: 'Nothing was changed.\nIt was declined.\n' });
    expect(await openChangeSets()).toEqual([]);
  });

  it('SIGTERM at the question ends it, and leaves no change set either: 2', async () => {
    const exited = new Promise((resolve) => {
      jest.spyOn(process, 'exit').mockImplementation(resolve as typeof process.exit);
    });
    const terminate = async (keys: PassThrough) => {
      // Others listen to end what this test has started.
      process.listeners('SIGTERM').at(-1)?.('SIGTERM');
      expect(await exited).toBe(2);
      expect(await openChangeSets()).toEqual([]);
      keys.end();
    };
    const { stdout } = await inTerminal([terminate], () => command('revert-drift', 'dev'));
    jest.restoreAllMocks();
    expect(stdout).toMatch(/^Nothing was changed\.\nIt was interrupted \(SIGTERM\)\.\n/);
  });

  it('SIGTERM while CloudFormation still compares, and refuses to delete the set: it is named with its command: 2', async () => {
    aws.keepAwsPace();
    const { exitCode, output } = await interruptedProoflink(aws.env, 'SIGTERM', 'compares each', 'revert-drift', 'dev');
    aws.keepAwsPace(false);
    expect(exitCode).toBe(2);
    expect(output).toMatch(
      /^Nothing was changed\.\nIt was interrupted \(SIGTERM\)\.\nThe change set stays: .*CREATE_IN_PROGRESS\n/m,
    );
    expect(await openChangeSets()).toHaveLength(1);
    aws.wait(3600);
    await runFix({ aws, app: assembly }, /aws cloudformation delete-change-set .*/.exec(output)?.[0] ?? '');
    expect(await openChangeSets()).toEqual([]);
  });

  it('more than somebody has chosen is not touched: CloudFormation executes a change set as a whole: 2', async () => {
    const { exitCode, stdout } = await command(
      'revert-drift',
      'dev',
      '--yes',
      '--only',
      'UserImport',
      '--only',
      'Web/Service',
    );
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^It would change more than --only UserImport --only Web\/Service, .*: Web\/Logs\. Keep /m);
    expect(await retention()).toBe(365);
  });

  it('a database that is stopped comes first: CloudFormation would start tasks without one: 2', async () => {
    await ecs.updateService({ ...service, desiredCount: 0 });
    await rds.stopDBInstance(database);
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    await rds.startDBInstance(database);
    await ecs.updateService({ ...service, desiredCount: 1 });
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^The database \S+ is stopped, .* First: npm run prooflink -- start dev$/m);
    expect(await retention()).toBe(365);
  });

  it('what changes while a person thinks is shown again, and reverted only after another answer: 0', async () => {
    const changeAndAgree = async (keys: PassThrough) => {
      await rds.modifyDBInstance({ ...database, BackupRetentionPeriod: 30, ApplyImmediately: true });
      keys.write('y\r');
    };
    const { exitCode, stderr, stdout } = await inTerminal([changeAndAgree, (keys) => keys.write('y\r')], () => {
      return command('revert-drift', 'dev');
    });
    const plans = stderr.split('Meanwhile, somebody has changed something else.');
    expect(exitCode).toBe(0);
    expect(plans).toHaveLength(2);
    expect(plans[0]).not.toContain('BackupRetentionPeriod');
    expect(plans[1]).toMatch(
      /BackupRetentionPeriod `30` → `0`; may be replaced .*\n {4}The database is interrupted, .*\n {4}RDS deletes /,
    );
    expect(stdout).toMatch(/\(AWS::IAM::Policy\): deleted by hand\naws iam put-role-policy /);
    expect(await retention()).not.toBe(365);
    expect(await openChangeSets()).toEqual([]);
  });

  it('is as deployed then, although the number of tasks is another one: office hours and people decide it', async () => {
    await ecs.updateService({ ...service, desiredCount: 0 });
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ProoflinkDev is as deployed, /);
    expect(await wantedTasks()).toBe(0);
    await ecs.updateService({ ...service, desiredCount: 1 });
  });
});

describe('another operation on the stack is faster than the execution', () => {
  const release = async (): Promise<void> => {
    await cloudFormation.updateStack({
      StackName,
      UsePreviousTemplate: true,
      Parameters: [
        { ParameterKey: 'AppImageTag', ParameterValue: `v${Date.now()}` },
        { ParameterKey: 'BatchImageTag', UsePreviousValue: true },
      ],
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    });
    await until(
      () => cloudFormation.describeStacks({ StackName }),
      ({ Stacks = [] }) => Stacks[0]?.StackStatus === 'UPDATE_COMPLETE',
    );
  };

  beforeEach(changeRetention);

  it('a release while a person thinks: the plan is made anew', async () => {
    const releaseAndAgree = async (keys: PassThrough) => {
      await release();
      keys.write('y\r');
    };
    const { exitCode, stderr } = await inTerminal([releaseAndAgree, (keys) => keys.write('n\r')], () => {
      return command('revert-drift', 'dev');
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Meanwhile, somebody has changed something else.');
    expect(await retention()).toBe(365);
  });

  it('a release before the execution: somebody else changed the stack, and nothing was changed: 2', async () => {
    const execute = jest.spyOn(CloudFormation.prototype, 'executeChangeSet');
    const releaseFirst = async (input: ExecuteChangeSetInput) => {
      await release();
      return await cloudFormation.executeChangeSet(input);
    };
    execute.mockImplementationOnce(releaseFirst as (input: ExecuteChangeSetInput) => void);
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    execute.mockRestore();
    expect({ exitCode, stdout }).toEqual({
      exitCode: 2,
      stdout: 'Nothing was changed.\nSomebody else changed the stack meanwhile.\n',
    });
    expect(await retention()).toBe(365);
  });
});

it('a secret is never changed: AWS does not say whether CloudFormation then generates another value: 2', async () => {
  const { SecretList = [] } = await secrets.listSecrets({});
  const { Name: SecretId } = SecretList.find(({ Name = '' }) => Name.includes('SessionSecret')) ?? {};
  await secrets.updateSecret({ SecretId, Description: 'by hand' });
  const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^It would change these secrets, .*\n {2}Web\/SessionSecret .*: Description /m);
  await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
  const created = await command('revert-drift', 'dev');
  expect(created.stderr).toMatch(
    /Web\/SessionSecret .*: created again\n {4}It has a new value: all users are signed out\./,
  );
});

describe('the database decides first: 2', () => {
  beforeAll(changeRetention);

  it('a storage that has grown would be shrunk, which RDS refuses, and with it everything', async () => {
    await rds.modifyDBInstance({
      ...database,
      AllocatedStorage: 300,
      ApplyImmediately: true,
    });
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/would shrink .* to 300 GiB, .* then: npm run prooflink -- revert-drift dev$/m);
    expect(await retention()).toBe(365);
  });

  it('a database that was deleted would be created empty', async () => {
    await rds.deleteDBInstance({ ...database, SkipFinalSnapshot: true });
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('It would create an empty database. The data first: “Restoring a lost environment”');
    expect(await retention()).toBe(365);
  });
});

// npm run long tries the printed commands. Each commit must still notice a comparison that finds nothing.
it('each property that an API has changed is named, with a command of its service where CloudFormation overlooks it', async () => {
  const expected = await changeByApis('dev');
  const { changes } = await findChangesByHand(environmentOf(await readStack('dev')));
  expectNamed(changes, expected);
  const withoutCommand = changes.filter(({ fix }) => !fix.startsWith('aws '));
  expect(withoutCommand.map(({ property }) => property).sort()).toEqual(['', 'HealthCheckPath', 'RetentionInDays']);
});
