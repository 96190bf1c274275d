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
  ])('$title', ({ before, after, says }) => {
    const stdout = review(before, after);
    expect(stdout).toContain('⚠️ **Permissions of `task`**');
    expect(stdout).toContain(says);
  });
});

describe('a policy is narrowed, which is to look at, by', () => {
  it.each([
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
      title: 'fewer values of a condition',
      before: [allowEverywhere('s3:*', ofTeams('a', 'b'))],
      after: [allowEverywhere('s3:*', ofTeams('a'))],
      says: 'No longer allowed',
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
