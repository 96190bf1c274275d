import { resource, review, reviewResource, reviewStack, type StackFixture, writeAssembly } from './support/assemblies';

const REFUSED = 'the deployment would fail';

it('a major version that is not allowed is refused', () => {
  const database = (version: string) => resource('AWS::RDS::DBInstance', { EngineVersion: version });
  const { exitCode, stdout } = reviewResource(database('15.4'), database('16.1'));
  expect(exitCode).toBe(3);
  expect(stdout).toContain('A major version upgrade requires `AllowMajorVersionUpgrade`');
});

describe('a subnet of the group of a database', () => {
  const subnet = (range: string) => resource('AWS::EC2::Subnet', { CidrBlock: range, VpcId: 'vpc' });
  const stack = ({ range, subnets, group }: { range: string; subnets: string[]; group?: unknown }): StackFixture => ({
    resources: {
      One: subnet('10.0.1.0/24'),
      Two: subnet(range),
      Group: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: subnets.map((id) => ({ Ref: id })) }),
      Database: resource('AWS::RDS::DBInstance', { DBSubnetGroupName: group ?? { Ref: 'Group' } }),
    },
  });
  const base = stack({ range: '10.0.2.0/24', subnets: ['One', 'Two'] });

  it.each([
    { title: 'that gets another range is refused', head: stack({ range: '10.0.3.0/24', subnets: ['One', 'Two'] }) },
    { title: 'that leaves the group is refused', head: stack({ range: '10.0.2.0/24', subnets: ['One'] }) },
  ])('$title', ({ head }) => {
    const { exitCode, stdout } = reviewStack(base, head);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('`Two` leaves the subnet group');
    expect(stdout).toContain(REFUSED);
  });

  it('that no database uses may leave', () => {
    const unused = (subnets: string[]) => stack({ range: '10.0.2.0/24', subnets, group: 'other' });
    const { exitCode } = reviewStack(unused(['One', 'Two']), unused(['One']));
    expect(exitCode).toBe(0);
  });
});

describe('an export that another stack imports', () => {
  const producer = (outputs: object, resources: Record<string, unknown> = {}): StackFixture => ({
    resources,
    template: { Outputs: outputs },
  });
  const consumer: StackFixture = {
    resources: {
      Topic: resource('AWS::SNS::Topic', { TopicName: { 'Fn::ImportValue': 'Network:Vpc' } }),
    },
  };
  const exported = (value: unknown) => ({ Vpc: { Value: value, Export: { Name: 'Network:Vpc' } } });
  const assembly = (network: StackFixture, web: StackFixture) => {
    return writeAssembly({ stacks: { Network: network, Web: web } });
  };
  const queue = (name: string) => ({ Queue: resource('AWS::SQS::Queue', { QueueName: name }) });
  const reference = { Ref: 'Queue' };

  it.each<{ title: string; before: StackFixture; after: StackFixture; exitCode?: number }>([
    {
      title: 'is removed',
      before: producer(exported('vpc')),
      after: producer({}),
    },
    {
      title: 'gets another value',
      before: producer(exported('vpc')),
      after: producer(exported('other')),
    },
    {
      title: 'is a resource that is replaced',
      before: producer(exported(reference), queue('one')),
      after: producer(exported(reference), queue('two')),
      // The messages in the queue are lost.
      exitCode: 1,
    },
  ])('$title: refused', ({ before, after, exitCode = 3 }) => {
    const outcome = review(assembly(before, consumer), assembly(after, consumer), { markdown: true });
    const { stdout } = outcome;
    expect(outcome.exitCode).toBe(exitCode);
    expect(stdout).toContain('The export `Network:Vpc` is imported by `Web`');
    expect(stdout).toContain(REFUSED);
  });

  it('stays as it is', () => {
    const before = producer(exported('vpc'));
    const after = producer({ ...exported('vpc'), More: { Value: 'more' } });
    const { Vpc: underOtherId } = exported('vpc');
    for (const outputs of [after, producer({ Other: underOtherId })]) {
      const { exitCode } = review(assembly(before, consumer), assembly(outputs, consumer));
      expect(exitCode).toBe(0);
    }
  });

  // A stack of another app may import it, or one that is no longer in this one.
  it('is removed or renamed: refused if a stack imports it that is not part of the review', () => {
    const renamed = { Vpc: { Value: 'vpc', Export: { Name: 'Network:Other' } } };
    for (const outputs of [{}, renamed]) {
      const { exitCode, stdout } = reviewStack(producer(exported('vpc')), producer(outputs));
      expect(stdout).toContain('If a deployed stack imports it, CloudFormation rejects');
      expect(exitCode).toBe(0);
    }
  });
});

interface NamedResource {
  readonly title: string;
  readonly type: string;
  readonly nameProperty: string;
  readonly parentProperty: string;
}

const UNIQUE_WITHIN_PARENT: readonly NamedResource[] = [
  {
    title: 'an alias is unique within its function, which a generated ARN does not say',
    type: 'AWS::Lambda::Alias',
    nameProperty: 'Name',
    parentProperty: 'FunctionName',
  },
  {
    title: 'a stage is identified together with its API',
    type: 'AWS::ApiGateway::Stage',
    nameProperty: 'StageName',
    parentProperty: 'RestApiId',
  },
  {
    title: 'an index is unique within its bucket, which has a name or an ARN',
    type: 'AWS::S3Vectors::Index',
    nameProperty: 'IndexName',
    parentProperty: 'VectorBucketArn',
  },
];

describe.each(UNIQUE_WITHIN_PARENT)('$title', ({ type, nameProperty, parentProperty }) => {
  const named = (parent: string) => resource(type, { [nameProperty]: 'PROD', [parentProperty]: { Ref: parent } });

  it('the same name below another parent is free', () => {
    const base = { resources: { One: named('FirstParent') } };
    const head = { resources: { One: named('FirstParent'), Two: named('SecondParent') } };
    expect(reviewStack(base, head).stdout).not.toContain('is still in use');
  });

  it('the resource moves to another parent under its name', () => {
    const base = { resources: { One: named('FirstParent') } };
    const head = { resources: { One: named('SecondParent') } };
    expect(reviewStack(base, head).stdout).not.toContain('is still in use');
  });

  it('the same name below the same parent is taken', () => {
    const base = { resources: { One: named('FirstParent') } };
    const head = { resources: { Two: named('FirstParent') } };
    const { exitCode, stdout } = reviewStack(base, head);
    expect(stdout).toContain(`\`${nameProperty}\` \`PROD\` is still in use by \`One\``);
    expect(exitCode).toBe(3);
  });
});

it('a property that describes a named resource does not make its name free', () => {
  const parameterGroup = (family: string) =>
    resource('AWS::RDS::DBParameterGroup', { DBParameterGroupName: 'main', Family: family, Description: 'x' });
  const base = { resources: { One: parameterGroup('postgres15') } };
  const head = { resources: { Two: parameterGroup('postgres16') } };
  expect(reviewStack(base, head).stdout).toContain('is still in use by `One`');
});

it('a record of a name and a type exists once: under another logical ID it cannot be created', () => {
  const record = (type: string) =>
    resource('AWS::Route53::RecordSet', { Name: 'a.example.com', Type: type, HostedZoneId: 'Z1' });
  const base = { resources: { One: record('A') } };
  const { exitCode, stdout } = reviewStack(base, { resources: { Two: record('A') } });
  expect(stdout).toContain('is still in use by `One`');
  expect(exitCode).toBe(3);
  const both = { resources: { ...base.resources, Two: record('AAAA') } };
  expect(reviewStack(base, both).stdout).not.toContain('is still in use');
});

describe('a removed resource to which something still refers', () => {
  const rule = (Resources: object) => ({
    ...Resources,
    Rule: resource('AWS::EC2::SecurityGroupIngress', {
      SourceSecurityGroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] },
      GroupId: 'sg-1',
      IpProtocol: '-1',
    }),
  });
  const base = {
    resources: rule({ Group: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'x' }) }),
  };

  // The reference is the same: nothing is replaced by it.
  it('is refused, and said so once', () => {
    const { exitCode, stdout } = reviewStack(base, { resources: rule({}) });
    expect(stdout).toContain('The template still refers to it');
    expect(stdout).not.toContain('Replaced');
    expect(exitCode).toBe(3);
  });

  it('may be defined by a macro', () => {
    const head = { resources: rule({}), template: { Transform: 'AWS::Serverless-2016-10-31' } };
    expect(reviewStack(base, head).stdout).not.toContain('The template still refers to it');
  });
});
