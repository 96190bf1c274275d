import { reviewResource } from './support/assemblies';

const FILES = 'arn:aws:s3:::files/*';
const policy = (statements: readonly object[]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'ProoflinkECSTaskPolicy', Roles: ['task'], PolicyDocument: { Statement: statements } },
});
const allow = (action: string | readonly string[], otherFields: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: FILES,
  ...otherFields,
});
const allowEverywhere = (action: string, otherFields: object = {}) => allow(action, { Resource: '*', ...otherFields });
const deny = (action: string, otherFields: object = {}) => ({
  Effect: 'Deny',
  Action: action,
  Resource: '*',
  ...otherFields,
});
const allowAllBut = (...actions: readonly string[]) => ({ Effect: 'Allow', NotAction: actions, Resource: '*' });
const ofTeams = (...teams: readonly string[]) => ({
  Condition: { StringEquals: { 'aws:PrincipalTag/team': teams } },
});
const OVER_TLS = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };

const review = (before: readonly object[], after: readonly object[]) =>
  reviewResource(policy(before), policy(after)).stdout;

describe('a policy is widened by', () => {
  it.each([
    {
      title: 'an action',
      before: [allow('s3:Get')],
      after: [allow(['s3:Get', 's3:Put'])],
      says: '**: Newly allowed: `s3:Put` on `arn:aws:s3:::files/*`.\n',
    },
    {
      title: 'a wildcard',
      before: [allow('s3:GetObject')],
      after: [allow('s3:*')],
      says: 'Newly allowed: `s3:*` on',
    },
    {
      title: 'more resources',
      before: [allow('s3:GetObject')],
      after: [allowEverywhere('s3:GetObject')],
      says: 'Newly allowed: `s3:GetObject` on `*`',
    },
    {
      title: 'a new statement',
      before: [],
      after: [allowEverywhere('sqs:SendMessage')],
      says: 'Newly allowed: `sqs:SendMessage`',
    },
    {
      title: 'a condition less',
      before: [allowEverywhere('s3:*', OVER_TLS)],
      after: [allowEverywhere('s3:*')],
      says: 'Newly allowed: `s3:*` on `*`.',
    },
    {
      title: 'more values of a condition',
      before: [allowEverywhere('s3:*', ofTeams('a'))],
      after: [allowEverywhere('s3:*', ofTeams('a', 'b'))],
      says: '`a, b`',
    },
    {
      title: 'a denial of fewer actions',
      before: [deny('s3:*')],
      after: [deny('s3:Get*')],
      says: 'No longer denied: `s3:*`',
    },
    {
      title: 'a denial with a condition more',
      before: [deny('s3:*')],
      after: [deny('s3:*', OVER_TLS)],
      says: 'No longer denied: `s3:*`',
    },
    {
      title: 'all actions but a list',
      before: [allow('s3:GetObject')],
      after: [allowAllBut('iam:*')],
      says: 'Newly allowed: everything but `iam:*`',
    },
    {
      title: 'an action that was an exception',
      before: [allowAllBut('iam:*')],
      after: [allowAllBut('iam:*'), allowEverywhere('iam:PassRole')],
      says: 'Newly allowed: `iam:PassRole`',
    },
  ])('$title', ({ before, after, says }) => {
    const stdout = review(before, after);
    expect(stdout).toContain('⚠️ **Permissions of `task`**');
    expect(stdout).toContain(says);
  });
});

describe('a policy is narrowed, which is to look at, by', () => {
  it.each([
    {
      title: 'fewer actions',
      before: [allow(['s3:GetObject', 's3:PutObject'])],
      after: [allow('s3:GetObject')],
      says: 'No longer allowed: `s3:PutObject`',
    },
    {
      title: 'one action of a wildcard',
      before: [allow('s3:*')],
      after: [allow('s3:getobject')],
      says: 'No longer allowed: `s3:*`',
    },
    {
      title: 'a narrower wildcard',
      before: [allow('s3:G?t*')],
      after: [allow('s3:Get*')],
      says: 'No longer allowed',
    },
    {
      title: 'one resource of many',
      before: [allowEverywhere('s3:Get')],
      after: [allow('s3:Get', { Resource: 'arn:aws:s3:::a/*' })],
      says: 'No longer allowed',
    },
    {
      title: 'a condition more',
      before: [allow('s3:*')],
      after: [allow('s3:*', OVER_TLS)],
      says: 'No longer allowed',
    },
    {
      title: 'fewer values of a condition',
      before: [allowEverywhere('s3:*', ofTeams('a', 'b'))],
      after: [allowEverywhere('s3:*', ofTeams('a'))],
      says: 'No longer allowed',
    },
    {
      title: 'a denial of more actions',
      before: [deny('s3:Get*')],
      after: [deny('s3:*')],
      says: 'Newly denied: `s3:*`',
    },
    {
      title: 'one action of all but a list',
      before: [allowAllBut('iam:*')],
      after: [allowEverywhere('s3:GetObject')],
      says: 'No longer allowed: everything but',
    },
  ])('$title', ({ before, after, says }) => {
    const stdout = review(before, after);
    expect(stdout).toMatch(/👀 \*\*Permissions of `task`\*\*: (No longer allowed|Newly denied)/);
    expect(stdout).toContain(says);
    expect(stdout).not.toContain('⚠️');
  });
});

it('a pattern of nothing but stars takes no time', () => {
  const stars = `s3:${'*a'.repeat(500)}`;
  expect(review([allow(stars)], [allow(`s3:${'a'.repeat(5000)}b`)])).toContain('Newly allowed');
});
