/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-assignment -- a test knows the template that it changes */
import { DB, tcp, group, wayOut, otherwise, type Pair } from './pair';

export const NETWORK_1: readonly Pair[] = [
  [
    'the database open to everybody',
    'weaker',
    'from `0.0.0.0/0` (everyone)',
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Rds'),
        ...tcp(5432, { CidrIp: '0.0.0.0/0' }),
      }),
  ],
  [
    'the database on the internet',
    'weaker',
    '`internet` → `database`**: newly reachable: `tcp 5432`',
    (s) => {
      s.set(DB, { PubliclyAccessible: true }).add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Rds'),
        ...tcp(5432, { CidrIp: '0.0.0.0/0' }),
      });
      wayOut(s, { GatewayId: { Ref: s.id('Network/Vpc/IGW') } });
    },
  ],
  ['a public database', 'weaker', 'address on the internet', (s) => s.set(DB, { PubliclyAccessible: true })],
  [
    'a way out of the private subnets',
    'weaker',
    '`private subnet` → `internet`',
    (s) => wayOut(s, { GatewayId: { Ref: s.id('Network/Vpc/IGW') } }),
  ],
  [
    'a NAT gateway',
    'weaker',
    'can no longer be told',
    (s) =>
      wayOut(s, { NatGatewayId: { Ref: 'Nat' } }).add('Nat', 'AWS::EC2::NatGateway', {
        SubnetId: { Ref: s.id('Network/Vpc/PublicSubnet1/Subnet') },
      }),
  ],
  [
    'a VPN',
    'weaker',
    'can no longer be told',
    (s) =>
      s.add('Vpn', 'AWS::EC2::VPCGatewayAttachment', { VpcId: { Ref: s.id('Network/Vpc') }, VpnGatewayId: 'vgw-1' }),
  ],
  [
    'peering',
    'weaker',
    '`private subnet` → `172.16.0.0/12`',
    (s) => wayOut(s, { DestinationCidrBlock: '172.16.0.0/12', VpcPeeringConnectionId: 'pcx-1' }),
  ],
  [
    'the private subnet with the public table',
    'weaker',
    '`private subnet` → `internet`',
    (s) =>
      s.set('Network/Vpc/PrivateSubnet1/RouteTableAssociation', {
        RouteTableId: { Ref: s.id('Network/Vpc/PublicSubnet1/RouteTable') },
      }),
  ],
  [
    "the load balancer's group on the tasks",
    'weaker',
    '`internet` → `web task`',
    (s) =>
      s
        .of('Web/Service/Service')
        .NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.push(group(s, 'SecurityGroups/Alb')),
  ],
  [
    'jobs in the group of the tasks',
    'weaker',
    '`load balancer` → `import job`',
    (s) => s.of('UserImport/ComputeEnvironment').ComputeResources.SecurityGroupIds.push(group(s, 'SecurityGroups/Ecs')),
  ],
  [
    'a public replica',
    'weaker',
    'Replica',
    (s) =>
      s.add('Replica', 'AWS::RDS::DBInstance', {
        SourceDBInstanceIdentifier: { Ref: s.id(DB) },
        PubliclyAccessible: true,
        VPCSecurityGroups: [group(s, 'SecurityGroups/Rds')],
      }),
  ],
  [
    'a replica without a group',
    'weaker',
    'no security group',
    (s) => s.add('Replica', 'AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: { Ref: s.id(DB) } }),
  ],
  [
    'more ports',
    'weaker',
    '`tcp 0-65535`',
    (s) =>
      s.set(s.id(Object.keys(s.template.Resources).find((id) => id.startsWith('SecurityGroupsEcsfrom')) ?? ''), {
        FromPort: 0,
        ToPort: 65535,
      }),
  ],
  [
    'a rule from another network',
    'weaker',
    'Opened',
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Ecs'),
        ...tcp(3000, { CidrIp: '203.0.113.0/24' }),
      }),
  ],
  [
    'a rule for a group by a function',
    'weaker',
    'Opened',
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Rds'),
        ...tcp(5432, { CidrIp: otherwise('10.0.0.0/24', '0.0.0.0/0') }),
      }),
  ],
  [
    'no way to the database',
    'look',
    'no longer reachable',
    (s) => s.remove(Object.keys(s.template.Resources).find((id) => id.startsWith('SecurityGroupsRdsfrom')) ?? ''),
  ],
  ['no endpoint of S3', 'look', 'Removed', (s) => s.remove('Network/Vpc/S3')],
  [
    'the default group open',
    'weaker',
    'default security group',
    (s) => s.remove('Network/Vpc/RestrictDefaultSecurityGroupCustomResource'),
  ],
  [
    'clear text',
    'weaker',
    'Protocol',
    (s) =>
      s.set('LoadBalancer/Resource/Https', {
        Protocol: 'HTTP',
        Port: 443,
        Certificates: undefined,
        SslPolicy: undefined,
      }),
  ],
  [
    'an old policy of TLS',
    'weaker',
    'SslPolicy',
    (s) => s.set('LoadBalancer/Resource/Https', { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
  ],
  [
    'no redirect',
    'weaker',
    'DefaultActions',
    (s) => s.set('LoadBalancer/Resource/Http', { DefaultActions: s.of('LoadBalancer/Resource/Https').DefaultActions }),
  ],
  [
    'an internal port',
    'weaker',
    '`internet` → `load balancer`',
    (s) =>
      s
        .add('L', 'AWS::ElasticLoadBalancingV2::Listener', {
          LoadBalancerArn: { Ref: s.id('LoadBalancer') },
          Port: 8080,
          Protocol: 'HTTP',
          DefaultActions: [],
        })
        .set('SecurityGroups/Alb', {
          SecurityGroupIngress: [
            tcp(8080, { CidrIp: '0.0.0.0/0' }),
            ...s.of('SecurityGroups/Alb').SecurityGroupIngress,
          ],
        }),
  ],
];
