import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Account, CAPABILITIES, type Resources } from './support/account';
import { logGroup } from './support/log-groups';
import { trusting } from './support/resources';

const account = Account.shared({ usedBefore: true });

/** Parameters of CloudFormation's API for a stack of one resource with a tag. */
function tagged(stackName: string, resource: Resources, project: string) {
  return {
    StackName: stackName,
    TemplateBody: JSON.stringify({ Resources: { Resource: resource } }),
    ...CAPABILITIES,
    Tags: [{ Key: 'Project', Value: project }],
  };
}

/** Creates a stack, and updates nothing but its tag; returns its status. */
async function statusAfterOtherTag(stackName: string, resource: Resources): Promise<string | undefined> {
  await account.cloudFormation.createStack(tagged(stackName, resource, 'shop'));
  expect(await account.statusOf(stackName)).toBe('CREATE_COMPLETE');
  await account.cloudFormation.updateStack(tagged(stackName, resource, 'mall'));
  return account.statusOf(stackName);
}

test('a tag of the stack changes on a log group in place', async () => {
  expect(await statusAfterOtherTag('in-place', logGroup('/tagged'))).toBe('UPDATE_COMPLETE');
  const logs = new CloudWatchLogs(account.client);
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: '/tagged' });
  const { tags } = await logs.listTagsForResource({ resourceArn: logGroups[0]?.logGroupArn });
  expect(tags).toEqual({ Project: 'mall' });
});

test.each([
  { Type: 'AWS::ECR::Repository' },
  { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusting('ecs.amazonaws.com') } },
  { Type: 'AWS::SQS::Queue' },
])('a tag of the stack changes in place: $Type', async (resource) => {
  const stackName = `tagged-${resource.Type.split(':').at(-1)}`;
  expect(await statusAfterOtherTag(stackName, resource)).toBe('UPDATE_COMPLETE');
});

// AWS Batch takes no tag in place, and CloudFormation replaces nothing that has a name.
test('a tag of the stack fails the update of a named compute environment', async () => {
  const computeEnvironment = {
    Type: 'AWS::Batch::ComputeEnvironment',
    Properties: { ComputeEnvironmentName: 'named', Type: 'UNMANAGED', State: 'ENABLED' },
  };
  expect(await statusAfterOtherTag('named', computeEnvironment)).toBe('UPDATE_ROLLBACK_COMPLETE');
});
