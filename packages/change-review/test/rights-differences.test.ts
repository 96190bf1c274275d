import { allow, policy, queuePolicy, resource, reviewResource, reviewStack, roleWith } from './support/assemblies';

const denyBut = (...actions: string[]) => ({ Effect: 'Deny', NotAction: actions, Resource: '*' });

it('a denial with one exception more is still a denial of the rest', () => {
  const { stdout } = reviewResource(policy(denyBut('iam:*')), policy(denyBut('iam:*', 's3:*')));
  expect(stdout).toContain('Still denied of it: everything but `iam:*`, `s3:*` on `*`.');
});

describe('a managed policy, whose statements are unknown, may allow what another policy', () => {
  const SESSIONS = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
  const LOGS = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const task = (actions: string[], ...arns: string[]) =>
    roleWith(
      actions.map((action) => allow(action)),
      arns,
    );

  it.each([
    {
      title: 'no longer allows',
      before: task(['ssm:GetParameter'], SESSIONS),
      after: task([], SESSIONS),
      says: `The template does not show whether \`${SESSIONS}\` still allows it.`,
    },
    {
      title: 'newly allows',
      before: task([], SESSIONS),
      after: task(['ssm:GetParameter'], SESSIONS),
      says: `The template does not show whether \`${SESSIONS}\` already allowed it.`,
    },
    {
      title: 'allowed before it is attached',
      before: task(['sqs:SendMessage']),
      after: task(['sqs:SendMessage'], SESSIONS),
      says: `Newly allowed, unless another policy allowed it before: everything in the managed policy \`${SESSIONS}\`.`,
    },
  ])('$title', ({ before, after, says }) => {
    expect(reviewResource(before, after).stdout).toContain(says);
  });

  it.each([
    {
      title: 'no policy is left',
      before: task(['ssm:GetParameter'], SESSIONS),
      after: task([]),
    },
    {
      title: 'it only writes logs',
      before: task(['ssm:GetParameter'], LOGS),
      after: task([], LOGS),
    },
  ])('but not if $title', ({ before, after }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain('No longer allowed: `ssm:GetParameter` on `*`.');
    expect(stdout).not.toMatch(/still allows it|unless another/);
  });
});

describe('a managed policy gives its rights', () => {
  const allowing = (...actions: string[]) =>
    resource('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: actions.map((action) => allow(action, `${action}-target`)),
      },
    });

  it('to nobody in the stack', () => {
    const { stdout } = reviewResource(undefined, allowing('ssm:StartSession'));
    expect(stdout).toContain('**Permissions in `Thing`**: Newly allowed: `ssm:StartSession` on');
  });

  it('as itself if it limits a role: the role that it is attached to is not the only one that may more', () => {
    const Policy = { Ref: 'Policy' };
    const Role = resource('AWS::IAM::Role', { ManagedPolicyArns: [Policy], PermissionsBoundary: Policy });
    const { stdout } = reviewStack(
      { resources: { Role, Policy: allowing('ssm:StartSession') } },
      { resources: { Role, Policy: allowing('ssm:StartSession', 'iam:PassRole') } },
    );
    expect(stdout).toMatch(/Permissions in `Policy`\W+Newly allowed: `iam:PassRole` on/);
  });
});

describe('a principal `*`', () => {
  const policyWith = (condition: object) =>
    queuePolicy(allow('sqs:SendMessage', '*', { Principal: '*', Condition: condition }));

  it('beside a condition on a network is not everyone', () => {
    const { stdout } = reviewResource(undefined, policyWith({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }));
    expect(stdout).toContain('Newly allowed: `sqs:SendMessage`');
    expect(stdout).not.toContain('everyone');
  });

  it.each([
    { title: 'a condition on TLS', condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    { title: 'a condition on every address', condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } },
    { title: 'a condition that excludes', condition: { StringNotEquals: { 'aws:SourceAccount': '123456789012' } } },
  ])('with $title is everyone', ({ condition }) => {
    const { stdout } = reviewResource(undefined, policyWith(condition));
    expect(stdout).toContain('This allows everyone, including other AWS accounts.');
  });
});

describe('a letter that is not ASCII is shown by its code', () => {
  it('in an ARN', () => {
    const { stdout } = reviewResource(policy(), policy(allow('s3:Get*', 'arn:aws:s3:::\u0430cme/*')));
    const readable = stdout.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(readable.replace(/<\/?code>/g, '`')).toContain('`arn:aws:s3:::\\u{430}cme/*`');
  });

  it('in a principal', () => {
    const trust = {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: 'arn:aws:iam::123456789012:role/\u0430dmin' },
    };
    const role = resource('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [trust] } });
    const { stdout } = reviewResource(undefined, role);
    const [findings] = stdout.split('<code>cdk diff');
    expect(findings).not.toMatch(/role\/\u0430/);
  });
});

it('the default security group of a network that is no longer restricted gets its rules back', () => {
  const network = resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const restriction = resource('Custom::VpcRestrictDefaultSG', {
    ServiceToken: 'f',
    DefaultSecurityGroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] },
  });
  const { stdout } = reviewStack(
    { resources: { Vpc: network, Restriction: restriction } },
    { resources: { Vpc: network } },
  );
  expect(stdout).toContain('The default security group of `Vpc` gets its default rules back');
  expect(stdout).not.toContain('sends Delete');
});

const roleTrusting = (condition: object) =>
  resource('AWS::IAM::Role', {
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

// A template may join a list only to split it again: a policy that stays is neither new nor lost.
it('of a list that is joined and split, only the policies that change are named', () => {
  const role = (...arns: unknown[]) =>
    resource('AWS::IAM::Role', { ManagedPolicyArns: { 'Fn::Split': [',', { 'Fn::Join': [',', arns] }] } });
  const { stdout } = reviewResource(role('one', 'kept'), role('two', 'kept'));
  expect(stdout).toContain('everything in the managed policy `two`.');
  expect(stdout).toContain('everything in the managed policy `one`.');
});

it('a policy that is no valid JSON any more is refused, and takes no right away', () => {
  const key = (text: string) => resource('AWS::KMS::Key', { KeyPolicy: { 'Fn::Sub': text } });
  const statement = '{ "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "${AWS::StackName}" }';
  const text = `{ "Statement": [${statement}] }`;
  const { exitCode, stdout } = reviewResource(key(text), key(text.replace(']', `${statement}]`)));
  expect(stdout).toContain('no valid JSON');
  expect(stdout).not.toContain('No longer allowed');
  expect(exitCode).toBe(3);
});

it('a condition within `Fn::If` has no name by which a sentence could call it', () => {
  const choice = { 'Fn::If': [{ 'Fn::Equals': ['a', 'b'] }, 'one', 'two'] };
  const { stdout } = reviewResource(policy(), policy(allow('s3:GetObject', choice)));
  expect(stdout).not.toContain('object Object');
});

it('a function that one method of an API may call loses nothing if every method may', () => {
  const permission = (methods: string) =>
    resource('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: 'f',
      Principal: 'p',
      SourceArn: `arn:api/${methods}`,
    });
  const { stdout } = reviewResource(permission('*/GET/a'), permission('*/a'));
  expect(stdout).toContain('Newly allowed');
  expect(stdout).not.toContain('No longer allowed');
});

it.each([
  {
    title: 'with a condition',
    branches: ['policy', 'none'],
    narrow: 'IsBigInProd',
    wide: 'IsBig',
  },
  {
    title: 'without a condition',
    branches: ['none', 'policy'],
    narrow: 'IsBig',
    wide: 'IsBigInProd',
  },
])('a right $title is kept under a condition that it implies', ({ branches, narrow, wide }) => {
  const IsBig = { 'Fn::Equals': [{ Ref: 'Size' }, '9'] };
  const IsBigInProd = { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, { Condition: 'IsBig' }] };
  const values = branches.map((branch) => (branch === 'none' ? { Ref: 'AWS::NoValue' } : allow('s3:GetObject')));
  const stack = (condition: string) => ({
    template: {
      Parameters: { Stage: { Type: 'String' }, Size: { Type: 'String' } },
      Conditions: { IsBig, IsBigInProd },
    },
    resources: { Thing: policy({ 'Fn::If': [condition, ...values] }) },
  });
  const { stdout } = reviewStack(stack(narrow), stack(wide));
  expect(stdout).toContain('Newly allowed');
  expect(stdout).not.toContain('No longer allowed');
  expect(reviewStack(stack(wide), stack(narrow)).stdout).not.toContain('Newly allowed');
});
