import { reviewResource, reviewStack } from './support/assemblies';

describe('a parameter is removed', () => {
  const parameter = (Type = 'String') => ({ Type, Default: 'x' });
  const topic = (DisplayName: unknown) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
  const UNUSED = 'the value in the deployed stack is no longer used';
  const stored = 'AWS::SSM::Parameter::Value<String>';

  it.each([
    {
      title: 'only a resource read it that is removed, too',
      base: { template: { Parameters: { Old: parameter() } }, resources: { One: topic({ Ref: 'Old' }) } },
      head: {},
      says: 'No remaining resource reads it',
      exitCode: 0,
    },
    {
      title: 'the property that read it is removed, too',
      base: { template: { Parameters: { Old: parameter() } }, resources: { One: topic({ Ref: 'Old' }) } },
      head: { resources: { One: topic(undefined) } },
      says: UNUSED,
      exitCode: 0,
    },
    {
      title: 'a new parameter is read instead, and has its own default',
      base: { template: { Parameters: { Old: parameter() } }, resources: { One: topic({ Ref: 'Old' }) } },
      head: { template: { Parameters: { New: parameter() } }, resources: { One: topic({ Ref: 'New' }) } },
      says: 'The value in the deployed stack is lost',
      exitCode: 1,
    },
    {
      title: 'a new parameter is read instead, and the value stays in the Parameter Store',
      base: { template: { Parameters: { Old: parameter(stored) } }, resources: { One: topic({ Ref: 'Old' }) } },
      head: { template: { Parameters: { New: parameter(stored) } }, resources: { One: topic({ Ref: 'New' }) } },
      says: UNUSED,
      exitCode: 0,
    },
    {
      title: 'a condition reads a new parameter instead',
      base: {
        template: { Parameters: { Old: parameter() }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'Old' }, 'x'] } } },
      },
      head: {
        template: { Parameters: { New: parameter() }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'New' }, 'x'] } } },
      },
      says: 'The value in the deployed stack is lost',
      exitCode: 1,
    },
    {
      title: 'a resource still reads it',
      base: { template: { Parameters: { Old: parameter() } }, resources: { One: topic({ Ref: 'Old' }) } },
      head: { resources: { One: topic({ Ref: 'Old' }) } },
      says: 'The template still refers to it: CloudFormation rejects the template',
      exitCode: 3,
    },
  ])('$title', ({ base, head, says, exitCode }) => {
    const outcome = reviewStack(base, head);
    expect(outcome.stdout).toContain(says);
    expect(outcome.exitCode).toBe(exitCode);
  });
});

describe('what no longer happens', () => {
  it.each([
    {
      title: 'a function runs',
      type: 'AWS::Lambda::Function',
      properties: {},
      says: 'It no longer runs.',
      not: 'Its actions no longer happen',
    },
    {
      title: 'a permission does not run',
      type: 'AWS::Lambda::Permission',
      properties: { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: 'sns.amazonaws.com' },
      says: 'Removed.',
      not: 'It no longer runs.',
    },
  ])('$title', ({ type, properties, says, not }) => {
    const { stdout } = reviewResource({ Type: type, Properties: properties }, undefined);
    expect(stdout).toContain(says);
    expect(stdout).not.toContain(not);
  });
});

it.each([{ title: 'a version of a function', type: 'AWS::Lambda::Version', properties: { FunctionName: 'f' } }])(
  'a new revision under a new id is no renaming: $title',
  ({ type, properties }) => {
    const resource = { Type: type, Properties: properties };
    const { stdout } = reviewStack({ resources: { One: resource } }, { resources: { Two: resource } });
    expect(stdout).not.toContain('Renamed');
    expect(stdout).toContain('Removed.');
  },
);

describe('a deployment of files to a bucket is removed', () => {
  const bucket = { Type: 'AWS::S3::Bucket' };
  const deployment = (properties: object) => ({
    Type: 'Custom::CDKBucketDeployment',
    Properties: { ServiceToken: 'x', DestinationBucketName: { Ref: 'Bucket' }, ...properties },
  });
  const removed = (properties: object) =>
    reviewStack({ resources: { Bucket: bucket, Files: deployment(properties) } }, { resources: { Bucket: bucket } });

  it.each([
    { title: 'the files stay by default', properties: {} },
    { title: 'the files stay', properties: { RetainOnDelete: true } },
    { title: 'the files stay, as a text', properties: { RetainOnDelete: 'true' } },
  ])('$title', ({ properties }) => {
    const { exitCode, stdout } = removed(properties);
    expect(stdout).not.toContain('sends Delete to the handler');
    expect(exitCode).toBe(0);
  });

  it('the files are deleted', () => {
    const { exitCode, stdout } = removed({ RetainOnDelete: false });
    expect(stdout).toContain(
      'sends Delete to the handler of this custom resource, which may delete or change what it refers to: `Bucket`.',
    );
    expect(exitCode).toBe(1);
  });
});

describe('a removed role', () => {
  const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
  const job = (Role: unknown) => ({ Type: 'AWS::Lambda::Function', Properties: { Role } });
  const base = { Role: role, Job: job({ 'Fn::GetAtt': ['Role', 'Arn'] }) };
  const loses = 'Whatever still runs with this role loses its permissions.';

  it('is used by nothing in the stack if its users are removed, too', () => {
    const { stdout } = reviewStack({ resources: base }, { resources: {} });
    expect(stdout).toContain('Removed. What used it in the stack is removed too: `Job`.');
    expect(stdout).not.toContain(loses);
  });

  it('takes the permissions of what stays', () => {
    const { stdout } = reviewStack({ resources: base }, { resources: { Job: job('arn') } });
    expect(stdout).toContain(loses);
  });
});
