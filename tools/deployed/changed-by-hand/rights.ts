import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { objects } from '@infra/common/values';
import { awsClient, readAll } from '../aws';
import { policy } from './compare';
import type { Asked, Properties, Row } from './row';

const expects = ({ properties }: Asked): Properties => ({ PolicyDocument: policy(properties['PolicyDocument']) });
const answer = (document?: string) => (document ? { PolicyDocument: policy(document) } : undefined);

/** The template's policies, as IAM, S3 and SNS have them. */
export const RIGHTS: Readonly<Record<string, Row>> = {
  'AWS::IAM::Policy': {
    expects,
    read: async ({ environment, properties: { Roles, PolicyName } }) => {
      const { PolicyDocument = '' } = await environment.client(IAM).getRolePolicy({ RoleName: Roles[0], PolicyName });
      return answer(decodeURIComponent(PolicyDocument));
    },
    fix: ({ properties: { Roles, PolicyName, PolicyDocument } }) => [
      'iam put-role-policy',
      { RoleName: Roles[0], PolicyName, PolicyDocument },
    ],
  },
  // CloudFormation compares the rest of a role, and passes over policies that no template names.
  'AWS::IAM::Role': {
    expects: () => ({ InlinePolicies: [], ManagedPolicies: [] }),
    read: async ({ environment, all, properties: { Policies, ManagedPolicyArns }, id: RoleName }) => {
      const iam = environment.client(IAM);
      const [inline, attached] = await Promise.all([
        readAll(iam.paginateListRolePolicies({ RoleName }), 'PolicyNames'),
        readAll(iam.paginateListAttachedRolePolicies({ RoleName }), 'AttachedPolicies'),
      ]);
      const own = all.filter(({ type }) => type === 'AWS::IAM::Policy').map(({ properties }) => properties);
      const named = [...objects(Policies), ...own.filter(({ Roles }) => [Roles].flat().includes(RoleName))];
      const names = named.map(({ PolicyName }) => PolicyName);
      const arns = [ManagedPolicyArns].flat();
      return {
        InlinePolicies: inline.filter((name) => !names.includes(name)),
        ManagedPolicies: attached.map(({ PolicyArn }) => PolicyArn).filter((arn) => !arns.includes(arn)),
      };
    },
    fix: ({ id: RoleName }, { InlinePolicies, ManagedPolicies } = {}) => {
      const [[PolicyName], [PolicyArn]] = [[InlinePolicies].flat(), [ManagedPolicies].flat()];
      return PolicyName === undefined
        ? ['iam detach-role-policy', { RoleName, PolicyArn }]
        : ['iam delete-role-policy', { RoleName, PolicyName }];
    },
  },
  'AWS::S3::BucketPolicy': {
    expects,
    read: async ({ environment: { region }, properties: { Bucket } }) =>
      answer((await awsClient(S3, { region }, { forcePathStyle: true }).getBucketPolicy({ Bucket })).Policy),
    fix: ({ properties: { Bucket, PolicyDocument: Policy } }) => ['s3api put-bucket-policy', { Bucket, Policy }],
  },
  // A deploy that reverts drift makes a deleted one without a recipient (cloudformation-coverage-roadmap 2455).
  'AWS::SNS::Subscription': {
    expects: [],
    read: async ({ environment, properties: { TopicArn, Protocol, Endpoint } }) => {
      const found = await readAll(
        environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn }),
        'Subscriptions',
      );
      return found.find((each) => each.Protocol === Protocol && each.Endpoint === Endpoint);
    },
    fix: ({ properties: { TopicArn, Protocol, Endpoint: NotificationEndpoint } }) => [
      'sns subscribe',
      { TopicArn, Protocol, NotificationEndpoint },
    ],
  },
  'AWS::SNS::TopicPolicy': {
    expects,
    read: async ({ environment, properties: { Topics } }) =>
      answer((await environment.client(SNS).getTopicAttributes({ TopicArn: Topics[0] })).Attributes?.['Policy']),
    fix: ({ properties: { Topics, PolicyDocument: AttributeValue } }) => [
      'sns set-topic-attributes',
      { TopicArn: Topics[0], AttributeName: 'Policy', AttributeValue },
    ],
  },
};
