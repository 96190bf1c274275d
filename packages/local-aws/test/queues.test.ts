import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { Account, type Resources } from './support/account';

const account = Account.shared({ usedBefore: true });

/** A queue that only HTTPS reaches, and its dead-letter queue. */
function queues(name: string, properties: Resources): Resources {
  const Statement = [
    { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
  ];
  return {
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `${name}-failed` } },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] }, maxReceiveCount: 5 },
        ...properties,
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement } },
    },
  };
}

test('queues with their policy are created, changed in place and deleted', async () => {
  const idOfQueue = async () => {
    const { StackResources = [] } = await new CloudFormation(account.client).describeStackResources({
      StackName: 'mails',
      LogicalResourceId: 'Queue',
    });
    return StackResources[0]?.PhysicalResourceId;
  };
  await account.deploy('mails', queues('mails', { VisibilityTimeout: 30 }));
  const created = await idOfQueue();
  expect(created).toContain('/mails-Queue-');
  expect(await account.update('mails', queues('mails', { VisibilityTimeout: 300 }))).toBe('UPDATE_COMPLETE');
  expect(await idOfQueue()).toBe(created);
  expect(await account.remove('mails')).toBeUndefined();
});
