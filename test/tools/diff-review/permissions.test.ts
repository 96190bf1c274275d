import { removeAssemblies, reviewResource } from './support/assemblies';

afterAll(removeAssemblies);

const policy = (...statements: object[]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'ProoflinkECSTaskPolicy', Roles: ['task'], PolicyDocument: { Statement: statements } },
});
const allow = (Action: string | string[], Resource: string | string[] = 'arn:aws:s3:::files/*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource = '*') => ({ Effect: 'Deny', Action, Resource });
const condition = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };

it('says what is allowed now that was not, and on what', () => {
  const { exitCode, stdout } = reviewResource(
    policy(allow(['s3:GetObject'])),
    policy(allow(['s3:GetObject', 's3:DeleteObject'])),
  );
  expect(stdout).toContain(
    '⚠️ **Permissions of `AWS:task`**: More is allowed than was. The resource stays `arn:aws:s3:::files/*`.\n' +
      '  - `action`: _not set_ → `s3:DeleteObject`\n',
  );
  expect(exitCode).toBe(0);
});

it.each([
  ['a wildcard', policy(allow('s3:GetObject')), policy(allow('s3:*')), 'More is allowed'],
  ['more resources', policy(allow('s3:GetObject')), policy(allow('s3:GetObject', '*')), 'More is allowed'],
  ['a new statement', policy(), policy(allow('sqs:SendMessage', '*')), 'Newly allowed.'],
  ['no condition', policy(allow('s3:*', '*', condition)), policy(allow('s3:*', '*')), 'without the condition'],
  ['a denial less', policy(deny('s3:*')), policy(deny('s3:Get*')), 'No longer denied, or denied less widely.'],
  [
    'all but a list',
    policy(allow('s3:GetObject')),
    policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    'llowed',
  ],
])('%s widens', (_case, before, after, message) => {
  const { stdout } = reviewResource(before, after);
  expect(stdout).toContain('⚠️ **Permissions of `AWS:task`**');
  expect(stdout).toContain(message);
});

it.each([
  ['fewer actions', policy(allow(['s3:GetObject', 's3:PutObject'])), policy(allow('s3:GetObject'))],
  ['one of a wildcard', policy(allow('s3:*')), policy(allow('s3:getobject'))],
  ['a narrower wildcard', policy(allow('s3:G?t*')), policy(allow('s3:Get*'))],
  ['one resource of many', policy(allow('s3:GetObject', '*')), policy(allow('s3:GetObject', 'arn:aws:s3:::a/*'))],
  ['a condition more', policy(allow('s3:*')), policy(allow('s3:*', undefined, condition))],
  ['two statements in one', policy(allow('s3:Get*'), allow('s3:Put*')), policy(allow(['s3:Get*', 's3:Put*']))],
  ['a denial more', policy(deny('s3:Get*')), policy(deny('s3:*'))],
])('%s does not', (_case, before, after) => {
  expect(reviewResource(before, after).stdout).toContain('nothing is opened');
});

it('sees who may assume a role, and attached policies', () => {
  const role = (service: string, ...policies: string[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      ManagedPolicyArns: policies,
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
      },
    },
  });
  const { stdout } = reviewResource(
    role('ecs-tasks.amazonaws.com'),
    role('*', 'arn:aws:iam::aws:policy/AdministratorAccess'),
  );
  expect(stdout).toContain('Permissions of `Service:*`**: Newly allowed.');
  expect(stdout).toContain('The managed policy `arn:aws:iam::aws:policy/AdministratorAccess` is attached.');
});

it('a pattern of nothing but stars takes no time', () => {
  const stars = `s3:${'*a'.repeat(500)}`;
  const { stdout } = reviewResource(policy(allow(stars)), policy(allow(`s3:${'a'.repeat(5000)}b`)));
  expect(stdout).toContain('allowed');
});
