/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { admin, allow, attribute, BUCKET, IMAGES, look, otherwise, type Pair } from './pair';
import { policy, POLICY, ref, ROLE, TASK, undone, weaker } from './pair';

const STATEMENTS = 'PolicyDocument.Statement';
const TRUST = 'AssumeRolePolicyDocument.Statement';
const anybody = (Action: string) => allow(Action, '*', { Principal: '*' });
/** A policy that is added. */
const P = (type: string) => `P AWS::IAM::${type}`;
const named = (Action: string) => ({ PolicyName: 'x', PolicyDocument: policy(allow(Action)) });

/** Rights. */
export const RIGHTS: readonly Pair[] = [
  weaker('every bucket', 'May now `s3:*` on `*`', POLICY, { [`${STATEMENTS}.+`]: allow('s3:*') }),
  weaker('a policy of our own, which names the role', 'May now `*` on `*`', P('ManagedPolicy'), {
    ...{ Roles: [ref(ROLE)], PolicyDocument: policy(allow('*')) },
  }),
  weaker('a policy of our own, which the role names', 'Rights of `Web/Roles/TaskRole`**: May now `*` on `*`', (s) =>
    s.set(P('ManagedPolicy'), { PolicyDocument: policy(allow('*')) }).set(ROLE, { ManagedPolicyArns: [{ Ref: 'P' }] }),
  ),
  weaker('by the name of the role', 'Rights of `Web/Roles/TaskRole`', P('Policy'), {
    ...{ Roles: ['prooflink-prod-ecs-task-role'], ...named('iam:*') },
  }),
  weaker('a RolePolicy', 'May now `iam:*`', P('RolePolicy'), { RoleName: ref(ROLE), ...named('iam:*') }),
  weaker('another role for the policy', 'Rights of `UserImport/Roles/TaskRole`', POLICY, {
    'Roles.+': ref('UserImport/Roles/TaskRole'),
  }),
  weaker('an inline policy', 'May now `secretsmanager:*`', ROLE, { Policies: [named('secretsmanager:*')] }),
  weaker('everywhere but', 'everything but arn:aws:s3:::x`', POLICY, {
    [`${STATEMENTS}.+`]: { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' },
  }),
  weaker('a statement by a condition', 'May now `iam:*`', POLICY, {
    [`${STATEMENTS}.+`]: otherwise(allow('iam:*'), { Ref: 'AWS::NoValue' }),
  }),
  weaker('a role that anybody takes', 'Who may take `Web/Roles/TaskRole`', ROLE, {
    [`${TRUST}.+`]: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } },
  }),
  weaker('a role that another account takes', '999999999999', ROLE, {
    [`${TRUST}.0.Principal`]: { AWS: '999999999999' },
  }),
  weaker('a role without a condition', 'Who may take', ROLE, { [`${TRUST}.0.Condition`]: undefined }),
  weaker('no policy of the bucket', 'No longer denied', (s) => s.remove(`${BUCKET}/Policy`)),
  weaker('a denial that is conditional', 'No longer denied', (s) => {
    const [statement] = s.of(`${BUCKET}/Policy`).PolicyDocument.Statement as unknown[];
    s.set(`${BUCKET}/Policy`, { [`${STATEMENTS}.0`]: otherwise(statement, { Ref: 'AWS::NoValue' }) });
  }),
  weaker('a public bucket', 'Who may use `FileStorage/Bucket/Policy`', `${BUCKET}/Policy`, {
    [`${STATEMENTS}.+`]: anybody('s3:GetObject'),
  }),
  undone(
    weaker('nothing blocks what is public', 'would make it public', BUCKET, {
      'PublicAccessBlockConfiguration.BlockPublicPolicy': false,
    }),
  ),
  weaker('no block at all', 'would make it public', BUCKET, { PublicAccessBlockConfiguration: undefined }),
  weaker('any origin', 'AllowedOrigins', BUCKET, { 'CorsConfiguration.CorsRules.0.AllowedOrigins': ['*'] }),
  weaker('a policy of the secret', '999999999999', 'P AWS::SecretsManager::ResourcePolicy', {
    SecretId: ref('Web/SessionSecret'),
    ResourcePolicy: policy(
      allow('secretsmanager:GetSecretValue', '*', { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
    ),
  }),
  weaker('a policy of the registry, as text', 'May now `999999999999`', IMAGES, {
    RepositoryPolicyText: JSON.stringify(policy({ Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' })),
  }),
  weaker('anybody calls a function', 'May now', 'P AWS::Lambda::Permission', {
    ...{ Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' },
  }),
  weaker('a policy that a macro writes', 'May now `whatever', P('Policy'), {
    ...{ Roles: [ref(ROLE)], PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } } },
  }),
  weaker('a policy for a role of another stack', 'May now `*` on `*`', P('Policy'), {
    ...{ Roles: [{ 'Fn::ImportValue': 'r' }], PolicyDocument: policy(allow('*')) },
  }),
  weaker('the one statement of a bus of events', 'May now `events:PutEvents`', 'Bus AWS::Events::EventBusPolicy', {
    Statement: anybody('events:PutEvents'),
  }),
  weaker('tasks with another role', 'TaskRoleArn', TASK, { TaskRoleArn: attribute('Web/Roles/ExecutionRole', 'Arn') }),
  weaker('a user with a key', 'AWS::IAM::AccessKey', (s) =>
    s.set('U AWS::IAM::User', {}).set('K AWS::IAM::AccessKey', { UserName: { Ref: 'U' } }),
  ),
  weaker(
    'a new stack with a role for administrators',
    /Rights of `Backdoor`\*\*: May now `.*AdministratorAccess/,
    (s) =>
      (s.others['Ops'] = {
        Resources: {
          Backdoor: {
            Type: 'AWS::IAM::Role',
            Properties: {
              ManagedPolicyArns: [admin],
              AssumeRolePolicyDocument: policy(
                allow('sts:AssumeRole', '*', { Principal: { AWS: '999999999999' } }),
              ) as never,
            },
          },
        },
      }),
  ),
  look('what no statement has', 'Foo', POLICY, { [`${STATEMENTS}.0.Foo`]: 'x' }),
  look('a policy of another version of the language', '2008-10-17', POLICY, { 'PolicyDocument.Version': '2008-10-17' }),
];

const USER = 'U AWS::IAM::User';
const GROUP = 'G AWS::IAM::Group';

/** The same, of a base that is not as the template is today. */
export const OTHER_RIGHTS: readonly Pair[] = [
  weaker(
    'a user in a group of administrators',
    /Rights of `U`\*\*: May now .*AdministratorAccess/,
    ...['U', { Groups: [{ Ref: 'G' }] }],
    (s) => s.set(USER, {}).set(GROUP, { ManagedPolicyArns: [admin] }),
  ),
  weaker(
    'a user in a group of another stack',
    /Rights of `b`\*\*: May now .*group Administrators/,
    ...['A', { Users: ['a', 'b'] }],
    (s) => s.set('A AWS::IAM::UserToGroupAddition', { GroupName: 'Administrators', Users: ['a'] }),
  ),
  weaker(
    'more for a group that has users',
    /Rights of `U`\*\*: May now/,
    ...['G', { ManagedPolicyArns: [admin] }],
    (s) => s.set(USER, { Groups: [{ Ref: 'G' }] }).set(GROUP, {}),
  ),
  weaker('another role for machines', 'AWS::IAM::InstanceProfile', 'I', { Roles: [ref(ROLE)] }, (s) =>
    s.set('I AWS::IAM::InstanceProfile', { Roles: ['x'] }),
  ),
  ...[undefined, { Ref: 'P' }].map((PermissionsBoundary) =>
    weaker(
      `a wider ${PermissionsBoundary ? 'boundary' : 'policy that is attached elsewhere'}`,
      /allowed by `P`\*\*: May now `\*` on `\*`/,
      ...['P', { PolicyDocument: policy(allow('*')) }],
      (s) => s.set(P('ManagedPolicy'), { PolicyDocument: policy(allow('s3:*')) }).set(ROLE, { PermissionsBoundary }),
    ),
  ),
  weaker('a boundary off', 'boundary', ROLE, { PermissionsBoundary: undefined }, (s) =>
    s.set(ROLE, { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/b' }),
  ),
];
