import { AttachRolePolicyCommand, DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteSecretCommand, SecretsManagerClient, UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { SetTopicAttributesCommand, SNSClient, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { Case } from './standing';

const deny = (Resource: string, extra = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource, ...extra }] });
const role = 'prooflink-prod-ecs-task-role';
const taskPolicy = { RoleName: role, PolicyName: 'ProoflinkECSTaskPolicy' };

/** Changes by hand of policies, the alarms' mail and secrets. */
export const RIGHTS_BY_HAND: readonly Case[] = [
  [
    'AWS::IAM::Policy',
    /^changed by hand: policy document statement `not set` → `.*"Effect":"Deny"/m,
    () => new IAMClient({}).send(new PutRolePolicyCommand({ ...taskPolicy, PolicyDocument: deny('*') })),
  ],
  [
    'AWS::IAM::Policy',
    /^deleted by hand: AWS::IAM::Policy$/,
    () => new IAMClient({}).send(new DeleteRolePolicyCommand(taskPolicy)),
  ],
  [
    'AWS::IAM::Role',
    /^changed by hand: inline policies `not set` → `stop`$/,
    () =>
      new IAMClient({}).send(
        new PutRolePolicyCommand({ RoleName: role, PolicyName: 'stop', PolicyDocument: deny('*') }),
      ),
  ],
  [
    'AWS::IAM::Role',
    /^changed by hand: managed policies `not set` → `arn:aws:iam::aws:policy\/AdministratorAccess`$/,
    () =>
      new IAMClient({}).send(
        new AttachRolePolicyCommand({ RoleName: role, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      ),
  ],
  [
    'AWS::S3::BucketPolicy',
    /^changed by hand: policy document statement/,
    async (at) => {
      const Bucket = await at.prod.id('AWS::S3::Bucket');
      const Policy = deny(`arn:aws:s3:::${Bucket}/*`, { Principal: '*' });
      await new S3Client({ forcePathStyle: true }).send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
  ],
  [
    'AWS::S3::BucketPolicy',
    /^deleted by hand: AWS::S3::BucketPolicy$/,
    async (at) =>
      new S3Client({ forcePathStyle: true }).send(
        new DeleteBucketPolicyCommand({ Bucket: await at.prod.id('AWS::S3::Bucket') }),
      ),
  ],
  [
    'AWS::SNS::TopicPolicy',
    /^changed by hand: policy document statement/,
    async (at) => {
      const TopicArn = await at.prod.id('AWS::SNS::Topic');
      const AttributeValue = deny(TopicArn, { Principal: '*', Action: 'sns:Publish' });
      await new SNSClient({}).send(
        new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }),
      );
    },
  ],
  [
    'AWS::SecretsManager::Secret',
    /^changed by hand: description `Master user of prooflink-prod-db` → `mine`$/,
    async (at) => {
      const SecretId = await at.prod.id('AWS::SecretsManager::Secret', 'Master');
      await new SecretsManagerClient({}).send(new UpdateSecretCommand({ SecretId, Description: 'mine' }));
    },
  ],
  [
    'AWS::SecretsManager::Secret',
    /^deleted by hand: AWS::SecretsManager::Secret$/,
    async (at) =>
      new SecretsManagerClient({}).send(
        new DeleteSecretCommand({ SecretId: await at.prod.id('AWS::SecretsManager::Secret', 'ConnectionUrl') }),
      ),
  ],
  [
    'AWS::SNS::Subscription',
    /^deleted by hand: AWS::SNS::Subscription$/,
    async (at) => {
      const SubscriptionArn = await at.prod.id('AWS::SNS::Subscription');
      await new SNSClient({}).send(new UnsubscribeCommand({ SubscriptionArn }));
    },
  ],
];
