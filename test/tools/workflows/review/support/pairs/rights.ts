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
  weaker('May now `s3:*` on `*`. That is every bucket of the account.', POLICY, { [`${STATEMENTS}.+`]: allow('s3:*') }),
  weaker(/May now `\*` on `\*`. That is every action .* an administrator/, P('ManagedPolicy'), {
    ...{ Roles: [ref(ROLE)], PolicyDocument: policy(allow('*')) },
  }),
  weaker('Rights of `Web/Roles/TaskRole`**: May now `*` on `*`', (s) =>
    s.set(P('ManagedPolicy'), { PolicyDocument: policy(allow('*')) }).set(ROLE, { ManagedPolicyArns: [{ Ref: 'P' }] }),
  ),
  weaker('Rights of `Web/Roles/TaskRole`', P('Policy'), {
    ...{ Roles: ['prooflink-prod-ecs-task-role'], ...named('iam:*') },
  }),
  weaker('May now `iam:*`', P('RolePolicy'), { RoleName: ref(ROLE), ...named('iam:*') }),
  weaker('Rights of `UserImport/Roles/TaskRole`', POLICY, {
    'Roles.+': ref('UserImport/Roles/TaskRole'),
  }),
  weaker('May now `secretsmanager:*`', ROLE, { Policies: [named('secretsmanager:*')] }),
  weaker('everything but arn:aws:s3:::x`', POLICY, {
    [`${STATEMENTS}.+`]: { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' },
  }),
  weaker('May now `iam:*`', POLICY, {
    [`${STATEMENTS}.+`]: otherwise(allow('iam:*'), { Ref: 'AWS::NoValue' }),
  }),
  weaker('Who may take `Web/Roles/TaskRole`', ROLE, {
    [`${TRUST}.+`]: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } },
  }),
  weaker('999999999999', ROLE, {
    [`${TRUST}.0.Principal`]: { AWS: '999999999999' },
  }),
  weaker(/No longer only .*: before, it took /, ROLE, { [`${TRUST}.0.Condition`]: undefined }),
  weaker('No longer denied', (s) => s.remove(`${BUCKET}/Policy`)),
  weaker('No longer denied', (s) => {
    const [statement] = s.of(`${BUCKET}/Policy`).PolicyDocument.Statement as unknown[];
    s.set(`${BUCKET}/Policy`, { [`${STATEMENTS}.0`]: otherwise(statement, { Ref: 'AWS::NoValue' }) });
  }),
  weaker('Who may use `FileStorage/Bucket/Policy`', `${BUCKET}/Policy`, {
    [`${STATEMENTS}.+`]: anybody('s3:GetObject'),
  }),
  weaker('would make it public', BUCKET, { PublicAccessBlockConfiguration: undefined }),
  weaker('Every website may call it from a browser.', BUCKET, {
    'CorsConfiguration.CorsRules.0.AllowedOrigins': ['*'],
  }),
  weaker('999999999999', 'P AWS::SecretsManager::ResourcePolicy', {
    SecretId: ref('Web/SessionSecret'),
    ResourcePolicy: policy(
      allow('secretsmanager:GetSecretValue', '*', { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
    ),
  }),
  weaker('May now `999999999999`', IMAGES, {
    RepositoryPolicyText: JSON.stringify(policy({ Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' })),
  }),
  weaker('Everybody may, also without an account', 'P AWS::Lambda::Permission', {
    ...{ Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' },
  }),
  weaker('May now `whatever', P('Policy'), {
    ...{ Roles: [ref(ROLE)], PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } } },
  }),
  weaker('May now `*` on `*`', P('Policy'), {
    ...{ Roles: [{ 'Fn::ImportValue': 'r' }], PolicyDocument: policy(allow('*')) },
  }),
  weaker('May now `events:PutEvents`', 'Bus AWS::Events::EventBusPolicy', {
    Statement: anybody('events:PutEvents'),
  }),
  weaker('A key that never expires', (s) =>
    s.set('U AWS::IAM::User', {}).set('K AWS::IAM::AccessKey', { UserName: { Ref: 'U' } }),
  ),
  look('Foo', POLICY, { [`${STATEMENTS}.0.Foo`]: 'x' }),
  look('2008-10-17', POLICY, { 'PolicyDocument.Version': '2008-10-17' }),
];

const USER = 'U AWS::IAM::User';
const GROUP = 'G AWS::IAM::Group';

/** The same, of a base that is not as the template is today. */
export const OTHER_RIGHTS: readonly Pair[] = [
  weaker(/Rights of `U`\*\*: May now .*AdministratorAccess/, ...['U', { Groups: [{ Ref: 'G' }] }], (s) =>
    s.set(USER, {}).set(GROUP, { ManagedPolicyArns: [admin] }),
  ),
  weaker(/Rights of `b`\*\*: May now .*group Administrators/, ...['A', { Users: ['a', 'b'] }], (s) =>
    s.set('A AWS::IAM::UserToGroupAddition', { GroupName: 'Administrators', Users: ['a'] }),
  ),
  weaker(/Rights of `U`\*\*: May now/, ...['G', { ManagedPolicyArns: [admin] }], (s) =>
    s.set(USER, { Groups: [{ Ref: 'G' }] }).set(GROUP, {}),
  ),
  weaker('Whoever may start a machine with it', 'I', { Roles: [ref(ROLE)] }, (s) =>
    s.set('I AWS::IAM::InstanceProfile', { Roles: ['x'] }),
  ),
  ...[undefined, { Ref: 'P' }].map((PermissionsBoundary) =>
    weaker(/allowed by `P`\*\*: May now `\*` on `\*`/, ...['P', { PolicyDocument: policy(allow('*')) }], (s) =>
      s.set(P('ManagedPolicy'), { PolicyDocument: policy(allow('s3:*')) }).set(ROLE, { PermissionsBoundary }),
    ),
  ),
  weaker('Another boundary, or none, limits what it may do.', ROLE, { PermissionsBoundary: undefined }, (s) =>
    s.set(ROLE, { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/b' }),
  ),
];
