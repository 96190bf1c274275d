import { resource, review, reviewResource, reviewStack, writeAssembly } from './support/assemblies';

it('what the base keeps comes first, then databases and buckets, log groups last', () => {
  const lost = (Type: string, attributes: object = {}) => ({ Type, ...attributes, Properties: {} });
  const { stdout } = reviewStack(
    {
      resources: {
        Logs: lost('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' }),
        Images: lost('AWS::ECR::Repository'),
        Scratch: lost('AWS::S3::Bucket'),
        Files: lost('AWS::S3::Bucket', { DeletionPolicy: 'Retain' }),
      },
    },
    {},
  );
  const order = [...stdout.matchAll(/⛔ \*\*`(\w+)`/g)].map(([, id]) => id);
  expect(order).toEqual(['Files', 'Scratch', 'Images', 'Logs']);
});

it.each(['constructor', '__proto__'])('%s may be the name of anything', (name) => {
  const named = (value: unknown) => Object.fromEntries([[name, value]]);
  const resources = (value: string) => ({
    ...named(resource(name, { ...named(value), Ref: named(name) })),
    Group: resource('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ SourceSecurityGroupId: named(value) }] }),
    Policy: resource('AWS::IAM::Policy', { Roles: [name, { Ref: name }], PolicyDocument: { Statement: named(value) } }),
  });
  const stack = (value: string) => ({
    resources: resources(value),
    template: {
      Conditions: named({ Condition: name }),
      Parameters: named({ Default: value }),
      Mappings: named(value),
    },
    properties: { parameters: named(value), tags: named(value) },
  });
  const { exitCode, stdout, stderr } = reviewStack(stack('a'), stack('b'));
  expect(stderr).toBe('');
  expect(exitCode).not.toBe(2);
  expect(stdout).toContain(name);
  expect(stdout).not.toContain('No change.');
});

describe('a template of 3,000 resources, each of which changes,', () => {
  const write = (text: string) => {
    const topic = (index: number) => {
      return resource('AWS::SNS::Topic', { DisplayName: `${index} ${text.repeat(60)}` });
    };
    const resources = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`Topic${index}`, topic(index)]));
    return writeAssembly({ stacks: { ProoflinkDev: { resources } } });
  };
  const base = write('a');
  const head = write('b');

  it('is one comment that says what it leaves out', () => {
    const { exitCode, stdout } = review(base, head, { markdown: true });
    expect(exitCode).toBe(0);
    expect(stdout.length).toBeLessThan(65_536);
    expect(stdout).toMatch(/Omitted because of the length limit of comments: 2,\d{3} findings/);
  });

  it('and ends on a terminal', () => {
    const { stdout } = review(base, head);
    expect(stdout).toContain('2,900 more findings omitted.');
  });
});

it('a value that is the same but for its spelling is folded as that', () => {
  const bucket = (BucketName: unknown) => resource('AWS::S3::Bucket', { BucketName });
  const { stdout } = reviewResource(
    bucket({ 'Fn::Join': ['-', ['files', { Ref: 'AWS::AccountId' }]] }),
    bucket('files-123456789012'),
  );
  expect(stdout).toContain('nothing is opened or weakened');
  expect(stdout).toContain('→ `files-123456789012`');
});

it('a text that looks like a reference is none', () => {
  const bucket = (BucketName: unknown) => resource('AWS::S3::Bucket', { BucketName });
  for (const text of ['${Name}', '$${Name}', { 'Fn::Join': ['', ['$', '{Name}']] }]) {
    expect(reviewResource(bucket({ Ref: 'Name' }), bucket(text)).exitCode).toBe(4);
  }
  expect(reviewResource(bucket('a'), bucket('cost$')).stdout).toContain('`a` → <code>cost&#36;</code>');
});

it('two items whose names read the same are two', () => {
  const topic = (first: string) =>
    resource('AWS::X::Y', {
      List: [
        { Name: 1, Value: first },
        { Name: '1', Value: 'same' },
      ],
    });
  expect(reviewResource(topic('a'), topic('b')).stdout).toContain('`List[0].Value`: `a` → `b`');
});
