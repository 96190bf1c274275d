import {} from '@aws-sdk/client-cloudformation';
import { Account } from './support/account';

const account = Account.shared();

const SET = { ChangeSetName: 'cdk-deploy-change-set' };

/** Template with log groups; the first one's retention is a parameter. */
function template(...names: string[]): string {
  const Resources = Object.fromEntries(
    names.map((LogGroupName, index) => {
      const retention = index === 0 ? { RetentionInDays: { Ref: 'Days' } } : {};
      return [`Group${index}`, { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName, ...retention } }];
    }),
  );
  return JSON.stringify({ Parameters: { Days: { Type: 'Number', Default: '3' } }, Resources });
}

const prepare = (StackName: string, ChangeSetType: 'CREATE' | 'UPDATE', TemplateBody: string) =>
  account.cloudFormation.createChangeSet({
    ...SET,
    StackName,
    ChangeSetType,
    TemplateBody,
    Parameters: ChangeSetType === 'UPDATE' ? [{ ParameterKey: 'Days', UsePreviousValue: true }] : [],
  });
const execute = (StackName: string) => account.cloudFormation.executeChangeSet({ ...SET, StackName });
const describeSet = (StackName: string) => account.cloudFormation.describeChangeSet({ ...SET, StackName });
const remove = (StackName: string) => account.cloudFormation.deleteChangeSet({ ...SET, StackName });

async function statusesOf(name: string): Promise<(string | undefined)[]> {
  const { Stacks = [] } = await account.cloudFormation.describeStacks({});
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
    await prepare('reborn', 'CREATE', template('reborn'));
    await execute('reborn');
    await account.cloudFormation.deleteStack({ StackName: 'reborn' });
    await prepare('reborn', 'CREATE', template('reborn'));
    await execute('reborn');
    expect(await statusesOf('reborn')).toEqual(['CREATE_COMPLETE']);
  });

  it('change sets of two stacks may share a name', async () => {
    for (const name of ['one', 'two']) await prepare(name, 'CREATE', template(name));
    expect((await describeSet('one')).StackName).toBe('one');
    await remove('one');
    expect((await describeSet('two')).StackName).toBe('two');
  });

  it('a change set without changes fails, and cannot be executed', async () => {
    await prepare('same', 'CREATE', template('same'));
    await execute('same');
    await prepare('same', 'UPDATE', template('same'));
    expect(await describeSet('same')).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' });
    expect((await describeSet('same')).StatusReason).toMatch(/^The submitted information didn't contain changes\./);
    await expect(execute('same')).rejects.toThrow('cannot be executed');
  });
});

describe('several change sets of a stack', () => {
  it('are obsolete once one is executed', async () => {
    await prepare('several', 'CREATE', template('several'));
    await execute('several');
    const StackName = 'several';
    for (const ChangeSetName of ['first', 'second']) {
      const TemplateBody = template('several', ChangeSetName);
      const Parameters = [{ ParameterKey: 'Days', UsePreviousValue: true }];
      await account.cloudFormation.createChangeSet({ StackName, ChangeSetName, TemplateBody, Parameters });
    }
    await account.cloudFormation.executeChangeSet({ StackName, ChangeSetName: 'second' });
    await expect(account.cloudFormation.executeChangeSet({ StackName, ChangeSetName: 'first' })).rejects.toThrow(
      'cannot be executed',
    );
  });
});

describe('an operation', () => {
  it('continues after its client has aborted, and refuses others meanwhile', async () => {
    const leave = new AbortController();
    const TemplateBody = template('pace-1', 'pace-2', 'pace-3', 'pace-4', 'pace-5');
    account.aws.pace(200);
    const client = account.cloudFormation.createStack(
      { StackName: 'pace', TemplateBody },
      { abortSignal: leave.signal },
    );
    const left = expect(client).rejects.toThrow('aborted');
    while ((await statusesOf('pace'))[0] !== 'CREATE_IN_PROGRESS') await Promise.resolve();
    leave.abort();
    await left;
    const refused = /CREATE_IN_PROGRESS state and can not be/;
    await expect(
      account.cloudFormation.updateStack({ StackName: 'pace', TemplateBody: template('pace-6') }),
    ).rejects.toThrow(refused);
    await expect(prepare('pace', 'UPDATE', template('pace-6'))).rejects.toThrow(refused);
    await expect(account.cloudFormation.deleteStack({ StackName: 'pace' })).rejects.toThrow(refused);
    account.aws.pace(0);
    while ((await statusesOf('pace'))[0] === 'CREATE_IN_PROGRESS') await Promise.resolve();
    expect(await statusesOf('pace')).toEqual(['CREATE_COMPLETE']);
  });
});
