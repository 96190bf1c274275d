import { reviewResource } from './support/assemblies';

const rule = (peer: object, FromPort = 5432, ToPort = FromPort) => ({ IpProtocol: 'tcp', FromPort, ToPort, ...peer });
const group = (...rules: object[]) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Metadata: { 'aws:cdk:path': 'ProoflinkDev/SecurityGroups/Database/Resource' },
  Properties: { GroupDescription: 'database', SecurityGroupIngress: rules },
});
const from = (CidrIp: string) => rule({ CidrIp });

const EVERYONE =
  '⚠️ **Security group `SecurityGroups/Database`**: Newly allowed: `tcp 5432` from `0.0.0.0/0` (everyone).';

it.each([
  ['everyone', from('10.0.0.0/16'), from('0.0.0.0/0'), EVERYONE],
  ['a wider range', from('10.0.0.0/16'), from('10.0.0.0/8')],
  ['another range', from('10.0.0.0/16'), from('10.1.0.0/16')],
  ['more ports', rule({ CidrIp: '10.0.0.0/16' }, 443), rule({ CidrIp: '10.0.0.0/16' }, 443, 444)],
  ['another protocol', from('10.0.0.0/16'), { ...from('10.0.0.0/16'), IpProtocol: 'udp' }],
  ['every protocol', from('10.0.0.0/16'), { IpProtocol: '-1', CidrIp: '10.0.0.0/16' }],
  ['a group', from('10.0.0.0/16'), rule({ SourceSecurityGroupId: 'sg-1' })],
  ['the internet of version 6', from('0.0.0.0/0'), rule({ CidrIpv6: '::/0' })],
  ['an invalid range', from('10.0.0.0/16'), from('10.0.0.0/99')],
])('%s is opened', (_case, before, after, says = 'Newly allowed: ') => {
  expect(reviewResource(group(before), group(after)).stdout).toContain(says);
});

it.each([
  ['a narrower range', from('10.0.0.0/8'), from('10.1.0.0/16')],
  ['fewer ports', rule({ CidrIp: '10.0.0.0/16' }, 1, 1000), rule({ CidrIp: '10.0.0.0/16' }, 443)],
  ['one protocol of all', { IpProtocol: '-1', CidrIp: '10.0.0.0/16' }, from('10.0.0.0/16')],
  ['another description', from('10.0.0.0/16'), { ...from('10.0.0.0/16'), Description: 'x' }],
])('%s is not', (_case, before, after) => {
  const { stdout } = reviewResource(group(before), group(after));
  expect(stdout).toContain('nothing is opened');
  expect(stdout).toContain('1 other change');
});

it('sees egress', () => {
  const to = (CidrIp: string) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp }] },
  });
  const { stdout } = reviewResource(to('10.0.0.0/16'), to('0.0.0.0/0'));
  expect(stdout).toContain('Newly allowed: `every port and protocol` to `0.0.0.0/0` (anywhere).');
});
