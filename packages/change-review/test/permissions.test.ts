import { allow, policy, reviewResource } from './support/assemblies';

const FILES = 'arn:aws:s3:::files/*';
const allowOnFiles = (...actions: readonly string[]) => allow(actions, FILES);
const allowAllBut = (...actions: readonly string[]) => ({ Effect: 'Allow', NotAction: actions, Resource: '*' });
const ofTeams = (...teams: readonly string[]) => ({
  Condition: { StringEquals: { 'aws:PrincipalTag/team': teams } },
});

const review = (before: object, after: object) => reviewResource(policy(before), policy(after)).stdout;

describe('a policy is widened, and the other way round narrowed, which is to look at, by', () => {
  it.each([
    {
      title: 'an action',
      narrow: allowOnFiles('s3:Get'),
      wide: allowOnFiles('s3:Get', 's3:Put'),
      says: ' allowed: `s3:Put` on `arn:aws:s3:::files/*`.\n',
    },
    {
      title: 'a wildcard',
      narrow: allowOnFiles('s3:Get*'),
      wide: allowOnFiles('s3:G?t*'),
      says: ' allowed: `s3:G?t*` on',
    },
    {
      title: 'every resource instead of one',
      narrow: allowOnFiles('s3:Get'),
      wide: allow('s3:Get'),
      says: ' allowed: `s3:Get` on `*`.',
    },
    {
      title: 'more values of a condition',
      narrow: allow('s3:*', '*', ofTeams('a')),
      wide: allow('s3:*', '*', ofTeams('a', 'b')),
      says: '`a, b`',
    },
    {
      title: 'all but a list of actions',
      narrow: allow('s3:GetObject'),
      wide: allowAllBut('iam:*'),
      says: ' allowed: everything but',
    },
  ])('$title', ({ narrow, wide, says }) => {
    const widened = review(narrow, wide);
    expect(widened).toContain('⚠️ **Permissions of `task`**');
    expect(widened).toContain(says);
    const narrowed = review(wide, narrow);
    expect(narrowed).toContain('👀 **Permissions of `task`**: No longer allowed');
    expect(narrowed).toContain(says);
    expect(narrowed).not.toContain('⚠️');
  });
});

it('a pattern of nothing but stars takes no time', () => {
  const stars = `s3:${'*a'.repeat(500)}`;
  expect(review(allowOnFiles(stars), allowOnFiles(`s3:${'a'.repeat(5000)}b`))).toContain('Newly allowed');
});
