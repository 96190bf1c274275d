import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared();
const { cloudFormation } = account;
const SET = { ChangeSetName: 'cdk-deploy-change-set' };

/** Template with log groups; the first one's retention is a parameter. */
function template(first: string, ...others: string[]): Resources {
  const groups = [logGroup(first, {}, { RetentionInDays: { Ref: 'Days' } }), ...others.map((name) => logGroup(name))];
  const Resources = Object.fromEntries(groups.map((group, index) => [`Group${index}`, group]));
  return { Parameters: { Days: { Type: 'Number', Default: '3' } }, Resources };
}

const prepare = (name: string, ChangeSetType: 'CREATE' | 'UPDATE', body: Resources, set = SET) => {
  const Parameters = ChangeSetType === 'UPDATE' ? [{ ParameterKey: 'Days', UsePreviousValue: true }] : [];
  return account.changeSet(name, body, { ...set, ChangeSetType, Parameters });
};
const execute = (StackName: string) => cloudFormation.executeChangeSet({ ...SET, StackName });
const describeSet = (StackName: string) => cloudFormation.describeChangeSet({ ...SET, StackName });
const remove = (StackName: string) => cloudFormation.deleteChangeSet({ ...SET, StackName });
const create = async (name: string) => {
  await prepare(name, 'CREATE', template(name));
  await execute(name);
};

async function statusesOf(name: string): Promise<(string | undefined)[]> {
  const { Stacks = [] } = await cloudFormation.describeStacks({});
  return Stacks.filter(({ StackName }) => StackName === name).map(({ StackStatus }) => StackStatus);
}

describe('change sets', () => {
  it('another change set of a stack in review creates no second stack', async () => {
    await prepare('again', 'CREATE', template('again-a'));
    await expect(prepare('again', 'CREATE', template('again-b'))).rejects.toThrow('cannot be created');
    await remove('again');
    await prepare('again', 'CREATE', template('again-b'));
    expect(await statusesOf('again')).toEqual(['REVIEW_IN_PROGRESS']);
    await execute('again');
    expect(await statusesOf('again')).toEqual(['CREATE_COMPLETE']);
    await expect(prepare('again', 'CREATE', template('again-b'))).rejects.toThrow('already exists');
  });

  it('deleting a missing change set succeeds, describing or executing it fails', async () => {
    await prepare('gone', 'CREATE', template('gone'));
    await remove('gone');
    await remove('gone');
    await expect(describeSet('gone')).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
    await expect(execute('gone')).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  });

  it('deleting a stack deletes its change sets, so that a new stack can reuse the name', async () => {
    await create('reborn');
    await account.remove('reborn');
    await create('reborn');
    expect(await statusesOf('reborn')).toEqual(['CREATE_COMPLETE']);
  });

  it('change sets of two stacks may share a name', async () => {
    for (const name of ['one', 'two']) await prepare(name, 'CREATE', template(name));
    expect((await describeSet('one')).StackName).toBe('one');
    await remove('one');
    expect((await describeSet('two')).StackName).toBe('two');
  });

  it('a change set without changes fails, and cannot be executed', async () => {
    await create('same');
    await prepare('same', 'UPDATE', template('same'));
    expect(await describeSet('same')).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason: expect.stringMatching(/^The submitted information didn't contain changes\./) as string,
    });
    await expect(execute('same')).rejects.toThrow('cannot be executed');
  });

  it('a change set that would create what exists fails before anything is made, and its events name the resource', async () => {
    await create('first-owner');
    await prepare('second-owner', 'CREATE', template('second-owner', 'first-owner'));
    expect(await describeSet('second-owner')).toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringContaining('[AWS::EarlyValidation::ResourceExistenceCheck]') as string,
    });
    const { OperationEvents } = await cloudFormation.describeEvents({ ...SET, StackName: 'second-owner' });
    expect(OperationEvents).toMatchObject([
      {
        EventType: 'VALIDATION_ERROR',
        LogicalResourceId: 'Group1',
        ValidationStatusReason: "Resource of type 'AWS::Logs::LogGroup' with identifier 'first-owner' already exists.",
      },
    ]);
    await expect(execute('second-owner')).rejects.toThrow('cannot be executed');
    expect(await statusesOf('second-owner')).toEqual(['REVIEW_IN_PROGRESS']);
    await account.remove('second-owner');
    expect(await statusesOf('second-owner')).toEqual([]);
  });

  it('of several, all others are obsolete once one is executed', async () => {
    await create('several');
    const sets = ['first', 'second'].map((name) => ({ StackName: 'several', ChangeSetName: name }));
    for (const set of sets) await prepare('several', 'UPDATE', template('several', set.ChangeSetName), set);
    await cloudFormation.executeChangeSet({ StackName: 'several', ChangeSetName: 'second' });
    const first = cloudFormation.executeChangeSet({ StackName: 'several', ChangeSetName: 'first' });
    await expect(first).rejects.toThrow('cannot be executed');
  });
});

it('an operation continues after its client has aborted, and refuses others meanwhile', async () => {
  const leave = new AbortController();
  const StackName = 'pace';
  const TemplateBody = JSON.stringify(template('pace-1', 'pace-2', 'pace-3', 'pace-4', 'pace-5'));
  account.aws.pace(200);
  const client = cloudFormation.createStack({ StackName, TemplateBody }, { abortSignal: leave.signal });
  const left = expect(client).rejects.toThrow('aborted');
  while ((await statusesOf(StackName))[0] !== 'CREATE_IN_PROGRESS') await Promise.resolve();
  leave.abort();
  await left;
  const others = [
    () => account.update(StackName, { Group: logGroup('pace-6') }),
    () => prepare(StackName, 'UPDATE', template('pace-6')),
    () => account.remove(StackName),
  ];
  for (const other of others) await expect(other()).rejects.toThrow(/CREATE_IN_PROGRESS state and can not be/);
  account.aws.pace(0);
  while ((await statusesOf(StackName))[0] === 'CREATE_IN_PROGRESS') await Promise.resolve();
  expect(await statusesOf(StackName)).toEqual(['CREATE_COMPLETE']);
});
