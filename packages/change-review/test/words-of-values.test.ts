import { allow, policy, resource, reviewResource, reviewStack } from './support/assemblies';

const SERVICE = 'AWS::ECS::Service';
const TASK = 'AWS::ECS::TaskDefinition';

const bucketOwnedBy = (ownership: string) => {
  return resource('AWS::S3::Bucket', { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } });
};
const serviceRolledBackBy = (enable: boolean, ...names: string[]) => {
  return resource(SERVICE, {
    DeploymentConfiguration: { Alarms: { Enable: enable, Rollback: enable, AlarmNames: names } },
  });
};

describe('a change has the words of its property', () => {
  it.each([
    {
      title: 'objects that belong to the account of the bucket',
      before: bucketOwnedBy('ObjectWriter'),
      after: bucketOwnedBy('BucketOwnerEnforced'),
      says: '1 to check',
      not: 'Other accounts may own objects',
    },
    {
      title: 'alarms of a deployment in another order',
      before: serviceRolledBackBy(true, 'one', 'two'),
      after: serviceRolledBackBy(true, 'two', 'one'),
      says: 'nothing is opened or weakened',
      not: 'no longer rolled back',
    },
    {
      title: 'no alarms of a deployment, which were off',
      before: serviceRolledBackBy(false),
      after: resource(SERVICE),
      says: 'nothing is opened or weakened',
      not: 'to check',
    },
  ])('$title', ({ before, after, says, not }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain(says);
    expect(stdout).not.toContain(not);
  });

  it('alarms of a deployment that are turned off', () => {
    const { stdout } = reviewResource(serviceRolledBackBy(true, 'one'), serviceRolledBackBy(false, 'one'));
    expect(stdout).toContain('⚠️');
    expect(stdout).toContain('no longer rolled back automatically');
  });
});

it('a task definition is deregistered, not deleted', () => {
  const { stdout } = reviewResource(resource(TASK, { Family: 'web' }), undefined);
  expect(stdout).toContain(
    'It is deregistered: running tasks and jobs continue, and no new ones can be started from it.',
  );
  expect(stdout).not.toContain('It is deleted');
});

describe('the template itself', () => {
  const stack = (template: object) => ({ template: template as Record<string, unknown> });

  it.each([
    {
      title: 'metadata in another order',
      before: { Metadata: { constructs: ['a', 'b'] } },
      after: { Metadata: { constructs: ['b', 'a'] } },
    },
    {
      title: 'the only version of the format',
      before: { AWSTemplateFormatVersion: '2010-09-09' },
      after: {},
    },
  ])('$title changes nothing that is deployed', ({ before, after }) => {
    const { stdout } = reviewStack(stack(before), stack(after));
    expect(stdout).toContain('nothing is opened or weakened');
  });
});

it('a function within a sentence is written as in YAML, wherever it is', () => {
  const role = { 'Fn::If': ['IsProd', { 'Fn::ImportValue': 'role' }, { Ref: 'Other' }] };
  const stack = (Role: unknown, suffix: unknown) => ({
    template: {
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
      Parameters: { Other: { Type: 'String' } },
    },
    resources: {
      Code: resource('AWS::Lambda::Function', { Role }),
      Policy: policy(
        allow('s3:GetObject', { 'Fn::Join': ['', ['arn:aws:s3:::b', suffix]] }),
        allow('sqs:SendMessage', { 'Fn::ImportValue': suffix }),
      ),
    },
  });
  const { stdout } = reviewStack(stack('r', '/a'), stack(role, { 'Fn::ImportValue': 'path' }));
  expect(stdout).toContain('It uses a different role, `!If [IsProd, !ImportValue role, ${Other}]`.');
  expect(stdout).toContain('`s3:GetObject` on `arn:aws:s3:::b${!ImportValue path}`');
  expect(stdout).toContain('`sqs:SendMessage` on `!ImportValue !ImportValue path`');
});
