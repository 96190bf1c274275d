import type { ReleasePlan } from '../../src/release/plan';
import { lostAnswer } from './migrating';
import { FakeStack, release, validationError } from './releasing';

jest.mock('@infra/commands/pause', () => ({ pause: () => new Promise((resolve) => setImmediate(resolve)) }));
jest.mock('../../src/release/plan', () => ({ planRelease: () => Promise.resolve(plan) }));

const MIGRATES: ReleasePlan['migration'] = { migrates: true, imageTag: 'm1' };
const NO_MIGRATION: ReleasePlan['migration'] = { migrates: false, reason: 'left out' };
let plan: ReleasePlan;
let stack: FakeStack;

beforeEach(() => {
  stack = new FakeStack();
  plan = { problems: [], migration: MIGRATES, deployedAppTag: 'm0' };
});
afterEach(() => jest.restoreAllMocks());

/** CloudFormation rolls the update of the web image back: its parameters are those of before. */
function rollBack(endStatus: string): void {
  stack.onUpdate = ({ AppImageTag }) => (AppImageTag === undefined ? 'UPDATE_COMPLETE' : endStatus);
}

/** Lets a minute pass whenever the release looks at the clock. */
function letMinutesPass(): void {
  let minutes = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => minutes++ * 60_000);
}

describe('an update of tags', () => {
  beforeEach(() => {
    plan = { ...plan, migration: NO_MIGRATION };
  });

  it('that the stack has already is no failure: the release waits until the tag serves', async () => {
    stack.parameters['AppImageTag'] = 'm1';
    stack.onUpdate = () => {
      throw validationError('No updates are to be performed.');
    };
    const { exitCode, progress } = await release({ stack });
    expect(exitCode).toBe(0);
    expect(progress).toContain('The stack has these tags already.');
  });

  it('that AWS refuses is no unknown outcome: m0 serves', async () => {
    stack.onUpdate = () => {
      throw Object.assign(validationError('not authorized'), { name: 'AccessDenied' });
    };
    const { exitCode, stdout } = await release({ stack });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'm1 does not serve: CloudFormation refused the update: AccessDenied: not authorized\nm0 serves',
    );
  });

  it('whose answer was lost is followed, and not repeated', async () => {
    let isFirst = true;
    const { UpdateStack: update, ...answers } = stack.answers as { UpdateStack: (request: object) => object };
    const loseFirst = (request: object) => {
      const answer = update(request);
      if (!isFirst) return answer;
      isFirst = false;
      throw lostAnswer();
    };
    const { exitCode } = await release({ stack, answers: { ...answers, UpdateStack: loseFirst } });
    expect(exitCode).toBe(0);
    expect(stack.steps).toHaveLength(1);
  });
});

describe('an update that CloudFormation rolls back after its migration', () => {
  test('a rollback that fails, too, is named with the command that goes on with it', async () => {
    rollBack('UPDATE_ROLLBACK_FAILED');
    const { exitCode, stdout } = await release({ stack });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the stack is UPDATE_ROLLBACK_FAILED.');
    expect(stdout).toContain('\nnpx cdk rollback ProoflinkDev\n');
    expect(stdout).toContain('If that fails: “A rollback that failed” in docs/runbook.md');
  });
});

test('after an update that failed, ECS may not answer for minutes: what serves is not known, so exit code 3', async () => {
  plan = { ...plan, migration: NO_MIGRATION };
  rollBack('UPDATE_ROLLBACK_COMPLETE');
  letMinutesPass();
  const { exitCode, stdout } = await release({ stack, answers: { DescribeServices: new Error('Throttled') } });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('What serves instead could not be asked: ');
});

describe('a further application of a team', () => {
  test('gets its own tag alone, and is waited for', async () => {
    plan = { ...plan, migration: NO_MIGRATION };
    stack.parameters['AdminImageTag'] = 'a0';
    const deployments = [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }];
    const admin = { serviceName: 'admin', desiredCount: 1, runningCount: 1, deployments };
    const options = { images: ['AdminImageTag=a1'] };
    const { exitCode, stdout } = await release({
      stack,
      options,
      answers: { DescribeServices: { services: [admin] } },
    });
    expect(stack.steps).toEqual(['update AdminImageTag=a1']);
    // CloudFormation gave no output: the URL was empty.
    expect(stdout).toContain('not known now');
    expect(stdout).toContain('admin: 1 of 1 task running.');
    expect(exitCode).toBe(0);
  });
});

describe('two releases at once', () => {
  test('a way back that was deployed while this one migrated stays: its image is not replaced', async () => {
    const onRunTask = () => {
      stack.parameters['AppImageTag'] = 'm00';
    };
    const { exitCode, stdout } = await release({ stack, onRunTask });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('m1 does not serve: another release has deployed m00 meanwhile.');
    expect(stdout).toContain('Its migration ended with exit code 0, and stays.');
    expect(stack.parameters['AppImageTag']).toBe('m00');
  });

  test('one whose migration gave way leaves its own tag, which stops this one no more: exactly one serves', async () => {
    const onRunTask = () => {
      stack.parameters['MigrationImageTag'] = 'm2';
    };
    const { exitCode } = await release({ stack, onRunTask });
    expect(exitCode).toBe(0);
    expect(stack.parameters).toMatchObject({ AppImageTag: 'm1', MigrationImageTag: 'm1', MigratedImageTag: 'm1' });
  });

  test('the other one deploys after this one: the summary says whose image the stack wants, and does not wait', async () => {
    const overtake = () => {
      stack.parameters['AppImageTag'] = 'm2';
      return { TargetHealthDescriptions: [] };
    };
    const { exitCode, stdout } = await release({ stack, answers: { DescribeTargetHealth: overtake } });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('The stack does not want m1 any more, but m2: another release has overtaken this one.');
    expect(stdout).not.toContain('m1 serves');
  });
});

describe('another operation on the stack', () => {
  const BUSY = 'Stack:1 is in UPDATE_IN_PROGRESS state and can not be updated.';

  beforeEach(() => {
    plan = { ...plan, migration: NO_MIGRATION };
  });

  test('that was faster by a moment is no failure: this release waits for its turn', async () => {
    let refusals = 0;
    stack.onUpdate = () => {
      if (refusals++ > 0) return 'UPDATE_COMPLETE';
      stack.status = 'UPDATE_IN_PROGRESS';
      setTimeout(() => {
        stack.status = 'UPDATE_COMPLETE';
      }, 50);
      throw validationError(BUSY);
    };
    const { exitCode, progress } = await release({ stack });
    expect(exitCode).toBe(0);
    expect(progress).toMatch(
      /ProoflinkDev is UPDATE_IN_PROGRESS\. Waiting since .* for the end of that deployment, until /,
    );
    expect(stack.steps).toEqual(['update AppImageTag=m1']);
  });

  test('that begins right after this update does not decide how this one ended', async () => {
    const { DescribeStackEvents: describe, ...answers } = stack.answers as { DescribeStackEvents: () => object };
    const describeBoth = () => {
      const described = describe();
      if (stack.steps.length > 0) stack.addEvent('UPDATE_ROLLBACK_COMPLETE');
      return described;
    };
    const { exitCode } = await release({ stack, answers: { ...answers, DescribeStackEvents: describeBoth } });
    expect(exitCode).toBe(0);
  });
});

describe('while CloudFormation waits for the web service', () => {
  beforeEach(() => {
    plan = { ...plan, migration: NO_MIGRATION };
    // Enough turns of the event loop that ECS is asked again and again.
    stack.looksBeforeEnd = 60;
  });

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
    const oldEvent = { id: 'old', message: 'has reached a steady state' };
    const newEvent = { id: 'new', message: 'was unable to place a task: PASSWORD="hunter2hunter2"' };
    let questions = 0;
    const answers = {
      // The first look asks for web's service and for a team's.
      DescribeServices: () => serviceWith(questions++ < 2 ? [oldEvent] : [newEvent, oldEvent]),
    };
    const { progress } = await release({ stack, answers });
    expect(progress.match(/ {2}ECS: /g)).toHaveLength(1);
    expect(progress).toContain('was unable to place a task');
    expect(progress).not.toContain('hunter2');
    expect(progress).not.toContain('steady state');
  });

  test('an event that comes with the end of the update is shown, such as that of a steady state', async () => {
    const lastEvent = { id: 'last', message: 'has reached a steady state' };
    const hasEnded = () => stack.parameters['AppImageTag'] === 'm1';
    const answers = { DescribeServices: () => serviceWith(hasEnded() ? [lastEvent] : []) };
    const { progress } = await release({ stack, answers });
    expect(progress).toContain('ECS: has reached a steady state');
  });

  test('after three tasks that ended, the command that rolls back now is shown, once', async () => {
    const stoppedTasks = ['a', 'b', 'c'].map((id) => ({ id, tag: 'm0', reason: 'Essential container in task exited' }));
    const { progress } = await release({ stack, stoppedTasks });
    const command = 'aws cloudformation cancel-update-stack --region ap-northeast-1 --stack-name ProoflinkDev';
    expect(progress.split(command)).toHaveLength(2);
  });
});
