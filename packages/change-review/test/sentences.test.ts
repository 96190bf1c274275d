import { allow, queuePolicy, resource, reviewResource, reviewStack } from './support/assemblies';

const lambda = (properties: object) => resource('AWS::Lambda::Function', { Role: 'r', ...properties });
it('an archive may hold other code, which the template does not show', () => {
  const archive = (key: string) => lambda({ Code: { S3Bucket: 'b', S3Key: key } });
  const { stdout } = reviewResource(archive('one.zip'), archive('two.zip'));
  expect(stdout).toContain('The code that runs may be another one (`Code.S3Key`): the template does not show it.');
});

describe('a smaller size is looked at, and a larger one is harmless', () => {
  const job = (value: string) =>
    resource('AWS::Batch::JobDefinition', {
      ContainerProperties: { ResourceRequirements: [{ Type: 'MEMORY', Value: value }] },
    });
  it.each([
    {
      title: 'a task',
      large: resource('AWS::ECS::TaskDefinition', { Cpu: '512' }),
      small: resource('AWS::ECS::TaskDefinition', { Cpu: '256' }),
    },
    {
      title: 'a job',
      large: job('4096'),
      small: job('2048'),
    },
    {
      title: 'a function',
      large: lambda({ MemorySize: 512 }),
      small: lambda({ MemorySize: 128 }),
    },
  ])('$title', ({ large, small }) => {
    expect(reviewResource(large, small).stdout).toContain('👀');
    expect(reviewResource(large, small).stdout).toContain('CPU or memory is reduced');
    expect(reviewResource(small, large).stdout).toContain('nothing is opened or weakened');
  });
});

describe('an attribute whose value is a secret', () => {
  const key = resource('AWS::IAM::AccessKey', { UserName: 'u' });
  const output = (attribute: string) => ({
    resources: { Key: key },
    template: { Outputs: { Given: { Value: { 'Fn::GetAtt': ['Key', attribute] } } } },
  });

  it('is written into an output, which is not folded', () => {
    const { stdout } = reviewStack({ resources: { Key: key } }, output('SecretAccessKey'));
    expect(stdout).toContain('⚠️ **Output `Given`**');
    expect(stdout).toContain('CloudFormation writes the value of a secret into `Given` at deployment.');
  });

  it.each([{ attribute: 'SecretArn' }, { attribute: 'SecretId' }, { attribute: 'Arn' }])(
    '$attribute only leads to a secret',
    ({ attribute }) => {
      const { stdout } = reviewStack({ resources: { Key: key } }, output(attribute));
      expect(stdout).not.toContain('the value of a secret');
    },
  );
});

describe("a role beside its account's root", () => {
  const ROOT = 'arn:aws:iam::123456789012:root';
  const ROLE = 'arn:aws:iam::123456789012:role/other';
  const queue = (Effect: string, principals: readonly string[]) =>
    queuePolicy(allow('sqs:SendMessage', '*', { Effect, Principal: { AWS: principals } }));

  it('is allowed by itself: to allow the root only lets IAM decide', () => {
    const { stdout } = reviewResource(queue('Allow', [ROOT]), queue('Allow', [ROOT, ROLE]));
    expect(stdout).toContain('Newly allowed');
    expect(stdout).toContain(ROLE);
  });

  it('is denied already: to deny the root denies each of its roles', () => {
    const { stdout } = reviewResource(queue('Deny', [ROOT]), queue('Deny', [ROOT, ROLE]));
    expect(stdout).not.toContain('Newly denied');
  });
});

describe('a new alarm', () => {
  const alarm = (action: unknown) => resource('AWS::CloudWatch::Alarm', { AlarmActions: [action] });
  it('that only notifies a topic is harmless', () => {
    const topic = { 'Fn::Sub': 'arn:${AWS::Partition}:sns:eu-west-1:123456789012:alarms' };
    expect(reviewResource(undefined, alarm(topic)).stdout).not.toContain('👀');
  });

  it('that stops a machine is looked at', () => {
    const { stdout } = reviewResource(undefined, alarm('arn:aws:automate:eu-west-1:ec2:terminate'));
    expect(stdout).toContain('👀');
  });
});

it('network paths may be missing if the base had all, and one does not know a part of the head', () => {
  const group = resource('AWS::EC2::SecurityGroup', { GroupDescription: 'g' });
  const gateway = resource('AWS::EC2::NatGateway');
  const MISSING = 'Network paths may be missing here: `Gateway` (`AWS::EC2::NatGateway`) is not understood here.';
  const base = { resources: { Group: group } };
  const head = { resources: { Group: group, Gateway: gateway } };
  expect(reviewStack(base, head).stdout).toContain(MISSING);
  expect(reviewStack(head, { resources: { ...head.resources, Second: gateway } }).stdout).not.toContain(
    'Network paths',
  );
});
