import { NotFoundException, SNS } from '@aws-sdk/client-sns';
import { undefinedIf } from '@infra/operate/deployed/aws-errors';
import { readAll } from '@infra/operate/deployed/pages';
import type { Comparison } from './comparison';
import { actualPolicy, expectedPolicy } from './policy-document';

/** Comparison of a topic's policy, without which CloudWatch and EventBridge may not publish. */
export const TOPIC_POLICY: Comparison = {
  expects: expectedPolicy,
  read: async (compared) => {
    const [TopicArn] = compared.properties.Topics;
    const request = compared.environment.client(SNS).getTopicAttributes({ TopicArn });
    const topic = await request.catch(undefinedIf(NotFoundException));
    // CloudFormation reports a topic that is gone, and gives its policy to the next one.
    return topic === undefined ? expectedPolicy(compared) : actualPolicy(topic.Attributes?.['Policy']);
  },
  fix: ({ properties: { Topics, PolicyDocument } }) => [
    'sns set-topic-attributes',
    { TopicArn: Topics[0], AttributeName: 'Policy', AttributeValue: PolicyDocument },
  ],
};

/** Comparison of a subscription. CloudFormation does not compare one, and the next mail of AWS has the link to confirm it. */
export const SUBSCRIPTION: Comparison = {
  expects: () => ({}),
  read: async ({ environment, properties: { TopicArn, Endpoint } }) => {
    const pages = environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn });
    const subscriptions = await readAll(pages, 'Subscriptions').catch(undefinedIf(NotFoundException));
    // CloudFormation reports a topic that is gone, and subscribes the address to the next one.
    if (subscriptions === undefined) return {};
    // SNS still lists a subscription for a while after its deletion.
    return subscriptions.find((each) => each.Endpoint === Endpoint && each.SubscriptionArn !== 'Deleted');
  },
  fix: ({ properties: { TopicArn, Protocol, Endpoint } }) => [
    'sns subscribe',
    { TopicArn, Protocol, NotificationEndpoint: Endpoint },
  ],
};
