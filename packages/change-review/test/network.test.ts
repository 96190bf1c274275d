import { resource, reviewResource, reviewStack } from './support/assemblies';

const ingress = (fields: object) => ({
  IpProtocol: 'tcp',
  FromPort: 5432,
  ToPort: 5432,
  ...fields,
});
const from = (range: string) => ingress({ CidrIp: range });
const withPorts = (firstPort: number, lastPort: number) =>
  ingress({ CidrIp: '10.0.0.0/16', FromPort: firstPort, ToPort: lastPort });
const everyProtocolFrom = (range: string) => ({ IpProtocol: '-1', CidrIp: range });
const group = (...rules: readonly object[]) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Metadata: { 'aws:cdk:path': 'ProoflinkDev/SecurityGroups/Database/Resource' },
  Properties: { GroupDescription: 'database', SecurityGroupIngress: rules },
});

describe('a rule of a security group opens', () => {
  it.each([
    { title: 'a wider range', before: from('10.0.0.0/16'), after: from('10.0.0.0/8') },
    { title: 'more ports', before: withPorts(443, 443), after: withPorts(443, 444) },
    {
      title: 'another protocol',
      before: from('10.0.0.0/16'),
      after: ingress({ CidrIp: '10.0.0.0/16', IpProtocol: 'udp' }),
    },
    { title: 'every protocol', before: from('10.0.0.0/16'), after: everyProtocolFrom('10.0.0.0/16') },
    { title: 'a group', before: from('10.0.0.0/16'), after: ingress({ SourceSecurityGroupId: 'sg-1' }) },
  ])('$title', ({ before, after }) => {
    const { stdout } = reviewResource(group(before), group(after));
    expect(stdout).toContain('Newly allowed: ');
  });

  it('a port to everyone, and says so', () => {
    const { stdout } = reviewResource(group(from('10.0.0.0/16')), group(from('0.0.0.0/0')));
    expect(stdout).toContain(
      '⚠️ **Security group `SecurityGroups/Database`**: Newly allowed: `tcp 5432` from `0.0.0.0/0` (everyone).',
    );
  });
});

describe('a rule of a security group opens nothing', () => {
  it.each([
    { title: 'with a narrower range', before: from('10.0.0.0/8'), after: from('10.1.0.0/16') },
    { title: 'with fewer ports', before: withPorts(1, 1000), after: withPorts(443, 443) },
    { title: 'with one protocol of all', before: everyProtocolFrom('10.0.0.0/16'), after: from('10.0.0.0/16') },
    {
      title: 'with another description',
      before: from('10.0.0.0/16'),
      after: ingress({ CidrIp: '10.0.0.0/16', Description: 'x' }),
    },
  ])('$title', ({ before, after }) => {
    const { stdout } = reviewResource(group(before), group(after));
    expect(stdout).not.toContain('⚠️');
  });
});

it('sees egress', () => {
  const to = (CidrIp: string) =>
    resource('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp }] });
  const { stdout } = reviewResource(to('10.0.0.0/16'), to('0.0.0.0/0'));
  expect(stdout).toContain('Newly allowed: every port and protocol to `0.0.0.0/0` (anywhere).');
});

describe('a Name tag is no part of the network', () => {
  const tagged = (type: string, properties: object, value: unknown) =>
    resource(type, { ...properties, Tags: [{ Key: 'Name', Value: value }] });
  const stack = (value: unknown) => ({
    resources: {
      Vpc: tagged('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }, value),
      Subnet: tagged('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' }, value),
      Gateway: tagged('AWS::EC2::NatGateway', { SubnetId: { Ref: 'Subnet' } }, value),
      Topic: tagged('AWS::SNS::Topic', {}, value),
      Closed: resource('Custom::VpcRestrictDefaultSG', { Group: { Ref: 'Vpc' } }),
    },
  });

  it.each([
    { title: 'where its text changes', before: stack('a'), after: stack('b') },
    { title: 'where it mentions IPv6', before: stack('a'), after: stack('Ipv6 dualstack') },
  ])('$title', ({ before, after }) => {
    const { exitCode, stdout } = reviewStack(before, after);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('Network paths');
    expect(stdout).not.toContain('⚠️');
  });
});
