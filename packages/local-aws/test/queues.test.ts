import { Account, type Resources } from './support/account';

const account = Account.shared({ usedBefore: true });

/** A queue with a policy and a dead-letter queue. */
function queues(properties: Resources): Resources {
  return {
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mails-failed' } },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] }, maxReceiveCount: 5 },
        ...properties,
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: 'sqs:*',
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            },
          ],
        },
      },
    },
  };
}

const queueUrl = () => account.physicalId('mails', 'Queue');

test('queues with their policy are created, changed in place and deleted', async () => {
  await account.deploy('mails', queues({ VisibilityTimeout: 30, Tags: [{ Key: 'team', Value: 'web' }] }));
  const url = await queueUrl();
  expect(url).toContain('/mails-Queue-');
  expect(await account.update('mails', queues({ VisibilityTimeout: 300 }))).toBe('UPDATE_COMPLETE');
  expect(await queueUrl()).toBe(url);
  expect(await account.remove('mails')).toBeUndefined();
});
