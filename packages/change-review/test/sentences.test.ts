import { reviewResource, reviewStack } from './support/assemblies';

const lambda = (properties: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: 'r', ...properties } });
const task = (container: object) => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Name: 'web', Image: 'a', ...container }] },
});
const launchTemplate = (script: string) => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: { LaunchTemplateData: { UserData: { 'Fn::Base64': script } } },
});

describe('what runs', () => {
  it.each([
    {
      title: 'a variable of a function',
      before: lambda({ Environment: { Variables: { STAGE: 'a' } } }),
      after: lambda({ Environment: { Variables: { STAGE: 'b' } } }),
      says: 'A setting of the code changes (`Environment.Variables.STAGE`).',
    },
    {
      title: 'a script in a launch template',
      before: launchTemplate('echo a'),
      after: launchTemplate('echo b'),
      says: 'The script changes (`LaunchTemplateData.UserData`). The template contains it.',
    },
  ])('is in the template: $title', ({ before, after, says }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain(says);
    expect(stdout).not.toContain('The code that runs changes');
    expect(stdout).not.toContain('The template does not show');
  });

  it('is not in the template: an archive', () => {
    const archive = (key: string) => lambda({ Code: { S3Bucket: 'b', S3Key: key } });
    const { stdout } = reviewResource(archive('one.zip'), archive('two.zip'));
    expect(stdout).toContain('The code that runs changes (`Code.S3Key`). The template does not show what it does.');
  });
});

describe('a smaller size is looked at, and a larger one is harmless', () => {
  const job = (value: string) => ({
    Type: 'AWS::Batch::JobDefinition',
    Properties: { ContainerProperties: { ResourceRequirements: [{ Type: 'MEMORY', Value: value }] } },
  });
  it.each([
    {
      title: 'a task',
      large: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '512' } },
      small: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '256' } },
    },
    { title: 'a container', large: task({ Memory: 512 }), small: task({ Memory: 256 }) },
    { title: 'a job', large: job('4096'), small: job('2048') },
    { title: 'a function', large: lambda({ MemorySize: 512 }), small: lambda({ MemorySize: 128 }) },
  ])('$title', ({ large, small }) => {
    expect(reviewResource(large, small).stdout).toContain('👀');
    expect(reviewResource(large, small).stdout).toContain('CPU or memory is reduced');
    expect(reviewResource(small, large).stdout).toContain('nothing is opened or weakened');
  });
});

describe('an attribute whose value is a secret', () => {
  const key = { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'u' } };
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
  const queue = (effect: string, principals: readonly string[]) => ({
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: ['q'],
      PolicyDocument: {
        Statement: [{ Effect: effect, Action: 'sqs:SendMessage', Resource: '*', Principal: { AWS: principals } }],
      },
    },
  });

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
  const alarm = (action: unknown) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [action] } });
  it.each([
    {
      title: 'an ARN with a function',
      action: { 'Fn::Sub': 'arn:${AWS::Partition}:sns:eu-west-1:123456789012:alarms' },
    },
  ])('that only notifies a topic is harmless: $title', ({ action }) => {
    expect(reviewResource(undefined, alarm(action)).stdout).not.toContain('👀');
  });

  it('that stops a machine is looked at', () => {
    const { stdout } = reviewResource(undefined, alarm('arn:aws:automate:eu-west-1:ec2:terminate'));
    expect(stdout).toContain('👀');
  });
});

describe('network paths', () => {
  const group = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g' } };
  const function_ = (name: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: { FunctionName: name, VpcConfig: { SecurityGroupIds: [{ Ref: 'Group' }] } },
  });
  const bastion = { Type: 'AWS::EC2::Instance', Properties: {} };
  const gateway = { Type: 'AWS::EC2::NatGateway', Properties: {} };

  it('can no longer be determined if the base could', () => {
    const { stdout } = reviewStack({ resources: { Group: group } }, { resources: { Group: group, Gateway: gateway } });
    expect(stdout).toContain('Network paths can no longer be determined');
  });

  it('are not found from and to a resource of an unknown type, and those of others are', () => {
    // A store in the VPC would otherwise end what is known of everything else.
    const { stdout } = reviewStack(
      { resources: { Group: group } },
      { resources: { Group: group, One: function_('a') } },
    );
    expect(stdout).toContain('Paths from and to a resource are not found');
    expect(stdout).not.toContain('can no longer be determined');
  });

  it('could not be determined before, and one more resource of the type changes nothing', () => {
    const base = { resources: { Group: group, Bastion: bastion } };
    const head = { resources: { ...base.resources, Second: bastion } };
    const { stdout } = reviewStack(base, head);
    expect(stdout).not.toContain('can no longer be determined');
    expect(stdout).not.toContain('Network paths could not be determined before');
  });

  it('could not be determined before, and a resource of another type is named', () => {
    const base = { resources: { Group: group, Bastion: bastion } };
    const head = { resources: { ...base.resources, Gateway: gateway } };
    const { stdout } = reviewStack(base, head);
    expect(stdout).toContain('Network paths could not be determined before');
    expect(stdout).toContain('AWS::EC2::NatGateway');
  });
});
