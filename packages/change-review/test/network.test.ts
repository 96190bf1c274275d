import { resource, reviewResource, reviewStack, securityGroup, tcp } from './support/assemblies';

const from = (range: string) => tcp(5432, range);
const OFFICE = from('10.0.0.0/16');
const withPorts = (FromPort: number, ToPort: number) => ({ ...OFFICE, FromPort, ToPort });
const everyProtocol = { IpProtocol: '-1', CidrIp: '10.0.0.0/16' };

describe('a rule of a security group opens', () => {
  it.each([
    {
      title: 'a wider range',
      before: OFFICE,
      after: from('10.0.0.0/8'),
    },
    {
      title: 'more ports',
      before: withPorts(443, 443),
      after: withPorts(443, 444),
    },
    {
      title: 'another protocol',
      before: OFFICE,
      after: { ...OFFICE, IpProtocol: 'udp' },
    },
    { title: 'every protocol', before: OFFICE, after: everyProtocol },
    {
      title: 'a group',
      before: OFFICE,
      after: { ...OFFICE, CidrIp: undefined, SourceSecurityGroupId: 'sg-1' },
    },
  ])('$title', ({ before, after }) => {
    const { stdout } = reviewResource(securityGroup(before), securityGroup(after));
    expect(stdout).toContain('Newly allowed: ');
  });
});

describe('a rule of a security group opens nothing', () => {
  it.each([
    {
      title: 'with fewer ports',
      before: withPorts(1, 1000),
      after: withPorts(443, 443),
    },
    { title: 'with one protocol of all', before: everyProtocol, after: OFFICE },
    {
      title: 'with another description',
      before: OFFICE,
      after: { ...OFFICE, Description: 'x' },
    },
  ])('$title', ({ before, after }) => {
    const { stdout } = reviewResource(securityGroup(before), securityGroup(after));
    expect(stdout).not.toContain('⚠️');
  });
});

it('sees egress', () => {
  const to = (CidrIp: string) =>
    resource('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp }] });
  const { stdout } = reviewResource(to('10.0.0.0/16'), to('0.0.0.0/0'));
  expect(stdout).toContain('Newly allowed: every port and protocol to `0.0.0.0/0` (anywhere).');
});

it('a Name tag is no part of the network, even if it mentions IPv6', () => {
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
  const { exitCode, stdout } = reviewStack(stack('a'), stack('Ipv6 dualstack'));
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('Network paths');
  expect(stdout).not.toContain('⚠️');
});
