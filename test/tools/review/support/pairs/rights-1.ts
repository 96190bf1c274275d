/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- a test knows the template that it changes */
import { BUCKET, policy, allow, statement, otherwise, admin, ROLE, type Pair } from './pair';

export const RIGHTS_1: readonly Pair[] = [
  [
    'every bucket',
    'weaker',
    'May now `s3:*` on `*`',
    (s) => s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(allow('s3:*')),
  ],
  ['a wider resource', 'weaker', 'May now `s3:DeleteObject`', (s) => (statement(s, 'S3Access')['Resource'] = '*')],
  ['a role for administrators', 'weaker', admin, (s) => s.set(ROLE, { ManagedPolicyArns: [admin] })],
  [
    'a policy of our own, which names the role',
    'weaker',
    'May now `*` on `*`',
    (s) => s.add('M', 'AWS::IAM::ManagedPolicy', { Roles: [{ Ref: s.id(ROLE) }], PolicyDocument: policy(allow('*')) }),
  ],
  [
    'a policy of our own, which the role names',
    'weaker',
    'Rights of `Web/Roles/TaskRole`**: May now `*` on `*`',
    (s) =>
      s
        .add('M', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(allow('*')) })
        .set(ROLE, { ManagedPolicyArns: [{ Ref: 'M' }] }),
  ],
  [
    'by the name of the role',
    'weaker',
    'Rights of `Web/Roles/TaskRole`',
    (s) =>
      s.add('P', 'AWS::IAM::Policy', {
        Roles: ['prooflink-prod-ecs-task-role'],
        PolicyName: 'x',
        PolicyDocument: policy(allow('iam:*')),
      }),
  ],
  [
    'a RolePolicy',
    'weaker',
    'May now `iam:*`',
    (s) =>
      s.add('P', 'AWS::IAM::RolePolicy', {
        RoleName: { Ref: s.id(ROLE) },
        PolicyName: 'x',
        PolicyDocument: policy(allow('iam:*')),
      }),
  ],
  [
    'another role for the policy',
    'weaker',
    'Rights of `UserImport/Roles/TaskRole`',
    (s) => s.of('Web/Roles/TaskPolicy').Roles.push({ Ref: s.id('UserImport/Roles/TaskRole') }),
  ],
  [
    'an inline policy',
    'weaker',
    'May now `secretsmanager:*`',
    (s) => s.set(ROLE, { Policies: [{ PolicyName: 'x', PolicyDocument: policy(allow('secretsmanager:*')) }] as never }),
  ],
  [
    'everything but',
    'weaker',
    'everything but iam:*`',
    (s) =>
      s
        .of('Web/Roles/TaskPolicy')
        .PolicyDocument.Statement.push({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
  ],
  [
    'everywhere but',
    'weaker',
    'everything but arn:aws:s3:::x`',
    (s) =>
      s
        .of('Web/Roles/TaskPolicy')
        .PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' }),
  ],
  [
    'a statement by a condition',
    'weaker',
    'May now `iam:*`',
    (s) =>
      s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(otherwise(allow('iam:*'), { Ref: 'AWS::NoValue' })),
  ],
  [
    'a role that anybody takes',
    'weaker',
    'Who may take `Web/Roles/TaskRole`',
    (s) =>
      s.of(ROLE).AssumeRolePolicyDocument.Statement.push({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: '*' },
      }),
  ],
  [
    'a role that another account takes',
    'weaker',
    '999999999999',
    (s) => (s.of(ROLE).AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '999999999999' }),
  ],
  [
    'a role without a condition',
    'weaker',
    'Who may take',
    (s) => delete s.of(ROLE).AssumeRolePolicyDocument.Statement[0].Condition,
  ],
  ['a denial less', 'weaker', 'No longer denied', (s) => (s.of(`${BUCKET}/Policy`).PolicyDocument.Statement = [])],
  ['no policy of the bucket', 'weaker', 'No longer denied', (s) => s.remove(`${BUCKET}/Policy`)],
  [
    'a denial that is conditional',
    'weaker',
    'No longer denied',
    (s) =>
      (s.of(`${BUCKET}/Policy`).PolicyDocument.Statement[0] = otherwise(
        s.of(`${BUCKET}/Policy`).PolicyDocument.Statement[0],
        { Ref: 'AWS::NoValue' },
      )),
  ],
  [
    'a public bucket',
    'weaker',
    'Who may use `FileStorage/Bucket/Policy`',
    (s) =>
      s
        .of(`${BUCKET}/Policy`)
        .PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Principal: '*', Resource: '*' }),
  ],
  [
    'nothing blocks what is public',
    'weaker',
    'would make it public',
    (s) => (s.of(BUCKET).PublicAccessBlockConfiguration.BlockPublicPolicy = false),
  ],
  [
    'no block at all',
    'weaker',
    'would make it public',
    (s) => s.set(BUCKET, { PublicAccessBlockConfiguration: undefined }),
  ],
  [
    'any origin',
    'weaker',
    'AllowedOrigins',
    (s) => (s.of(BUCKET).CorsConfiguration.CorsRules[0].AllowedOrigins = ['*']),
  ],
  [
    'a policy of the secret',
    'weaker',
    '999999999999',
    (s) =>
      s.add('P', 'AWS::SecretsManager::ResourcePolicy', {
        SecretId: { Ref: s.id('Web/SessionSecret') },
        ResourcePolicy: policy({
          ...allow('secretsmanager:GetSecretValue'),
          Principal: { AWS: 'arn:aws:iam::999999999999:root' },
        }),
      }),
  ],
  [
    'a policy of the registry, as text',
    'weaker',
    'May now `999999999999`',
    (s) =>
      s.set('AppRegistry/Repository', {
        RepositoryPolicyText: JSON.stringify(policy({ Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' })),
      }),
  ],
  [
    'anybody publishes alarms',
    'weaker',
    'sns:Publish',
    (s) => s.of('Alarms/Topic/Policy').PolicyDocument.Statement.push(allow('sns:Publish', '*', { Principal: '*' })),
  ],
  [
    'anybody calls a function',
    'weaker',
    'May now',
    (s) =>
      s.add('P', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' }),
  ],
  ['a right less', 'look', 'May no longer', (s) => (statement(s, 'S3Access')['Action'] = 's3:GetObject')],
];
