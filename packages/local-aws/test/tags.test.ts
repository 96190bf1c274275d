import { Batch } from '@aws-sdk/client-batch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { SNS } from '@aws-sdk/client-sns';
import { Account, CAPABILITIES, type Resources } from './support/account';

const account = Account.shared({ usedBefore: true });

type Tags = Readonly<Record<string, string>>;

/** Parameters of CloudFormation's API for a stack with these tags. */
function stackWith(stackName: string, resources: Resources, tags: Tags) {
  return {
    StackName: stackName,
    TemplateBody: JSON.stringify({ Resources: resources }),
    ...CAPABILITIES,
    Tags: Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value })),
  };
}

/** Creates a stack with these tags; returns its status. */
async function create(stackName: string, resources: Resources, tags: Tags): Promise<string | undefined> {
  await account.cloudFormation.createStack(stackWith(stackName, resources, tags));
  return account.statusOf(stackName);
}

/** Gives a stack these tags; returns its status. */
async function update(stackName: string, resources: Resources, tags: Tags): Promise<string | undefined> {
  await account.cloudFormation.updateStack(stackWith(stackName, resources, tags));
  return account.statusOf(stackName);
}

describe('a change, an addition and a removal of a stack’s tags reach in place', () => {
  const resources = {
    LogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/tagged' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'tagged' } },
  };
  const tags = { Project: 'mall', CostCenter: 'web' };

  beforeAll(async () => {
    expect(await create('in-place', resources, { Project: 'shop', Old: 'x' })).toBe('CREATE_COMPLETE');
    expect(await update('in-place', resources, tags)).toBe('UPDATE_COMPLETE');
  });

  it('a log group', async () => {
    const logs = new CloudWatchLogs(account.client);
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: '/tagged' });
    const answer = await logs.listTagsForResource({ resourceArn: logGroups[0]?.logGroupArn });
    expect(answer.tags).toEqual(tags);
  });

  it('a topic', async () => {
    const sns = new SNS(account.client);
    const { Topics = [] } = await sns.listTopics({});
    const answer = await sns.listTagsForResource({ ResourceArn: Topics[0]?.TopicArn });
    expect(answer.Tags).toHaveLength(2);
    expect(answer.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'Project', Value: 'mall' },
        { Key: 'CostCenter', Value: 'web' },
      ]),
    );
  });
});

describe('a change of its tags replaces a compute environment', () => {
  /** A compute environment that starts no instance. */
  function computeEnvironment(properties: Resources): Resources {
    return {
      Type: 'AWS::Batch::ComputeEnvironment',
      Properties: { Type: 'UNMANAGED', State: 'ENABLED', ...properties },
    };
  }

  async function computeEnvironmentNames(): Promise<unknown[]> {
    const { computeEnvironments = [] } = await new Batch(account.client).describeComputeEnvironments({});
    return computeEnvironments.map(({ computeEnvironmentName }) => computeEnvironmentName);
  }

  it('without a name', async () => {
    const resources = { Compute: computeEnvironment({}) };
    expect(await create('unnamed', resources, { Project: 'shop' })).toBe('CREATE_COMPLETE');
    const namesBefore = await computeEnvironmentNames();
    expect(await update('unnamed', resources, { Project: 'mall' })).toBe('UPDATE_COMPLETE');
    const namesAfter = await computeEnvironmentNames();
    expect(namesAfter).toHaveLength(1);
    expect(namesAfter).not.toEqual(namesBefore);
  });

  it('and fails if that has a name', async () => {
    const resources = {
      Topic: { Type: 'AWS::SNS::Topic' },
      Compute: computeEnvironment({ ComputeEnvironmentName: 'named' }),
    };
    expect(await create('named', resources, { Project: 'shop' })).toBe('CREATE_COMPLETE');
    const tags = { Project: 'shop', CostCenter: 'web' };
    expect(await update('named', resources, tags)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await account.failures('named')).toEqual({
      Compute: expect.stringContaining('custom-named resource requires replacing. Rename named') as string,
    });
  });
});
