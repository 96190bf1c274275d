import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared();
const { cloudFormation } = account;

/** Name that the CDK CLI gives its change sets, of every stack. */
const CDK_NAME = { ChangeSetName: 'cdk-deploy-change-set' };

/** Template with log groups; the first one's retention is a parameter. */
function template(first: string, ...others: string[]): Resources {
  const resources: Resources = { Group0: logGroup(first, { RetentionInDays: { Ref: 'Days' } }) };
  others.forEach((name, index) => {
    resources[`Group${index + 1}`] = logGroup(name);
  });
  return {
    Parameters: { Days: { Type: 'Number', Default: '3' } },
    Resources: resources,
  };
}

/** Creates a change set that creates a stack. */
function prepareCreation(stackName: string, body = template(stackName)) {
  return account.changeSet(stackName, body, { ...CDK_NAME, ChangeSetType: 'CREATE' });
}

/** Creates a change set that updates a stack. */
function prepareUpdate(stackName: string, body = template(stackName), name = CDK_NAME) {
  return account.changeSet(stackName, body, {
    ...name,
    ChangeSetType: 'UPDATE',
    Parameters: [{ ParameterKey: 'Days', UsePreviousValue: true }],
  });
}

function execute(stackName: string) {
  return cloudFormation.executeChangeSet({ ...CDK_NAME, StackName: stackName });
}

function describeChangeSet(stackName: string) {
  return cloudFormation.describeChangeSet({ ...CDK_NAME, StackName: stackName });
}

function deleteChangeSet(stackName: string) {
  return cloudFormation.deleteChangeSet({ ...CDK_NAME, StackName: stackName });
}

async function createStack(stackName: string): Promise<void> {
  await prepareCreation(stackName);
  await execute(stackName);
}

/** Status of each stack of this name, deleted ones aside. */
async function statusesOf(stackName: string): Promise<(string | undefined)[]> {
  const { Stacks = [] } = await cloudFormation.describeStacks({});
  const namesakes = Stacks.filter(({ StackName }) => StackName === stackName);
  return namesakes.map(({ StackStatus }) => StackStatus);
}

describe('a stack in review', () => {
  it('refuses a second change set of the same name until the first is deleted, and is no second stack', async () => {
    await prepareCreation('reviewed', template('reviewed-a'));
    await expect(prepareCreation('reviewed', template('reviewed-b'))).rejects.toThrow('cannot be created');
    await deleteChangeSet('reviewed');
    await prepareCreation('reviewed', template('reviewed-b'));
    expect(await statusesOf('reviewed')).toEqual(['REVIEW_IN_PROGRESS']);
    await execute('reviewed');
    expect(await statusesOf('reviewed')).toEqual(['CREATE_COMPLETE']);
  });

  it('is created by its change set, and then refuses another one that would create it', async () => {
    await prepareCreation('executed');
    await execute('executed');
    await expect(prepareCreation('executed')).rejects.toThrow('already exists');
  });
});

it('a change set without changes fails, and cannot be executed', async () => {
  await createStack('same');
  await prepareUpdate('same');
  expect(await describeChangeSet('same')).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason: expect.stringMatching(/^The submitted information didn't contain changes\./) as string,
  });
  await expect(execute('same')).rejects.toThrow('cannot be executed');
});

describe('a change set that would create a resource under a name that exists', () => {
  beforeAll(async () => {
    await createStack('first-owner');
    await prepareCreation('second-owner', template('second-owner', 'first-owner'));
  });

  it('fails before anything is created', async () => {
    expect(await describeChangeSet('second-owner')).toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringContaining('[AWS::EarlyValidation::ResourceExistenceCheck]') as string,
    });
    await expect(execute('second-owner')).rejects.toThrow('cannot be executed');
    expect(await statusesOf('second-owner')).toEqual(['REVIEW_IN_PROGRESS']);
  });

  it('has an event that names the resource', async () => {
    const { OperationEvents } = await cloudFormation.describeEvents({ ...CDK_NAME, StackName: 'second-owner' });
    expect(OperationEvents).toHaveLength(1);
    expect(OperationEvents?.[0]).toMatchObject({
      EventType: 'VALIDATION_ERROR',
      LogicalResourceId: 'Group1',
      ValidationStatusReason: "Resource of type 'AWS::Logs::LogGroup' with identifier 'first-owner' already exists.",
    });
  });

  it('leaves a stack in review that can be deleted', async () => {
    await account.remove('second-owner');
    expect(await statusesOf('second-owner')).toEqual([]);
  });
});

describe('a stack has one owner at a time', () => {
  const prepare = (stackName: string, name: string) =>
    prepareUpdate(stackName, template(stackName, `${stackName}-${name}`), { ChangeSetName: name });

  it('once one of several change sets is executed, the others are gone', async () => {
    await createStack('several');
    const first = await prepare('several', 'first');
    await cloudFormation.executeChangeSet(await prepare('several', 'second'));
    await expect(cloudFormation.describeChangeSet(first)).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  });

  // As a release does between the plan of `revert-drift` and its execution.
  it('an update without a change set makes the older ones obsolete', async () => {
    await createStack('updated');
    const older = await prepare('updated', 'older');
    await account.update('updated', { Group0: logGroup('updated') });
    expect(await cloudFormation.describeChangeSet(older)).toMatchObject({ ExecutionStatus: 'OBSOLETE' });
    await expect(cloudFormation.executeChangeSet(older)).rejects.toMatchObject({
      name: 'InvalidChangeSetStatusException',
      message: expect.stringContaining('current execution status of [OBSOLETE]') as string,
    });
  });

  it('a repeated request gets the error of a change set that cannot be executed, although it runs', async () => {
    await createStack('repeated');
    const changeSet = await prepare('repeated', 'once');
    account.aws.pace(200);
    const first = cloudFormation.executeChangeSet(changeSet);
    const repeated = cloudFormation.executeChangeSet(changeSet);
    const results = await Promise.allSettled([first, repeated]);
    account.aws.pace(0);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await account.statusOf('repeated')).toBe('UPDATE_COMPLETE');
  });
});

it('a parameter that names nothing in Parameter Store is refused, as after CDKToolkit was deleted', async () => {
  const Version = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' };
  const creation = account.changeSet('unbootstrapped', { ...template('unbootstrapped'), Parameters: { Version } });
  await expect(creation).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Unable to fetch parameters [/cdk-bootstrap/hnb659fds/version] from parameter store for this account.',
  });
});

describe('an operation whose client has gone', () => {
  const stackName = 'pace';

  /** Waits, without a timer, until the stack is or is no longer created. */
  async function untilCreating(isCreating: boolean): Promise<void> {
    for (;;) {
      const [status] = await statusesOf(stackName);
      if ((status === 'CREATE_IN_PROGRESS') === isCreating) return;
    }
  }

  /** Begins a creation with 200 ms a resource, and aborts the request. */
  beforeAll(async () => {
    account.aws.pace(200);
    const client = new AbortController();
    const body = template('pace-1', 'pace-2', 'pace-3', 'pace-4', 'pace-5');
    const creation = cloudFormation.createStack(
      { StackName: stackName, TemplateBody: JSON.stringify(body) },
      { abortSignal: client.signal },
    );
    const aborted = expect(creation).rejects.toThrow('aborted');
    await untilCreating(true);
    client.abort();
    await aborted;
  });

  it.each([
    { title: 'an update', operation: () => account.update(stackName, { Group: logGroup('pace-6') }) },
    { title: 'a change set', operation: () => prepareUpdate(stackName, template('pace-6')) },
    { title: 'a deletion', operation: () => account.remove(stackName) },
  ])('refuses $title meanwhile', async ({ operation }) => {
    await expect(operation()).rejects.toThrow(/CREATE_IN_PROGRESS state and can not be/);
  });

  it('continues to its end', async () => {
    account.aws.pace(0);
    await untilCreating(false);
    expect(await statusesOf(stackName)).toEqual(['CREATE_COMPLETE']);
  });
});
