import { reviewResource, reviewStack } from './support/assemblies';

const permissionFor = (source: string) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: 'f',
    Principal: 'events.amazonaws.com',
    SourceArn: `arn:aws:events:eu-west-1:123456789012:rule/${source}`,
  },
});

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

const RESTRICTION_ENDS = 'No longer restricted by the condition until now:';

describe('a restriction stays', () => {
  it('where a function gets a second source beside its first one', () => {
    const base = { resources: { One: permissionFor('one') } };
    const head = { resources: { One: permissionFor('one'), Two: permissionFor('two') } };
    const { stdout } = reviewStack(base, head);
    expect(stdout).toContain('Newly allowed: `events.amazonaws.com`: `lambda:InvokeFunction`');
    expect(stdout).not.toContain(RESTRICTION_ENDS);
  });

  it('where a function gets another source instead of its first one', () => {
    const { stdout } = reviewResource(permissionFor('one'), permissionFor('two'));
    expect(stdout).toContain('No longer allowed: `events.amazonaws.com`: `lambda:InvokeFunction`');
    expect(stdout).not.toContain(RESTRICTION_ENDS);
  });

  it('where a role trusts another branch', () => {
    const { stdout } = reviewResource(
      roleTrusting(subject('StringEquals', 'repo:o/r:ref:refs/heads/main')),
      roleTrusting(subject('StringEquals', 'repo:o/r:ref:refs/heads/next')),
    );
    expect(stdout).toContain('Newly allowed');
    expect(stdout).not.toContain(RESTRICTION_ENDS);
  });
});

describe('a restriction ends', () => {
  it('where the source of a function is left out', () => {
    const { SourceArn, ...withoutSource } = permissionFor('one').Properties;
    const { stdout } = reviewResource(permissionFor('one'), {
      Type: 'AWS::Lambda::Permission',
      Properties: withoutSource,
    });
    expect(stdout).toContain(`${RESTRICTION_ENDS} \`sourcearn\` \`${SourceArn}\``);
  });

  it('where a role trusts every branch', () => {
    const { stdout } = reviewResource(
      roleTrusting(subject('StringEquals', 'repo:o/r:ref:refs/heads/main')),
      roleTrusting(subject('StringLike', 'repo:o/r:*')),
    );
    expect(stdout).toContain(RESTRICTION_ENDS);
  });

  it('where a role trusts whichever branch', () => {
    const { stdout } = reviewResource(
      roleTrusting(subject('StringEquals', 'repo:o/r:ref:refs/heads/main')),
      roleTrusting({}),
    );
    expect(stdout).toContain(RESTRICTION_ENDS);
  });
});
