import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { objects } from '@infra/common/values';
import { awsClient, list } from '../../shared/aws';
import { policy } from './compare';
import { type Asked, type Properties, quoted, type Row, text, texts } from './row';

const expects = ({ properties }: Asked): Properties => ({ PolicyDocument: policy(properties['PolicyDocument']) });
const answer = (document: string | undefined) =>
  document === undefined ? undefined : { PolicyDocument: policy(document) };

/** The template's policies, as IAM, S3 and SNS have them. */
export const RIGHTS: Readonly<Record<string, Row>> = {
  'AWS::IAM::Policy': {
    expects,
    read: async ({ environment, properties }) => {
      const [RoleName] = texts(properties['Roles']);
      const wanted = { RoleName, PolicyName: text(properties['PolicyName']) };
      const { PolicyDocument = '' } = await environment.client(IAM).getRolePolicy(wanted);
      return answer(decodeURIComponent(PolicyDocument));
    },
    fix: ({ properties: { Roles, PolicyName, PolicyDocument } }) =>
      `iam put-role-policy --role-name ${texts(Roles)[0]} --policy-name ${text(PolicyName)} ` +
      `--policy-document ${quoted(PolicyDocument)}`,
  },
  // CloudFormation compares the rest of a role, and passes over policies that no template names.
  'AWS::IAM::Role': {
    expects: () => ({ InlinePolicies: [], ManagedPolicies: [] }),
    read: async ({ environment, all, properties, id: RoleName }) => {
      const iam = environment.client(IAM);
      const [inline, attached] = await Promise.all([
        list(iam.paginateListRolePolicies({ RoleName }), 'PolicyNames'),
        list(iam.paginateListAttachedRolePolicies({ RoleName }), 'AttachedPolicies'),
      ]);
      const own = all.filter(
        (each) => each.type === 'AWS::IAM::Policy' && texts(each.properties['Roles']).includes(RoleName),
      );
      const named = [...objects(properties['Policies']), ...own.map((each) => each.properties)];
      const names = named.map(({ PolicyName }) => PolicyName);
      const arns = texts(properties['ManagedPolicyArns']);
      return {
        InlinePolicies: inline.filter((name) => !names.includes(name)),
        ManagedPolicies: attached.map(({ PolicyArn = '' }) => PolicyArn).filter((arn) => !arns.includes(arn)),
      };
    },
    fix: ({ id }, { InlinePolicies, ManagedPolicies } = {}) => {
      const [inline] = texts(InlinePolicies);
      return inline === undefined
        ? `iam detach-role-policy --role-name ${id} --policy-arn ${texts(ManagedPolicies)[0]}`
        : `iam delete-role-policy --role-name ${id} --policy-name ${inline}`;
    },
  },
  'AWS::S3::BucketPolicy': {
    expects,
    read: async ({ environment, properties }) => {
      const Bucket = text(properties['Bucket']);
      const s3 = awsClient(S3, { region: environment.region }, { forcePathStyle: true });
      return answer((await s3.getBucketPolicy({ Bucket })).Policy);
    },
    fix: ({ properties: { Bucket, PolicyDocument } }) =>
      `s3api put-bucket-policy --bucket ${text(Bucket)} --policy ${quoted(PolicyDocument)}`,
  },
  // A deploy that reverts drift makes a deleted one that mails nobody (cloudformation-coverage-roadmap 2455).
  'AWS::SNS::Subscription': {
    expects: () => ({}),
    read: async ({ environment, properties: { TopicArn, Protocol, Endpoint } }) => {
      const pages = environment.client(SNS).paginateListSubscriptionsByTopic({ TopicArn: text(TopicArn) });
      const found = await list(pages, 'Subscriptions');
      return found.find((each) => each.Protocol === Protocol && each.Endpoint === Endpoint);
    },
    fix: ({ properties: { TopicArn, Protocol, Endpoint } }) =>
      `sns subscribe --topic-arn ${text(TopicArn)} --protocol ${text(Protocol)} --notification-endpoint ${text(Endpoint)}`,
  },
  'AWS::SNS::TopicPolicy': {
    expects,
    read: async ({ environment, properties }) => {
      const [TopicArn] = texts(properties['Topics']);
      return answer((await environment.client(SNS).getTopicAttributes({ TopicArn })).Attributes?.['Policy']);
    },
    fix: ({ properties: { Topics, PolicyDocument } }) =>
      `sns set-topic-attributes --topic-arn ${texts(Topics)[0]} --attribute-name Policy ` +
      `--attribute-value ${quoted(PolicyDocument)}`,
  },
};
