import { review, reviewResource, reviewStack, writeAssembly } from './support/assemblies';

const UNKNOWN = 'aws://unknown-account/unknown-region';

const policyOn = (resource: unknown) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    Roles: ['r'],
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: resource }] },
  },
});

// A stack without a region does not know its partition either.
it('an ARN with the partition spelled out is the same as one with the pseudo parameter', () => {
  const written = { resources: { Policy: policyOn('arn:aws:s3:::bucket/*') }, environment: UNKNOWN };
  const composed = {
    resources: { Policy: policyOn({ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::bucket/*' }) },
    environment: UNKNOWN,
  };
  const { stdout } = reviewStack(written, composed);
  expect(stdout).not.toContain('Newly allowed');
  expect(stdout).not.toContain('No longer allowed');
});

describe('a condition on what holds data', () => {
  const table = (more: object) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' }, ...more });
  const stack = (resource: object) => ({
    resources: { Table: resource },
    template: { Conditions: { IsProd: { 'Fn::Equals': ['a', { Ref: 'AWS::Region' }] } } },
  });

  it('leaves it outside the stack if its DeletionPolicy retains it', () => {
    const retained = { DeletionPolicy: 'Retain' };
    const { stdout, exitCode } = reviewStack(
      stack(table(retained)),
      stack(table({ ...retained, Condition: 'IsProd' })),
    );
    expect(stdout).toContain('If the condition `IsProd` is false: It is retained outside the stack (`Retain`)');
    expect(stdout).not.toContain('is deleted');
    expect(exitCode).toBe(4);
  });

  it('deletes it with its data otherwise', () => {
    const { stdout, exitCode } = reviewStack(stack(table({})), stack(table({ Condition: 'IsProd' })));
    expect(stdout).toContain('If the condition `IsProd` is false: It is deleted, and all of its data is lost');
    expect(exitCode).toBe(1);
  });
});

it('a restriction to three ARNs that becomes one to four is still a restriction', () => {
  const role = (...repositories: string[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: '123456789012' },
            Condition: { ArnLike: { 'aws:PrincipalArn': repositories } },
          },
        ],
      },
    },
  });
  const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const three = [arn('a'), arn('b'), arn('c')];
  const widened = reviewResource(role(...three), role(...three, arn('d'))).stdout;
  expect(widened).toContain('Newly allowed');
  expect(widened).not.toContain('No longer restricted');
  expect(reviewResource(role(...three), role(...three, arn('*'))).stdout).toContain('No longer restricted');
});

it('a parameter is no resource that the handler of a custom resource could delete', () => {
  const custom = (value: unknown) => ({ Type: 'Custom::Thing', Properties: { ServiceToken: 'arn:f', Value: value } });
  const stack = (value: unknown) => ({
    resources: { Custom: custom(value) },
    template: { Parameters: { Stage: { Type: 'String', Default: 'x' } } },
  });
  expect(reviewStack(stack({ Ref: 'Stage' }), stack('x')).stdout).not.toContain('no longer refers to');
});

const TOPIC = { Type: 'AWS::SNS::Topic', Properties: {} };
const INCLUDE = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part.yaml' } };

describe('what a macro puts into a template is never harmless', () => {
  it.each([
    {
      title: 'beside the type of a new resource',
      head: { resources: { T: TOPIC, New: { ...TOPIC, 'Fn::Transform': INCLUDE } } },
    },
    { title: 'in a mapping', head: { resources: { T: TOPIC }, template: { Mappings: { 'Fn::Transform': INCLUDE } } } },
    {
      title: 'in a condition',
      head: { resources: { T: TOPIC }, template: { Conditions: { 'Fn::Transform': INCLUDE } } },
    },
    {
      title: 'in the metadata of an output',
      head: {
        resources: { T: TOPIC },
        template: { Outputs: { O: { Value: 'x', Description: { 'Fn::Transform': INCLUDE } } } },
      },
    },
    {
      title: 'in the metadata',
      head: { resources: { T: TOPIC }, template: { Metadata: { 'Fn::Transform': INCLUDE } } },
    },
    {
      title: 'from another address',
      base: { resources: { T: { ...TOPIC, 'Fn::Transform': { ...INCLUDE, Parameters: { Location: 's3://old/a' } } } } },
      head: { resources: { T: { ...TOPIC, 'Fn::Transform': INCLUDE } } },
    },
  ])('$title', ({ base = { resources: { T: TOPIC } }, head }) => {
    expect(reviewStack(base, head).stdout).toMatch(/- ⚠️[^\n]*A macro rewrites the template/);
  });
});

it('two stacks of one name in two regions are two', () => {
  const stack = (region: string, name: string) => ({
    resources: { T: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } } },
    properties: { stackName: 'App' },
    environment: `aws://123456789012/${region}`,
  });
  const assembly = (name: string) =>
    writeAssembly({ stacks: { A: stack('eu-west-1', 'x'), B: stack('us-east-1', name) } });
  const { stdout } = review(assembly('x'), assembly('y'));
  expect(stdout).toContain('App (aws://123456789012/us-east-1)');
});

it('a template that is nested in itself is refused, and does not end in a loop', () => {
  const nested = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'x' },
    Metadata: { 'aws:asset:path': '0.template.json' },
  };
  const assembly = writeAssembly({ stacks: { App: { resources: { Nested: nested } } } });
  const { exitCode, stderr } = review(assembly, assembly);
  expect(stderr).toContain('names a template that it is nested in');
  expect(exitCode).toBe(2);
});
