import { Batch } from '@aws-sdk/client-batch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { SNS } from '@aws-sdk/client-sns';
import { Account, type Resources } from './support/account';

const account = Account.shared({ usedBefore: true });
const logs = new CloudWatchLogs(account.client);
const sns = new SNS(account.client);
const batch = new Batch(account.client);

/** Tags of a stack, as CloudFormation's API takes them. */
function stackTags(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Creates a stack with these tags. Returns its status. */
async function create(StackName: string, resources: Resources, tags: Readonly<Record<string, string>>) {
  const TemplateBody = JSON.stringify({ Resources: resources });
  await account.cloudFormation.createStack({ StackName, TemplateBody, Tags: stackTags(tags) });
  return account.statusOf(StackName);
}

/** Gives a stack these tags. Returns its status. */
async function update(StackName: string, resources: Resources, tags: Readonly<Record<string, string>>) {
  const TemplateBody = JSON.stringify({ Resources: resources });
  await account.cloudFormation.updateStack({ StackName, TemplateBody, Tags: stackTags(tags) });
  return account.statusOf(StackName);
}

const LogGroup = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/tagged' } };
const Topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'tagged' } };

/** A compute environment that starts no instance. */
function computeEnvironment(properties: Resources) {
  return {
    Type: 'AWS::Batch::ComputeEnvironment',
    Properties: { Type: 'UNMANAGED', State: 'ENABLED', ...properties },
  };
}

async function tagsOfLogGroup() {
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: '/tagged' });
  const { tags } = await logs.listTagsForResource({ resourceArn: logGroups[0]?.logGroupArn ?? '' });
  return tags;
}

async function tagsOfTopic() {
  const { Topics = [] } = await sns.listTopics({});
  const { Tags = [] } = await sns.listTagsForResource({ ResourceArn: Topics[0]?.TopicArn ?? '' });
  return Object.fromEntries(Tags.map(({ Key = '', Value }) => [Key, Value]));
}

it('changes, adds and removes the tags of a stack in place, down to its resources', async () => {
  const resources = { LogGroup, Topic };
  expect(await create('in-place', resources, { Project: 'shop', Old: 'x' })).toBe('CREATE_COMPLETE');
  const tags = { Project: 'mall', CostCenter: 'web' };
  expect(await update('in-place', resources, tags)).toBe('UPDATE_COMPLETE');
  expect(await tagsOfLogGroup()).toEqual(tags);
  expect(await tagsOfTopic()).toEqual(tags);
});

it('replaces a compute environment on a change of its tags, and refuses that if it has a name', async () => {
  const named = {
    Topic: { Type: 'AWS::SNS::Topic' },
    Compute: computeEnvironment({ ComputeEnvironmentName: 'named' }),
  };
  await create('named', named, { Project: 'shop' });
  expect(await update('named', named, { Project: 'shop', CostCenter: 'web' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await account.failures('named')).toEqual({
    Compute: expect.stringContaining('custom-named resource requires replacing. Rename named') as string,
  });

  const unnamed = { Compute: computeEnvironment({}) };
  await create('unnamed', unnamed, { Project: 'shop' });
  const before = await batch.describeComputeEnvironments({});
  expect(await update('unnamed', unnamed, { Project: 'mall' })).toBe('UPDATE_COMPLETE');
  const after = await batch.describeComputeEnvironments({});
  expect(after.computeEnvironments).toHaveLength(before.computeEnvironments?.length ?? NaN);
  expect(after.computeEnvironments).not.toEqual(before.computeEnvironments);
});
