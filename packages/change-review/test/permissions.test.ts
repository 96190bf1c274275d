import { reviewResource } from './support/assemblies';

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
const butFor = (...NotAction: string[]) => ({ Effect: 'Allow', NotAction, Resource: '*' });
const equals = (...values: string[]) => ({ Condition: { StringEquals: { 'aws:PrincipalTag/team': values } } });
const condition = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };

const review = (before: object[], after: object[]) => reviewResource(policy(...before), policy(...after)).stdout;

const exceptIam = butFor('iam:*');
it.each<readonly [string, object[], object[], string]>([
  [
    'an action',
    [allow('s3:Get')],
    [allow(['s3:Get', 's3:Put'])],
    '**: Newly allowed: `s3:Put` on `arn:aws:s3:::files/*`.\n',
  ],
  ['a wildcard', [allow('s3:GetObject')], [allow('s3:*')], 'Newly allowed: `s3:*` on'],
  ['more resources', [allow('s3:GetObject')], [allow('s3:GetObject', '*')], 'Newly allowed: `s3:GetObject` on `*`'],
  ['a new statement', [], [allow('sqs:SendMessage', '*')], 'Newly allowed: `sqs:SendMessage`'],
  ['no condition', [allow('s3:*', '*', condition)], [allow('s3:*', '*')], 'Newly allowed: `s3:*` on `*`.'],
  ['other values of one', [allow('s3:*', '*', equals('a'))], [allow('s3:*', '*', equals('a', 'b'))], '`a, b`'],
  ['a denial less', [deny('s3:*')], [deny('s3:Get*')], 'No longer denied: `s3:*`'],
  ['a denial of less', [deny('s3:*')], [{ ...deny('s3:*'), ...condition }], 'No longer denied: `s3:*`'],
  ['all but a list', [allow('s3:GetObject')], [exceptIam], 'Newly allowed: `everything but iam:*`'],
  ['a shorter list of exceptions', [butFor('iam:*', 's3:*')], [exceptIam], 'everything but iam:*`'],
  ['what was excepted', [exceptIam], [exceptIam, allow('iam:PassRole', '*')], 'Newly allowed: `iam:PassRole`'],
])('%s widens', (_case, before, after, message) => {
  const stdout = review(before, after);
  expect(stdout).toContain('⚠️ **Permissions of `task`**');
  expect(stdout).toContain(message);
});

it.each<readonly [string, object[], object[], string]>([
  [
    'fewer actions',
    [allow(['s3:GetObject', 's3:PutObject'])],
    [allow('s3:GetObject')],
    'No longer allowed: `s3:PutObject`',
  ],
  ['one of a wildcard', [allow('s3:*')], [allow('s3:getobject')], 'No longer allowed: `s3:*`'],
  ['a narrower wildcard', [allow('s3:G?t*')], [allow('s3:Get*')], 'No longer allowed'],
  ['one resource of many', [allow('s3:Get', '*')], [allow('s3:Get', 'arn:aws:s3:::a/*')], 'No longer allowed'],
  ['a condition more', [allow('s3:*')], [allow('s3:*', undefined, condition)], 'No longer allowed'],
  [
    'fewer values of one',
    [allow('s3:*', '*', equals('a', 'b'))],
    [allow('s3:*', '*', equals('a'))],
    'No longer allowed',
  ],
  ['a denial more', [deny('s3:Get*')], [deny('s3:*')], 'Newly denied: `s3:*`'],
  ['a longer list of exceptions', [exceptIam], [butFor('iam:*', 's3:*')], 'No longer allowed: `everything but iam:*`'],
  ['a part of all but a list', [exceptIam], [allow('s3:GetObject', '*')], 'No longer allowed: `everything but'],
])('%s does not, and is to look at', (_case, before, after, message) => {
  const stdout = review(before, after);
  expect(stdout).toMatch(/👀 \*\*Permissions of `task`\*\*: (No longer allowed|Newly denied)/);
  expect(stdout).toContain(message);
  expect(stdout).not.toContain('⚠️');
});

it('a pattern of nothing but stars takes no time', () => {
  const stars = `s3:${'*a'.repeat(500)}`;
  expect(review([allow(stars)], [allow(`s3:${'a'.repeat(5000)}b`)])).toContain('Newly allowed');
});
