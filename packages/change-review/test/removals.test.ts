import { resource, reviewResource, reviewStack } from './support/assemblies';

describe('a parameter is removed', () => {
  /** A stack with a parameter that a topic reads. */
  const readBy = (DisplayName: unknown, name: string, type = 'String') => ({
    template: { Parameters: { [name]: { Type: type, Default: 'x' } } },
    resources: { One: resource('AWS::SNS::Topic', { DisplayName }) },
  });
  const read = (name: string, type?: string) => readBy({ Ref: name }, name, type);
  const readByCondition = (name: string) => ({
    template: {
      Parameters: { [name]: { Type: 'String', Default: 'x' } },
      Conditions: { C: { 'Fn::Equals': [{ Ref: name }, 'x'] } },
    },
  });
  const UNUSED = 'What read it no longer depends on it.';
  const NOT_PASSED_ON =
    'The value in the deployed stack is not passed on: something that read it refers to a new parameter';
  const STORED = 'AWS::SSM::Parameter::Value<String>';

  it.each([
    {
      title: 'only a resource read it that is removed, too',
      base: read('Old'),
      head: {},
      says: 'No remaining resource reads it',
      exitCode: 0,
    },
    {
      title: 'a new parameter is read instead, and has its own default',
      base: read('Old'),
      head: read('New'),
      says: NOT_PASSED_ON,
      exitCode: 1,
    },
    {
      title: 'a new parameter is read in another line of the same text',
      base: readBy({ 'Fn::Sub': 'a ${Old}\nb' }, 'Old'),
      head: readBy({ 'Fn::Sub': 'b\nc ${New}' }, 'New'),
      says: UNUSED,
      exitCode: 0,
    },
    {
      title: 'a new parameter is read instead, and the value stays in the Parameter Store',
      base: read('Old', STORED),
      head: read('New', STORED),
      says: UNUSED,
      exitCode: 0,
    },
    {
      title: 'a condition reads a new parameter instead',
      base: readByCondition('Old'),
      head: readByCondition('New'),
      says: NOT_PASSED_ON,
      exitCode: 1,
    },
    {
      title: 'another property reads a new parameter',
      base: read('Old'),
      head: {
        ...read('New'),
        resources: { One: resource('AWS::SNS::Topic', { DisplayName: 'x', TopicName: { Ref: 'New' } }) },
      },
      says: UNUSED,
      exitCode: 0,
    },
    {
      title: 'a resource still reads it',
      base: read('Old'),
      head: { resources: read('Old').resources },
      says: 'The template still refers to it: CloudFormation rejects the template',
      exitCode: 3,
    },
  ])('$title', ({ base, head, says, exitCode }) => {
    const outcome = reviewStack(base, head);
    expect(outcome.stdout).toContain(says);
    expect(outcome.exitCode).toBe(exitCode);
  });
});

it('what is removed from the template and retained goes on', () => {
  const rule = resource('AWS::Events::Rule', { EventPattern: { source: ['aws.batch'] } });
  expect(reviewResource(rule, undefined).stdout).toContain('no longer passes on the events');
  expect(reviewResource({ ...rule, DeletionPolicy: 'Retain' }, undefined).stdout).not.toContain('passes on');
});

it('a new version of a function under a new id is no renaming', () => {
  const version = resource('AWS::Lambda::Version', { FunctionName: 'f' });
  const { stdout } = reviewStack({ resources: { One: version } }, { resources: { Two: version } });
  expect(stdout).not.toContain('Renamed');
  expect(stdout).toContain('Removed.');
});

describe('a deployment of files to a bucket is removed', () => {
  const bucket = { Type: 'AWS::S3::Bucket' };
  const deployment = (properties: object) =>
    resource('Custom::CDKBucketDeployment', {
      ServiceToken: 'x',
      DestinationBucketName: { Ref: 'Bucket' },
      ...properties,
    });
  const removed = (properties: object) =>
    reviewStack({ resources: { Bucket: bucket, Files: deployment(properties) } }, { resources: { Bucket: bucket } });

  it.each([
    { title: 'the files stay by default', properties: {} },
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
