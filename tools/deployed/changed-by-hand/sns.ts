import { SNS } from '@aws-sdk/client-sns';
import { readAll } from '../pages';
import { type Comparison, EXISTENCE_ONLY } from './comparison';
import { actualPolicy, expectedPolicy } from './policy-document';

/** Comparisons of subscriptions to topics, and of topic policies. CloudFormation compares the topics themselves. */
export const SNS_COMPARISONS: Readonly<Record<string, Comparison>> = {
  // Not fixed by a deployment with --revert-drift: that would recreate the subscription without its endpoint, so that
  // alarms would reach no recipient (cloudformation-coverage-roadmap, issue 2455).
  'AWS::SNS::Subscription': {
    expects: EXISTENCE_ONLY,
    read: async ({ environment, properties: { TopicArn, Protocol, Endpoint } }) => {
      const pages = environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn });
      const subscriptions = await readAll(pages, 'Subscriptions');
      return subscriptions.find(
        (subscription) => subscription.Protocol === Protocol && subscription.Endpoint === Endpoint,
      );
    },
    fix: ({ properties: { TopicArn, Protocol, Endpoint } }) => [
      'sns subscribe',
      // The AWS CLI's name for the endpoint: its `--endpoint-url` is the address of AWS.
      { TopicArn, Protocol, NotificationEndpoint: Endpoint },
    ],
  },

  'AWS::SNS::TopicPolicy': {
    expects: expectedPolicy,
    read: async ({ environment, properties: { Topics } }) => {
      const { Attributes } = await environment.client(SNS).getTopicAttributes({ TopicArn: Topics[0] });
      return actualPolicy(Attributes?.['Policy']);
    },
    fix: ({ properties: { Topics, PolicyDocument } }) => [
      'sns set-topic-attributes',
      { TopicArn: Topics[0], AttributeName: 'Policy', AttributeValue: PolicyDocument },
    ],
  },
};
