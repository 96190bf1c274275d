import { reviewResource } from './support/assemblies';

const roleTrusting = (condition: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: 'token.actions.githubusercontent.com' },
          Condition: condition,
        },
      ],
    },
  },
});

const subject = (operator: 'StringEquals' | 'StringLike', value: string) => ({
  [operator]: { 'token.actions.githubusercontent.com:sub': value },
});

const MAIN = subject('StringEquals', 'repo:o/r:ref:refs/heads/main');
const HELD_BEFORE =
  /Allowed of it until now: [^\n]*`StringEquals token.actions.githubusercontent.com:sub` `[^`]*main`\./;

it.each([
  { title: 'every branch', condition: subject('StringLike', 'repo:o/r:*') },
  { title: 'whichever branch', condition: {} },
])('a role that trusts $title had the right with a condition', ({ condition }) => {
  expect(reviewResource(roleTrusting(MAIN), roleTrusting(condition)).stdout).toMatch(HELD_BEFORE);
});

it('a condition whose key must be there is no new right', () => {
  const sources = { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/scanner' };
  for (const operator of ['ForAllValues:ArnLike', 'ArnLikeIfExists']) {
    const { stdout } = reviewResource(roleTrusting({ [operator]: sources }), roleTrusting({ ArnLike: sources }));
    expect(stdout).toContain('No longer allowed');
    expect(stdout).not.toContain('Newly allowed');
  }
});

it('a role that trusts another branch had no part of the right', () => {
  const next = roleTrusting(subject('StringEquals', 'repo:o/r:ref:refs/heads/next'));
  const { stdout } = reviewResource(roleTrusting(MAIN), next);
  expect(stdout).toContain('Newly allowed');
  expect(stdout).not.toContain('until now');
});
