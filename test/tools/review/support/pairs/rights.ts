/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- a test knows the template that it changes */
import {
  admin,
  allow,
  BUCKET,
  look,
  otherwise,
  type Pair,
  policy,
  ROLE,
  statement,
  TASK,
  undone,
  weaker,
} from './pair';

/** Rights. */
export const RIGHTS: readonly Pair[] = [
  weaker('every bucket', 'May now `s3:*` on `*`', (s) =>
    s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(allow('s3:*')),
  ),
  weaker('a wider resource', 'May now `s3:DeleteObject`', (s) => (statement(s, 'S3Access')['Resource'] = '*')),
  weaker('a role for administrators', admin, (s) => s.set(ROLE, { ManagedPolicyArns: [admin] })),
  weaker('a policy of our own, which names the role', 'May now `*` on `*`', (s) =>
    s.add('M', 'AWS::IAM::ManagedPolicy', { Roles: [{ Ref: s.id(ROLE) }], PolicyDocument: policy(allow('*')) }),
  ),
  weaker('a policy of our own, which the role names', 'Rights of `Web/Roles/TaskRole`**: May now `*` on `*`', (s) =>
    s
      .add('M', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(allow('*')) })
      .set(ROLE, { ManagedPolicyArns: [{ Ref: 'M' }] }),
  ),
  weaker('by the name of the role', 'Rights of `Web/Roles/TaskRole`', (s) =>
    s.add('P', 'AWS::IAM::Policy', {
      Roles: ['prooflink-prod-ecs-task-role'],
      PolicyName: 'x',
      PolicyDocument: policy(allow('iam:*')),
    }),
  ),
  weaker('a RolePolicy', 'May now `iam:*`', (s) =>
    s.add('P', 'AWS::IAM::RolePolicy', {
      RoleName: { Ref: s.id(ROLE) },
      PolicyName: 'x',
      PolicyDocument: policy(allow('iam:*')),
    }),
  ),
  weaker('another role for the policy', 'Rights of `UserImport/Roles/TaskRole`', (s) =>
    s.of('Web/Roles/TaskPolicy').Roles.push({ Ref: s.id('UserImport/Roles/TaskRole') }),
  ),
  weaker('an inline policy', 'May now `secretsmanager:*`', (s) =>
    s.set(ROLE, { Policies: [{ PolicyName: 'x', PolicyDocument: policy(allow('secretsmanager:*')) }] as never }),
  ),
  weaker('everything but', 'everything but iam:*`', (s) =>
    s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
  ),
  weaker('everywhere but', 'everything but arn:aws:s3:::x`', (s) =>
    s
      .of('Web/Roles/TaskPolicy')
      .PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' }),
  ),
  weaker('a statement by a condition', 'May now `iam:*`', (s) =>
    s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(otherwise(allow('iam:*'), { Ref: 'AWS::NoValue' })),
  ),
  weaker('a role that anybody takes', 'Who may take `Web/Roles/TaskRole`', (s) =>
    s.of(ROLE).AssumeRolePolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: '*' },
    }),
  ),
  weaker(
    'a role that another account takes',
    '999999999999',
    (s) => (s.of(ROLE).AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '999999999999' }),
  ),
  weaker(
    'a role without a condition',
    'Who may take',
    (s) => delete s.of(ROLE).AssumeRolePolicyDocument.Statement[0].Condition,
  ),
  weaker('a denial less', 'No longer denied', (s) => (s.of(`${BUCKET}/Policy`).PolicyDocument.Statement = [])),
  weaker('no policy of the bucket', 'No longer denied', (s) => s.remove(`${BUCKET}/Policy`)),
  weaker(
    'a denial that is conditional',
    'No longer denied',
    (s) =>
      (s.of(`${BUCKET}/Policy`).PolicyDocument.Statement[0] = otherwise(
        s.of(`${BUCKET}/Policy`).PolicyDocument.Statement[0],
        { Ref: 'AWS::NoValue' },
      )),
  ),
  weaker('a public bucket', 'Who may use `FileStorage/Bucket/Policy`', (s) =>
    s
      .of(`${BUCKET}/Policy`)
      .PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Principal: '*', Resource: '*' }),
  ),
  undone(
    weaker(
      'nothing blocks what is public',
      'would make it public',
      (s) => (s.of(BUCKET).PublicAccessBlockConfiguration.BlockPublicPolicy = false),
    ),
  ),
  weaker('no block at all', 'would make it public', (s) =>
    s.set(BUCKET, { PublicAccessBlockConfiguration: undefined }),
  ),
  weaker('any origin', 'AllowedOrigins', (s) => (s.of(BUCKET).CorsConfiguration.CorsRules[0].AllowedOrigins = ['*'])),
  weaker('a policy of the secret', '999999999999', (s) =>
    s.add('P', 'AWS::SecretsManager::ResourcePolicy', {
      SecretId: { Ref: s.id('Web/SessionSecret') },
      ResourcePolicy: policy({
        ...allow('secretsmanager:GetSecretValue'),
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      }),
    }),
  ),
  weaker('a policy of the registry, as text', 'May now `999999999999`', (s) =>
    s.set('AppRegistry/Repository', {
      RepositoryPolicyText: JSON.stringify(policy({ Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' })),
    }),
  ),
  weaker('anybody publishes alarms', 'sns:Publish', (s) =>
    s.of('Alarms/Topic/Policy').PolicyDocument.Statement.push(allow('sns:Publish', '*', { Principal: '*' })),
  ),
  weaker('anybody calls a function', 'May now', (s) =>
    s.add('P', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' }),
  ),
  look('a right less', 'May no longer', (s) => (statement(s, 'S3Access')['Action'] = 's3:GetObject')),
  weaker('a policy that a macro writes', 'May now `whatever', (s) =>
    s.add('New', 'AWS::IAM::Policy', {
      Roles: [{ Ref: s.id('Web/Roles/TaskRole') }],
      PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } },
    }),
  ),
  weaker('a policy for a role of another stack', 'May now `*` on `*`', (s) =>
    s.add('New', 'AWS::IAM::Policy', { Roles: [{ 'Fn::ImportValue': 'r' }], PolicyDocument: policy(allow('*')) }),
  ),
  weaker('the one statement of a bus of events', 'May now `events:PutEvents`', (s) =>
    s.add('Bus', 'AWS::Events::EventBusPolicy', {
      Statement: allow('events:PutEvents', '*', { Principal: '*' }) as never,
    }),
  ),
  look('a denial of everything', 'Newly denied', (s) =>
    s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push({ Effect: 'Deny', Action: '*', Resource: '*' }),
  ),
  weaker('tasks with another role', 'TaskRoleArn', (s) =>
    s.set(TASK, { TaskRoleArn: s.arn('Web/Roles/ExecutionRole') }),
  ),
  weaker('a user with a key', 'AWS::IAM::AccessKey', (s) =>
    s.add('U', 'AWS::IAM::User', {}).add('K', 'AWS::IAM::AccessKey', { UserName: { Ref: 'U' } }),
  ),
  weaker('who may pass roles', 'iam:PassRole', (s) =>
    s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(allow('iam:PassRole')),
  ),
  weaker(
    'a new stack with a role for administrators',
    /Rights of `Backdoor`\*\*: May now `.*AdministratorAccess`/,
    (s) =>
      (s.others['Ops'] = {
        Resources: {
          Backdoor: {
            Type: 'AWS::IAM::Role',
            Properties: {
              ManagedPolicyArns: [admin],
              AssumeRolePolicyDocument: policy({
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { AWS: '999999999999' },
              }),
            },
          },
        },
      }),
  ),
];
