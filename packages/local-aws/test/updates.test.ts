import { Account, CAPABILITIES, type Resources } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared();
const { cloudFormation } = account;

const ROLE = 'arn:aws:iam::123456789012:role/deployments';

/** Template with a role and two parameters, of which the first one has a default. */
function template(stackName: string): Resources {
  const statement = { Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const trust = { Version: '2012-10-17', Statement: statement };
  return {
    Parameters: { Days: { Type: 'Number', Default: '3' }, Name: { Type: 'String' } },
    Resources: {
      Group: logGroup({ Ref: 'Name' }, { RetentionInDays: { Ref: 'Days' } }),
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: stackName, AssumeRolePolicyDocument: trust } },
    },
  };
}

/** Deploys a stack as the CDK CLI does, with a role and a tag, and another value than the default. */
async function deploy(stackName: string): Promise<void> {
  const Parameters = [
    { ParameterKey: 'Days', ParameterValue: '7' },
    { ParameterKey: 'Name', ParameterValue: stackName },
  ];
  const Tags = [{ Key: 'Project', Value: 'shop' }];
  await account.execute(stackName, template(stackName), { ChangeSetType: 'CREATE', Parameters, RoleARN: ROLE, Tags });
}

async function stackOf(stackName: string) {
  const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName: stackName });
  return stack;
}

const previous = (ParameterKey: string) => ({ ParameterKey, UsePreviousValue: true });
const days = (ParameterValue: string) => ({ ParameterKey: 'Days', ParameterValue });

describe('an update with the previous template', () => {
  const request = { StackName: 'previous', UsePreviousTemplate: true, ...CAPABILITIES };

  beforeAll(() => deploy('previous'));

  it('keeps the role, the tags and each parameter that is to keep its value; its events have its token', async () => {
    const Parameters = [days('14'), previous('Name')];
    await cloudFormation.updateStack({ ...request, Parameters, ClientRequestToken: 'mine' });
    expect(await account.statusOf('previous')).toBe('UPDATE_COMPLETE');
    expect(await stackOf('previous')).toMatchObject({
      RoleARN: ROLE,
      LastUpdatedTime: expect.any(Date) as Date,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Tags: [{ Key: 'Project', Value: 'shop' }],
    });
    expect(await account.parameters('previous')).toEqual({ Days: '14', Name: 'previous' });
    const { StackEvents = [] } = await cloudFormation.describeStackEvents({ StackName: 'previous' });
    const own = StackEvents.filter(({ ClientRequestToken }) => ClientRequestToken === 'mine');
    expect(own.at(0)).toMatchObject({ LogicalResourceId: 'previous', ResourceStatus: 'UPDATE_COMPLETE' });
    expect(own.at(-1)).toMatchObject({ LogicalResourceId: 'previous', ResourceStatus: 'UPDATE_IN_PROGRESS' });
  });

  it('gives a parameter that is left out its default', async () => {
    await cloudFormation.updateStack({ ...request, Parameters: [previous('Name')] });
    await account.statusOf('previous');
    expect(await account.parameters('previous')).toMatchObject({ Days: '3' });
  });

  it.each([
    {
      title: 'a parameter that the template lacks',
      parameters: [{ ParameterKey: 'Tag', ParameterValue: 'v1' }, previous('Name')],
      reason: 'Parameters: [Tag] do not exist in the template',
    },
    {
      title: 'no value for a parameter without a default',
      parameters: [days('14')],
      reason: 'Missing parameter Name',
    },
  ])('refuses $title', async ({ parameters, reason }) => {
    await expect(cloudFormation.updateStack({ ...request, Parameters: parameters })).rejects.toThrow(reason);
  });

  it('refuses a template with roles without their acknowledgement', async () => {
    const Parameters = [days('14'), previous('Name')];
    const update = cloudFormation.updateStack({ ...request, Parameters, Capabilities: ['CAPABILITY_IAM'] });
    await expect(update).rejects.toMatchObject({ name: 'InsufficientCapabilitiesException' });
  });
});
