import { Account } from './support/account';
import { CRASHING_PROGRAM, ServiceStack } from './support/service-stack';

const account = Account.shared({ run: true, usedBefore: true, patience: 2 });
const stack = new ServiceStack(account, 'shop');
const { cloudFormation } = account;
const StackName = stack.name;

beforeAll(() => stack.prepare(), 60_000);

/** CloudFormation's reason for a failed resource. */
function reasonOf(message: string, code: string): unknown {
  const reason = `"${message}" \\(RequestToken: [\\w-]+, HandlerErrorCode: ${code}\\)`;
  return expect.stringMatching(new RegExp(`^Resource handler returned message: ${reason}$`));
}

const CIRCUIT_BREAKER_REASON = reasonOf(
  "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
  'GeneralServiceException',
);

// The tests are the life of one stack: each begins where the one before has ended.

describe('a service', () => {
  it('without a task is stable at once', async () => {
    expect(await stack.deploy({ Tag: 'v1', Count: '0' })).toBe('CREATE_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 0, tag: 'v1' });
  });

  it('ends an update once its deployment has completed', async () => {
    expect(await stack.deploy({ Tag: 'v1', Count: '1' })).toBe('UPDATE_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, tag: 'v1' });
  });
});

describe('a version that crashes', () => {
  beforeAll(async () => {
    await stack.push('crashes', CRASHING_PROGRAM);
    expect(await stack.deploy({ Tag: 'crashes', Count: '1' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('fails the update by the circuit breaker', async () => {
    expect(await account.failures(StackName)).toMatchObject({ Service: CIRCUIT_BREAKER_REASON });
  });

  it('is rolled back with its parameters: the old version runs', async () => {
    expect(await account.parameters(StackName)).toMatchObject({ Tag: 'v1', Count: '1' });
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, tag: 'v1' });
  });

  it('is reported by ECS: the failed task, the failed deployment, the rollback', async () => {
    const { events: newestFirst = [] } = await stack.service();
    const messages = newestFirst.map(({ message = '' }) => message).reverse();
    const failure = messages.findIndex((message) => message.includes('Essential container in task exited'));
    const [failedTask, failedDeployment, rollback, ...later] = messages.slice(failure);
    expect(failedTask).toMatch(/\(task \w+\) failed to start: Essential container in task exited/);
    expect(failedDeployment).toMatch(/^\(service shop\) \(deployment ecs-svc\/\d+\) deployment failed: /);
    expect(failedDeployment).toMatch(/ deployment failed: tasks failed to start\.$/);
    expect(rollback).toMatch(/\(service shop\) rolling back to deployment ecs-svc\/\d+\.$/);
    expect(later).toEqual([]);
  });
});

describe('an update while the database of both versions sleeps', () => {
  beforeAll(async () => {
    await stack.push('v2');
    await stack.stopTasks();
    stack.setDatabase('asleep');
    expect(await stack.deploy({ Tag: 'v2', Count: '1' })).toBe('UPDATE_ROLLBACK_FAILED');
  });

  it('fails, and so does its rollback', async () => {
    expect(await account.parameters(StackName)).toMatchObject({ Tag: 'v1', Count: '1' });
    const failures = await account.failures(StackName);
    expect(failures['Service']).toEqual(CIRCUIT_BREAKER_REASON);
    expect(failures[StackName]).toBe('The following resource(s) failed to update: [Service]. ');
    expect(await stack.deployment()).toEqual({ rolloutState: 'FAILED', runningCount: 0, tag: 'v1' });
  });

  it('is rolled back by ContinueUpdateRollback once the database is awake', async () => {
    stack.setDatabase('awake');
    await cloudFormation.continueUpdateRollback({ StackName });
    expect(await account.statusOf(StackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, tag: 'v1' });
  });
});

describe('an update of a service', () => {
  beforeAll(() => {
    stack.setDatabase('awake');
  });

  it('to a version that crashes does not stabilize without a circuit breaker', async () => {
    await stack.push('crashes-once-more', CRASHING_PROGRAM);
    const circuitBreaker = { Enable: false, Rollback: false };
    const status = await stack.deploy({ Tag: 'crashes-once-more', Count: '1' }, circuitBreaker);
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await account.failures(StackName)).toMatchObject({
      Service: reasonOf('Exceeded attempts to wait', 'NotStabilized'),
    });
  });

  it('to an image without a local program is stable at once', async () => {
    const parameters = { Tag: '1', Repository: 'public.ecr.aws/nginx/nginx', Count: '2' };
    expect(await stack.deploy(parameters)).toBe('UPDATE_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 2, tag: '1' });
  });
});

it('a stack whose first version crashes is rolled back entirely', async () => {
  expect(await account.remove(StackName)).toBeUndefined();
  expect(await stack.deploy({ Tag: 'crashes', Count: '1' })).toBe('ROLLBACK_COMPLETE');
  expect(await account.failures(StackName)).toMatchObject({ Service: CIRCUIT_BREAKER_REASON });
  expect(await stack.service()).toMatchObject({ status: 'INACTIVE' });
});
