import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Account, type Resources } from './support/account';
import { logGroup, logGroupRetentions } from './support/log-groups';
import { awsCall, functionWith, roleAllowing } from './support/resources';

const account = Account.shared({ usedBefore: true });
const { cloudFormation } = account;
const logs = new CloudWatchLogs(account.client);

/** The name `taken`. Early validation compares only names that stand in the template as they are. */
const TAKEN = { 'Fn::Join': ['', ['tak', 'en']] };

/** A log group with this retention, a new one, and one that fails since its name is taken. */
function failing(stackName: string, retention: number): Resources {
  return {
    Kept: logGroup(`${stackName}-kept`, { RetentionInDays: retention }),
    New: logGroup(`${stackName}-new`, { DependsOn: 'Kept', DeletionPolicy: 'Retain' }),
    Taken: logGroup(TAKEN, { DependsOn: 'New' }),
  };
}

beforeAll(() => logs.createLogGroup({ logGroupName: 'taken' }));

describe('after a failed update whose rollback was disabled', () => {
  const stackName = 'paused';
  const first = { Kept: logGroup('paused-kept', { RetentionInDays: 3 }) };

  beforeAll(async () => {
    await account.deploy(stackName, first);
    const changeSet = await account.changeSet(stackName, { Resources: failing(stackName, 7) });
    await cloudFormation.executeChangeSet({ ...changeSet, DisableRollback: true });
  });

  it('what was changed stays', async () => {
    expect(await account.statusOf(stackName)).toBe('UPDATE_FAILED');
    expect(await logGroupRetentions(account, stackName)).toEqual({ 'paused-kept': 7, 'paused-new': undefined });
  });

  it('the stack refuses an update until it is rolled back', async () => {
    const update = account.update(stackName, first);
    await expect(update).rejects.toThrow('is in UPDATE_FAILED state and can not be updated');
  });

  it('the stack refuses ContinueUpdateRollback: no rollback has begun', async () => {
    const continuation = cloudFormation.continueUpdateRollback({ StackName: stackName });
    await expect(continuation).rejects.toThrow('is in UPDATE_FAILED state');
  });

  it('a rollback returns to the last template, and deletes new resources in spite of their policy', async () => {
    // As `cdk rollback` asks for it.
    await cloudFormation.rollbackStack({ StackName: stackName, RetainExceptOnCreate: true });
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await logGroupRetentions(account, stackName)).toEqual({ 'paused-kept': 3 });
  });
});

describe('a stack in UPDATE_ROLLBACK_FAILED', () => {
  const stackName = 'stuck';

  /** Custom resource that creates a log group on creation, update and rollback; it fails on one that exists. */
  function withCall(name: string): Resources {
    return {
      ...functionWith(roleAllowing('logs:*')),
      Call: awsCall({
        client: 'cloudwatch-logs',
        command: 'CreateLogGroup',
        undo: 'CreateLogGroup',
        parameters: { logGroupName: name },
      }),
    };
  }
  const update = { ...withCall('second'), Taken: logGroup(TAKEN, { DependsOn: 'Call' }) };

  beforeAll(async () => {
    await account.deploy(stackName, withCall('first'));
    // The rollback creates the log group `first` again, and fails.
    await account.update(stackName, update);
  });

  it('names the resource and the service’s reason', async () => {
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_FAILED');
    const failures = await account.failures(stackName);
    expect(failures['Call']).toContain('already exists');
    expect(failures[stackName]).toBe('The following resource(s) failed to update: [Call]. ');
  });

  it('is rolled back once the reason is gone', async () => {
    await logs.deleteLogGroup({ logGroupName: 'first' });
    await cloudFormation.continueUpdateRollback({ StackName: stackName });
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('is rolled back without a resource to skip', async () => {
    await logs.deleteLogGroup({ logGroupName: 'second' });
    expect(await account.update(stackName, update)).toBe('UPDATE_ROLLBACK_FAILED');
    await cloudFormation.continueUpdateRollback({ StackName: stackName, ResourcesToSkip: ['Call'] });
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
