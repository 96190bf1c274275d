import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { objects } from '@infra/common/values';
import { awsClient, readAll } from '../aws';
import type { ComparedResource, Comparison, Properties } from './comparison';
import { normalizePolicy } from './policy-document';

function expectedPolicy({ properties }: ComparedResource): Properties {
  return { PolicyDocument: normalizePolicy(properties['PolicyDocument']) };
}

function actualPolicy(document: string | undefined): Properties | undefined {
  return document ? { PolicyDocument: normalizePolicy(document) } : undefined;
}

/** Names of the inline policies that the template gives a role: its own, and those that are resources of their own. */
function inlinePolicyNames({ stackResources, properties, physicalId: roleName }: ComparedResource): unknown[] {
  const resources = stackResources.filter(({ type }) => type === 'AWS::IAM::Policy').map((policy) => policy.properties);
  const ofRole = resources.filter(({ Roles }) => [Roles].flat().includes(roleName));
  return [...objects(properties['Policies']), ...ofRole].map(({ PolicyName }) => PolicyName);
}

/** Comparisons of policies, as IAM, S3 and SNS have them. */
export const POLICIES: Readonly<Record<string, Comparison>> = {
  'AWS::IAM::Policy': {
    expects: expectedPolicy,
    read: async ({ environment, properties: { Roles, PolicyName } }) => {
      const { PolicyDocument = '' } = await environment.client(IAM).getRolePolicy({ RoleName: Roles[0], PolicyName });
      return actualPolicy(decodeURIComponent(PolicyDocument));
    },
    fix: ({ properties: { Roles, PolicyName, PolicyDocument } }) => [
      'iam put-role-policy',
      { RoleName: Roles[0], PolicyName, PolicyDocument },
    ],
  },

  // CloudFormation compares the rest of a role, and passes over policies that no template names.
  'AWS::IAM::Role': {
    expects: () => ({ InlinePolicies: [], ManagedPolicies: [] }),
    read: async (compared) => {
      const iam = compared.environment.client(IAM);
      const RoleName = compared.physicalId;
      const inlineNames = await readAll(iam.paginateListRolePolicies({ RoleName }), 'PolicyNames');
      const attached = await readAll(iam.paginateListAttachedRolePolicies({ RoleName }), 'AttachedPolicies');
      const expectedNames = inlinePolicyNames(compared);
      const expectedArns = [compared.properties['ManagedPolicyArns']].flat();
      return {
        InlinePolicies: inlineNames.filter((name) => !expectedNames.includes(name)),
        ManagedPolicies: attached.map(({ PolicyArn }) => PolicyArn).filter((arn) => !expectedArns.includes(arn)),
      };
    },
    fix: ({ physicalId: RoleName }, actual = {}) => {
      const [PolicyName] = [actual['InlinePolicies']].flat();
      if (PolicyName !== undefined) return ['iam delete-role-policy', { RoleName, PolicyName }];
      const [PolicyArn] = [actual['ManagedPolicies']].flat();
      return ['iam detach-role-policy', { RoleName, PolicyArn }];
    },
  },

  'AWS::S3::BucketPolicy': {
    expects: expectedPolicy,
    read: async ({ environment: { region }, properties: { Bucket } }) => {
      const s3 = awsClient(S3, { region }, { forcePathStyle: true });
      const { Policy } = await s3.getBucketPolicy({ Bucket });
      return actualPolicy(Policy);
    },
    fix: ({ properties: { Bucket, PolicyDocument } }) => [
      's3api put-bucket-policy',
      { Bucket, Policy: PolicyDocument },
    ],
  },

  // A deploy that reverts drift makes a deleted one without a recipient (cloudformation-coverage-roadmap 2455).
  'AWS::SNS::Subscription': {
    expects: [],
    read: async ({ environment, properties: { TopicArn, Protocol, Endpoint } }) => {
      const pages = environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn });
      const subscriptions = await readAll(pages, 'Subscriptions');
      return subscriptions.find(
        (subscription) => subscription.Protocol === Protocol && subscription.Endpoint === Endpoint,
      );
    },
    fix: ({ properties: { TopicArn, Protocol, Endpoint } }) => [
      'sns subscribe',
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
