import { reviewResource } from './support/assemblies';

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
    { title: 'another range', before: from('10.0.0.0/16'), after: from('10.1.0.0/16') },
    { title: 'more ports', before: withPorts(443, 443), after: withPorts(443, 444) },
    {
      title: 'another protocol',
      before: from('10.0.0.0/16'),
      after: ingress({ CidrIp: '10.0.0.0/16', IpProtocol: 'udp' }),
    },
    { title: 'every protocol', before: from('10.0.0.0/16'), after: everyProtocolFrom('10.0.0.0/16') },
    { title: 'a group', before: from('10.0.0.0/16'), after: ingress({ SourceSecurityGroupId: 'sg-1' }) },
    { title: 'the internet of IPv6', before: from('0.0.0.0/0'), after: ingress({ CidrIpv6: '::/0' }) },
    { title: 'an invalid range', before: from('10.0.0.0/16'), after: from('10.0.0.0/99') },
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
    expect(stdout).toContain('nothing is opened');
    expect(stdout).toContain('1 other change');
  });
});

it('sees egress', () => {
  const to = (CidrIp: string) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp }] },
  });
  const { stdout } = reviewResource(to('10.0.0.0/16'), to('0.0.0.0/0'));
  expect(stdout).toContain('Newly allowed: every port and protocol to `0.0.0.0/0` (anywhere).');
});
