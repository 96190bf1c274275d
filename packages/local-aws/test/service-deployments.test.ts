import { Account } from './support/account';
import { groups } from './support/log-groups';
import { CRASHES, ServiceStack } from './support/service-stack';

const BREAKER = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
const WAITED_TOO_LONG = 'Exceeded attempts to wait';

const account = Account.shared({ run: true, usedBefore: true, patience: 2 });
const stack = new ServiceStack(account, 'shop');
const { cloudFormation } = account;
const StackName = stack.name;

beforeAll(() => stack.prepare(), 60_000);

/** CloudFormation's reason for a failed resource. */
function reasonOf(message: string, code: string): unknown {
  return expect.stringMatching(
    new RegExp(
      `^Resource handler returned message: "${message}" \\(RequestToken: [\\w-]+, HandlerErrorCode: ${code}\\)$`,
    ),
  );
}

const breakerReason = reasonOf(BREAKER, 'GeneralServiceException');

/** Status of each event of the service since the last operation began, oldest first. */
async function serviceEvents(): Promise<string[]> {
  const { StackEvents = [] } = await cloudFormation.describeStackEvents({ StackName });
  const begin = StackEvents.findIndex(({ ResourceStatusReason }) => ResourceStatusReason === 'User Initiated');
  return StackEvents.slice(0, begin)
    .filter(({ LogicalResourceId }) => LogicalResourceId === 'Service')
    .map(({ ResourceStatus = '' }) => ResourceStatus)
    .reverse();
}

describe('CloudFormation and a service', () => {
  it('a service without a task is stable at once', async () => {
    expect(await stack.deploy({ Tag: 'v1', Count: '0' })).toBe('CREATE_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 0, tag: 'v1' });
  });

  it('an update ends once the deployment has completed', async () => {
    expect(await stack.deploy({ Tag: 'v1', Count: '1' })).toBe('UPDATE_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, tag: 'v1' });
  });

  it('its circuit breaker has every setting of the template, also one that botocore does not know', async () => {
    const drift = await cloudFormation.detectStackResourceDrift({ StackName, LogicalResourceId: 'Service' });
    expect(drift.StackResourceDrift).toMatchObject({ StackResourceDriftStatus: 'IN_SYNC' });
    expect(drift.StackResourceDrift?.ActualProperties).toContain('"ResetOnHealthyTask": false');
  });

  it('a version that crashes fails the update, which is rolled back with its parameters', async () => {
    await stack.push('crashes', CRASHES);
    expect(await stack.deploy({ Tag: 'crashes', Count: '1' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await account.parameters(StackName)).toMatchObject({ Tag: 'v1', Count: '1' });
    expect(await account.failures(StackName)).toMatchObject({ Service: breakerReason });
    expect(await serviceEvents()).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_FAILED',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE',
    ]);
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, tag: 'v1' });
  });

  it('what depends on a service that fails is not touched', async () => {
    expect(await groups(account, 'shop-')).toEqual({ 'shop-v1': undefined });
  });

  it('ECS reports the failed task, the failed deployment and the rollback, oldest first', async () => {
    const { events = [] } = await stack.service();
    const messages = events.map(({ message = '' }) => message).reverse();
    const failure = messages.findIndex((message) => message.includes('no such table'));
    expect(messages.slice(failure)).toEqual([
      expect.stringMatching(/\(task \w+\) failed to start: Essential container in task exited/),
      expect.stringMatching(
        /^\(service shop\) \(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\.$/,
      ),
      expect.stringMatching(/\(service shop\) rolling back to deployment ecs-svc\/\d+\.$/),
    ]);
  });

  it('the rollback fails, too, while the database of both versions sleeps', async () => {
    await stack.push('v2');
    await stack.stopTasks();
    stack.setDatabase('asleep');
    expect(await stack.deploy({ Tag: 'v2', Count: '1' })).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await account.parameters(StackName)).toMatchObject({ Tag: 'v1', Count: '1' });
    const failures = await account.failures(StackName);
    expect(failures['Service']).toEqual(breakerReason);
    expect(failures[StackName]).toBe('The following resource(s) failed to update: [Service]. ');
    expect(await stack.deployment()).toEqual({ rolloutState: 'FAILED', runningCount: 0, tag: 'v1' });
  });

  it('a stack in UPDATE_ROLLBACK_FAILED is neither updated nor rolled back anew', async () => {
    await expect(stack.deploy({ Tag: 'v2', Count: '1' })).rejects.toThrow('is in UPDATE_ROLLBACK_FAILED state');
    await expect(cloudFormation.rollbackStack({ StackName })).rejects.toThrow('is in UPDATE_ROLLBACK_FAILED state');
  });

  it('ContinueUpdateRollback fails again while the database sleeps, and completes once it is awake', async () => {
    await cloudFormation.continueUpdateRollback({ StackName });
    expect(await account.statusOf(StackName)).toBe('UPDATE_ROLLBACK_FAILED');
    stack.setDatabase('awake');
    await cloudFormation.continueUpdateRollback({ StackName });
    expect(await account.statusOf(StackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, tag: 'v1' });
  });

  it('a rollback fails if the version that still runs has lost its database', async () => {
    await stack.push('crashes-again', CRASHES);
    stack.setDatabase('asleep');
    expect(await stack.deploy({ Tag: 'crashes-again', Count: '1' })).toBe('UPDATE_ROLLBACK_FAILED');
  });

  it('ContinueUpdateRollback skips only resources whose rollback failed', async () => {
    const skip = (...ResourcesToSkip: string[]) =>
      cloudFormation.continueUpdateRollback({ StackName, ResourcesToSkip });
    await expect(skip('Later')).rejects.toThrow('[Later] did not fail in the rollback of shop; [Service] did');
    await skip('Service');
    expect(await account.statusOf(StackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expect(skip('Service')).rejects.toThrow('is in UPDATE_ROLLBACK_COMPLETE state');
    stack.setDatabase('awake');
  });

  it('without a circuit breaker the service does not stabilize', async () => {
    await stack.push('crashes-once-more', CRASHES);
    const breaker = { Enable: false, Rollback: false };
    expect(await stack.deploy({ Tag: 'crashes-once-more', Count: '1' }, breaker)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await account.failures(StackName)).toMatchObject({ Service: reasonOf(WAITED_TOO_LONG, 'NotStabilized') });
  });

  it('a service whose image has no local program is stable at once', async () => {
    const Repository = 'public.ecr.aws/nginx/nginx';
    expect(await stack.deploy({ Tag: '1', Repository, Count: '2' })).toBe('UPDATE_COMPLETE');
    expect(await stack.deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 2, tag: '1' });
  });

  it('a stack whose first version crashes is rolled back entirely', async () => {
    expect(await account.remove(StackName)).toBeUndefined();
    expect(await stack.deploy({ Tag: 'crashes', Count: '1' })).toBe('ROLLBACK_COMPLETE');
    expect(await account.failures(StackName)).toMatchObject({ Service: breakerReason });
    expect(await stack.service()).toMatchObject({ status: 'INACTIVE' });
  });
});
