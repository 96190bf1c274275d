import type { ReleasePlan } from '../../../operate/release/plan';
import { cli, release, type StackState } from './releasing';

jest.mock('../../../program/pause', () => ({ pause: () => new Promise((resolve) => setImmediate(resolve)) }));
jest.mock('../../../operate/release/cdk', () => ({
  deployStack: (_folder: string, _stack: string, parameters: Record<string, string>) =>
    Promise.resolve(deployment(parameters)),
}));
jest.mock('../../../operate/release/stack-template', () => ({ readStackTemplate: () => ({ Resources: {} }) }));
jest.mock('../../../operate/release/plan', () => ({ planRelease: () => Promise.resolve(plan) }));

const MIGRATES: ReleasePlan['migration'] = { migrates: true, imageTag: 'm1', timeoutSeconds: 60 };
let plan: ReleasePlan;
let stack: StackState;

/** Gives the stack the tags that a deployment changes. */
function takeTags({ AppImageTag, MigrationImageTag, MigratedImageTag }: Readonly<Record<string, string>>): void {
  stack.app = AppImageTag ?? stack.app;
  stack.migration = MigrationImageTag ?? stack.migration;
  stack.migrated = MigratedImageTag ?? stack.migrated;
}

/** A deployment by the CDK CLI, as the test has it. */
const deployment = (parameters: Record<string, string>) => cli.deploy(parameters, stack);

beforeEach(() => {
  stack = { status: 'UPDATE_COMPLETE', app: 'm0', migration: 'm0', migrated: 'm0' };
  plan = { problems: [], migration: MIGRATES, mayRestartWebTasks: false, deployedAppTag: 'm0' };
  cli.deploy = (parameters) => {
    takeTags(parameters);
    return true;
  };
});
afterEach(() => jest.restoreAllMocks());

const serves = () => stack.app;

/** The CDK CLI whose deployment of the web image CloudFormation rolls back: its parameters are those of before. */
const rollsBack = (status: string) => (parameters: Readonly<Record<string, string>>) => {
  stack.migration = parameters['MigrationImageTag'] ?? stack.migration;
  if (parameters['AppImageTag'] === undefined) return true;
  stack.status = status;
  return false;
};

describe('a deployment that CloudFormation rolls back after its migration', () => {
  const stoppedTasks = [{ id: 'crashed-1', tag: 'm1', reason: 'Essential container in task exited' }];
  const log = ['ready', 'DATABASE_URL="postgresql://postgres:hunter2hunter2@db/prooflink"'];

  test('the migration stays, and the reasons of ECS and the last lines of the application are shown, masked', async () => {
    cli.deploy = rollsBack('UPDATE_ROLLBACK_COMPLETE');
    const { exitCode, stdout } = await release({ stack, serves, stoppedTasks, log });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('m1 does not serve: the deployment failed');
    expect(stdout).toContain('Its migration ended with exit code 0, and stays.\nm0 serves:');
    expect(stdout).toContain('  crashed-1 (m1): Essential container in task exited, exit code 1');
    expect(stdout).toContain('The last lines of crashed-1:\n\n    ready\n');
    expect(stdout).not.toContain('hunter2');
    expect(stdout).not.toContain('A migration that failed');
  });

  test('for a program, the migration has its task and its exit code', async () => {
    cli.deploy = rollsBack('UPDATE_ROLLBACK_COMPLETE');
    const { stdout } = await release({ stack, serves, options: { appTag: 'm1', printsJson: true } });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, serves: ['m0'], migration: { exitCode: 0 } });
  });

  test('a log that cannot be read hides nothing else', async () => {
    cli.deploy = rollsBack('UPDATE_ROLLBACK_COMPLETE');
    const answers = { GetLogEvents: new Error('not GetLogEvents') };
    const { exitCode, stdout } = await release({ stack, serves, stoppedTasks, answers });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('and stays.\nm0 serves: ');
    expect(stdout).toContain('\nIts tasks could not be asked for: Error: not GetLogEvents');
  });

  test('a rollback that fails, too, is named with the command that goes on with it', async () => {
    cli.deploy = rollsBack('UPDATE_ROLLBACK_FAILED');
    const { exitCode, stdout } = await release({ stack, serves });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the stack is UPDATE_ROLLBACK_FAILED.');
    expect(stdout).toContain('\nnpx cdk rollback ProoflinkDev\n');
    expect(stdout).toContain('If that fails: “A rollback that failed” in docs/runbook.md');
  });

  test('the CDK CLI ended, and CloudFormation goes on: exit code 3 names the migration and how to sign in', async () => {
    cli.deploy = rollsBack('UPDATE_ROLLBACK_IN_PROGRESS');
    const { exitCode, stdout } = await release({ stack, serves });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('Its migration ended with exit code 0.\n');
    expect(stdout).toContain('If AWS refuses your credentials: Sign in');
  });
});

describe('two releases at once', () => {
  test('a way back that was deployed while this one migrated stays: its image is not replaced', async () => {
    const onRunTask = () => {
      stack.app = 'm00';
    };
    const { exitCode, stdout } = await release({ stack, serves, onRunTask });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('m1 does not serve: another release has deployed m00 meanwhile.');
    expect(stdout).toContain('Its migration ended with exit code 0, and stays.');
    expect(stack.app).toBe('m00');
  });

  test('one whose migration gave way leaves its own tag, which stops this one no more: exactly one serves', async () => {
    const onRunTask = () => {
      stack.migration = 'm2';
    };
    const { exitCode } = await release({ stack, serves, onRunTask });
    expect(exitCode).toBe(0);
    expect(stack).toMatchObject({ app: 'm1', migration: 'm1', migrated: 'm1' });
  });

  test('the other one deploys after this one: the summary says whose image the stack wants, and does not wait', async () => {
    const deploy = cli.deploy;
    cli.deploy = async (parameters, state) => {
      const hasSucceeded = await deploy(parameters, state);
      if (parameters['AppImageTag'] !== undefined) stack.app = 'm2';
      return hasSucceeded;
    };
    const { exitCode, stdout } = await release({ stack, serves });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('The stack does not want m1 any more, but m2: another release has overtaken this one.');
    expect(stdout).not.toContain('m1 serves');
  });

  test('a deployment of the other one is waited for, and this one goes on after it', async () => {
    stack.status = 'UPDATE_IN_PROGRESS';
    let askedCount = 0;
    const answers = {
      DescribeServices: () => {
        askedCount += 1;
        return { services: [{ desiredCount: 1, runningCount: 1, deployments: [], events: [] }] };
      },
    };
    setTimeout(() => {
      stack.status = 'UPDATE_COMPLETE';
    }, 50);
    plan = { ...plan, migration: { migrates: false, reason: 'left out' } };
    cli.deploy = () => {
      expect(stack.status).toBe('UPDATE_COMPLETE');
      stack.status = 'UPDATE_ROLLBACK_COMPLETE';
      return false;
    };
    const { progress } = await release({ stack, serves, answers });
    expect(progress).toContain('ProoflinkDev is UPDATE_IN_PROGRESS: this release waits for that deployment.');
    expect(askedCount).toBeGreaterThan(0);
  });
});

describe('while CloudFormation waits for the web service', () => {
  /** A CDK CLI that deploys for sixty turns of the event loop, in each of which ECS is asked. */
  const deploySlowly = async () => {
    for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve));
    return true;
  };
  const NO_MIGRATION: ReleasePlan['migration'] = { migrates: false, reason: 'left out' };

  const serviceWith = (events: readonly object[]) => ({
    services: [
      {
        desiredCount: 1,
        runningCount: 1,
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
        events,
      },
    ],
  });

  test('new events of ECS are shown, each once, masked; older ones are not', async () => {
    plan = { ...plan, migration: NO_MIGRATION };
    cli.deploy = deploySlowly;
    const oldEvent = { id: 'old', message: 'has reached a steady state' };
    const newEvent = { id: 'new', message: 'was unable to place a task: PASSWORD="hunter2hunter2"' };
    let questions = 0;
    const answers = {
      DescribeServices: () => serviceWith(questions++ === 0 ? [oldEvent] : [newEvent, oldEvent]),
    };
    const { progress } = await release({ stack, serves: () => 'm0', options: { appTag: 'm0' }, answers });
    expect(progress.match(/ {2}ECS: /g)).toHaveLength(1);
    expect(progress).toContain('was unable to place a task');
    expect(progress).not.toContain('hunter2');
    expect(progress).not.toContain('steady state');
  });

  test('after three tasks that ended, the command that rolls back now is shown, once', async () => {
    plan = { ...plan, migration: NO_MIGRATION };
    cli.deploy = deploySlowly;
    const stoppedTasks = ['a', 'b', 'c'].map((id) => ({ id, tag: 'm0', reason: 'Essential container in task exited' }));
    const { progress } = await release({ stack, serves: () => 'm0', options: { appTag: 'm0' }, stoppedTasks });
    const command = 'aws cloudformation cancel-update-stack --region ap-northeast-1 --stack-name ProoflinkDev';
    expect(progress.split(command)).toHaveLength(2);
  });

  test('a watch that AWS does not answer changes nothing', async () => {
    cli.deploy = rollsBack('UPDATE_ROLLBACK_COMPLETE');
    plan = { ...plan, migration: NO_MIGRATION };
    let questions = 0;
    const answers = {
      DescribeServices: () => {
        if (questions++ === 0) throw new Error('Throttled');
        return serviceWith([]);
      },
    };
    const { exitCode } = await release({ stack, serves: () => 'm0', answers });
    expect(exitCode).toBe(1);
  });
});
