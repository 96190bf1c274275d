import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
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
    () => new IAM({}).putRolePolicy({ ...taskPolicy, PolicyDocument: deny('*') }),
  ],
  ['AWS::IAM::Policy', /^deleted by hand: AWS::IAM::Policy$/, () => new IAM({}).deleteRolePolicy(taskPolicy)],
  [
    'AWS::IAM::Role',
    /^changed by hand: inline policies `not set` → `stop`$/,
    () => new IAM({}).putRolePolicy({ RoleName: role, PolicyName: 'stop', PolicyDocument: deny('*') }),
  ],
  [
    'AWS::IAM::Role',
    /^changed by hand: managed policies `not set` → `arn:aws:iam::aws:policy\/AdministratorAccess`$/,
    () => new IAM({}).attachRolePolicy({ RoleName: role, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
  ],
  [
    'AWS::S3::BucketPolicy',
    /^changed by hand: policy document statement/,
    async (at) => {
      const Bucket = await at.prod.id('AWS::S3::Bucket');
      const Policy = deny(`arn:aws:s3:::${Bucket}/*`, { Principal: '*' });
      await new S3({ forcePathStyle: true }).putBucketPolicy({ Bucket, Policy });
    },
  ],
  [
    'AWS::S3::BucketPolicy',
    /^deleted by hand: AWS::S3::BucketPolicy$/,
    async (at) => new S3({ forcePathStyle: true }).deleteBucketPolicy({ Bucket: await at.prod.id('AWS::S3::Bucket') }),
  ],
  [
    'AWS::SNS::TopicPolicy',
    /^changed by hand: policy document statement/,
    async (at) => {
      const TopicArn = await at.prod.id('AWS::SNS::Topic');
      const AttributeValue = deny(TopicArn, { Principal: '*', Action: 'sns:Publish' });
      await new SNS({}).setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue });
    },
  ],
  [
    'AWS::SecretsManager::Secret',
    /^changed by hand: description `Master user of prooflink-prod-db` → `mine`$/,
    async (at) => {
      const SecretId = await at.prod.id('AWS::SecretsManager::Secret', 'Master');
      await new SecretsManager({}).updateSecret({ SecretId, Description: 'mine' });
    },
  ],
  [
    'AWS::SecretsManager::Secret',
    /^deleted by hand: AWS::SecretsManager::Secret$/,
    async (at) =>
      new SecretsManager({}).deleteSecret({
        SecretId: await at.prod.id('AWS::SecretsManager::Secret', 'ConnectionUrl'),
      }),
  ],
  [
    'AWS::SNS::Subscription',
    /^deleted by hand: AWS::SNS::Subscription$/,
    async (at) => {
      const SubscriptionArn = await at.prod.id('AWS::SNS::Subscription');
      await new SNS({}).unsubscribe({ SubscriptionArn });
    },
  ],
];
