/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { ref } from '../../../../../support/real-stack';
import { admin, allow, BUCKET, IMAGES, look, otherwise, type Pair } from './pair';
import { policy, POLICY, ROLE, weaker } from './pair';

const STATEMENTS = 'PolicyDocument.Statement';
const TRUST = 'AssumeRolePolicyDocument.Statement';
const anybody = (Action: string) => allow(Action, '*', { Principal: '*' });
/** A policy that is added. */
const P = (type: string) => `P AWS::IAM::${type}`;
const named = (Action: string) => ({ PolicyName: 'x', PolicyDocument: policy(allow(Action)) });

/** Rights. */
export const RIGHTS: readonly Pair[] = [
  weaker('Newly allowed: `s3:*` on `*`. This covers every bucket in the account.', POLICY, {
    [`${STATEMENTS}.+`]: allow('s3:*'),
  }),
  weaker(/Newly allowed: `\*` on `\*`. This allows every action .* an administrator/, P('ManagedPolicy'), {
    ...{ Roles: [ref(ROLE)], PolicyDocument: policy(allow('*')) },
  }),
  weaker('Permissions of `Web/Roles/TaskRole`**: Newly allowed: `*` on `*`', (s) =>
    s.set(P('ManagedPolicy'), { PolicyDocument: policy(allow('*')) }).set(ROLE, { ManagedPolicyArns: [{ Ref: 'P' }] }),
  ),
  weaker('Permissions of `Web/Roles/TaskRole`', P('Policy'), {
    ...{ Roles: ['prooflink-prod-ecs-task-role'], ...named('iam:*') },
  }),
  weaker('Newly allowed: `iam:*`', P('RolePolicy'), { RoleName: ref(ROLE), ...named('iam:*') }),
  weaker('Permissions of `UserImport/Roles/TaskRole`', POLICY, {
    'Roles.+': ref('UserImport/Roles/TaskRole'),
  }),
  weaker('Newly allowed: `secretsmanager:*`', ROLE, { Policies: [named('secretsmanager:*')] }),
  weaker('everything but arn:aws:s3:::x`', POLICY, {
    [`${STATEMENTS}.+`]: { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' },
  }),
  weaker('Newly allowed: `iam:*`', POLICY, {
    [`${STATEMENTS}.+`]: otherwise(allow('iam:*'), { Ref: 'AWS::NoValue' }),
  }),
  weaker('Trust policy of `Web/Roles/TaskRole`', ROLE, {
    [`${TRUST}.+`]: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } },
  }),
  weaker('999999999999', ROLE, {
    [`${TRUST}.0.Principal`]: { AWS: '999999999999' },
  }),
  weaker(/No longer restricted to .*. The condition until now: /, ROLE, { [`${TRUST}.0.Condition`]: undefined }),
  weaker('No longer denied', (s) => s.remove(`${BUCKET}/Policy`)),
  weaker('No longer denied', (s) => {
    const [statement] = s.of(`${BUCKET}/Policy`).PolicyDocument.Statement as unknown[];
    s.set(`${BUCKET}/Policy`, { [`${STATEMENTS}.0`]: otherwise(statement, { Ref: 'AWS::NoValue' }) });
  }),
  weaker('Who may use `FileStorage/Bucket/Policy`', `${BUCKET}/Policy`, {
    [`${STATEMENTS}.+`]: anybody('s3:GetObject'),
  }),
  weaker('Block Public Access gets weaker', BUCKET, { PublicAccessBlockConfiguration: undefined }),
  weaker('Every website can call it from a browser.', BUCKET, {
    'CorsConfiguration.CorsRules.0.AllowedOrigins': ['*'],
  }),
  weaker('999999999999', 'P AWS::SecretsManager::ResourcePolicy', {
    SecretId: ref('Web/SessionSecret'),
    ResourcePolicy: policy(
      allow('secretsmanager:GetSecretValue', '*', { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
    ),
  }),
  weaker('Newly allowed: `999999999999`', IMAGES, {
    RepositoryPolicyText: JSON.stringify(policy({ Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' })),
  }),
  weaker('This allows everyone', 'P AWS::Lambda::Permission', {
    ...{ Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' },
  }),
  weaker('Newly allowed: `whatever', P('Policy'), {
    ...{ Roles: [ref(ROLE)], PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } } },
  }),
  weaker('Newly allowed: `*` on `*`', P('Policy'), {
    ...{ Roles: [{ 'Fn::ImportValue': 'r' }], PolicyDocument: policy(allow('*')) },
  }),
  weaker('Newly allowed: `events:PutEvents`', 'Bus AWS::Events::EventBusPolicy', {
    Statement: anybody('events:PutEvents'),
  }),
  weaker('This access key does not expire', (s) =>
    s.set('U AWS::IAM::User', {}).set('K AWS::IAM::AccessKey', { UserName: { Ref: 'U' } }),
  ),
  look('Foo', POLICY, { [`${STATEMENTS}.0.Foo`]: 'x' }),
  look('2008-10-17', POLICY, { 'PolicyDocument.Version': '2008-10-17' }),
];

const USER = 'U AWS::IAM::User';
const GROUP = 'G AWS::IAM::Group';

/** The same, of a base that is not as the template is today. */
export const OTHER_RIGHTS: readonly Pair[] = [
  weaker(/Permissions of `U`\*\*: Newly allowed: .*AdministratorAccess/, ...['U', { Groups: [{ Ref: 'G' }] }], (s) =>
    s.set(USER, {}).set(GROUP, { ManagedPolicyArns: [admin] }),
  ),
  weaker(/Permissions of `b`\*\*: Newly allowed: .*group Administrators/, ...['A', { Users: ['a', 'b'] }], (s) =>
    s.set('A AWS::IAM::UserToGroupAddition', { GroupName: 'Administrators', Users: ['a'] }),
  ),
  weaker(/Permissions of `U`\*\*: Newly allowed/, ...['G', { ManagedPolicyArns: [admin] }], (s) =>
    s.set(USER, { Groups: [{ Ref: 'G' }] }).set(GROUP, {}),
  ),
  weaker('Everyone who can start an instance with it', 'I', { Roles: [ref(ROLE)] }, (s) =>
    s.set('I AWS::IAM::InstanceProfile', { Roles: ['x'] }),
  ),
  ...[undefined, { Ref: 'P' }].map((PermissionsBoundary) =>
    weaker(
      /Permissions in `P`\*\*: Newly allowed: `\*` on `\*`/,
      ...['P', { PolicyDocument: policy(allow('*')) }],
      (s) => s.set(P('ManagedPolicy'), { PolicyDocument: policy(allow('s3:*')) }).set(ROLE, { PermissionsBoundary }),
    ),
  ),
  weaker('The permissions boundary changes or is removed.', ROLE, { PermissionsBoundary: undefined }, (s) =>
    s.set(ROLE, { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/b' }),
  ),
];
