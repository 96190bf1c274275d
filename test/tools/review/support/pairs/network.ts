/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-assignment -- a test knows the template that it changes */
import { DB, group, look, otherwise, type Pair, tcp, wayOut, weaker } from './pair';

/** Network paths. */
export const NETWORK: readonly Pair[] = [
  weaker('the database open to everybody', 'from `0.0.0.0/0` (everyone)', (s) =>
    s.add('X', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: group(s, 'SecurityGroups/Rds'),
      ...tcp(5432, { CidrIp: '0.0.0.0/0' }),
    }),
  ),
  weaker('the database on the internet', '`internet` → `database`**: newly reachable: `tcp 5432`', (s) => {
    s.set(DB, { PubliclyAccessible: true }).add('X', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: group(s, 'SecurityGroups/Rds'),
      ...tcp(5432, { CidrIp: '0.0.0.0/0' }),
    });
    wayOut(s, { GatewayId: { Ref: s.id('Network/Vpc/IGW') } });
  }),
  weaker('a public database', 'address on the internet', (s) => s.set(DB, { PubliclyAccessible: true })),
  weaker('a way out of the private subnets', '`private subnet` → `internet`', (s) =>
    wayOut(s, { GatewayId: { Ref: s.id('Network/Vpc/IGW') } }),
  ),
  weaker('a NAT gateway', 'can no longer be told', (s) =>
    wayOut(s, { NatGatewayId: { Ref: 'Nat' } }).add('Nat', 'AWS::EC2::NatGateway', {
      SubnetId: { Ref: s.id('Network/Vpc/PublicSubnet1/Subnet') },
    }),
  ),
  weaker('a VPN', 'can no longer be told', (s) =>
    s.add('Vpn', 'AWS::EC2::VPCGatewayAttachment', { VpcId: { Ref: s.id('Network/Vpc') }, VpnGatewayId: 'vgw-1' }),
  ),
  weaker('peering', '`private subnet` → `172.16.0.0/12`', (s) =>
    wayOut(s, { DestinationCidrBlock: '172.16.0.0/12', VpcPeeringConnectionId: 'pcx-1' }),
  ),
  weaker('the private subnet with the public table', '`private subnet` → `internet`', (s) =>
    s.set('Network/Vpc/PrivateSubnet1/RouteTableAssociation', {
      RouteTableId: { Ref: s.id('Network/Vpc/PublicSubnet1/RouteTable') },
    }),
  ),
  weaker("the load balancer's group on the tasks", '`internet` → `web task`', (s) =>
    s
      .of('Web/Service/Service')
      .NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.push(group(s, 'SecurityGroups/Alb')),
  ),
  weaker('jobs in the group of the tasks', '`load balancer` → `import job`', (s) =>
    s.of('UserImport/ComputeEnvironment').ComputeResources.SecurityGroupIds.push(group(s, 'SecurityGroups/Ecs')),
  ),
  weaker('a public replica', 'Replica', (s) =>
    s.add('Replica', 'AWS::RDS::DBInstance', {
      SourceDBInstanceIdentifier: { Ref: s.id(DB) },
      PubliclyAccessible: true,
      VPCSecurityGroups: [group(s, 'SecurityGroups/Rds')],
    }),
  ),
  weaker('a replica without a group', 'no security group', (s) =>
    s.add('Replica', 'AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: { Ref: s.id(DB) } }),
  ),
  weaker('more ports', '`tcp 0-65535`', (s) =>
    s.set(s.id(Object.keys(s.template.Resources).find((id) => id.startsWith('SecurityGroupsEcsfrom')) ?? ''), {
      FromPort: 0,
      ToPort: 65535,
    }),
  ),
  weaker('a rule from another network', 'Opened', (s) =>
    s.add('X', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: group(s, 'SecurityGroups/Ecs'),
      ...tcp(3000, { CidrIp: '203.0.113.0/24' }),
    }),
  ),
  weaker('a rule for a group by a function', 'Opened', (s) =>
    s.add('X', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: group(s, 'SecurityGroups/Rds'),
      ...tcp(5432, { CidrIp: otherwise('10.0.0.0/24', '0.0.0.0/0') }),
    }),
  ),
  look('no way to the database', 'no longer reachable', (s) =>
    s.remove(Object.keys(s.template.Resources).find((id) => id.startsWith('SecurityGroupsRdsfrom')) ?? ''),
  ),
  look('no endpoint of S3', 'Removed', (s) => s.remove('Network/Vpc/S3')),
  weaker('the default group open', 'default security group', (s) =>
    s.remove('Network/Vpc/RestrictDefaultSecurityGroupCustomResource'),
  ),
  weaker('clear text', 'Protocol', (s) =>
    s.set('LoadBalancer/Resource/Https', {
      Protocol: 'HTTP',
      Port: 443,
      Certificates: undefined,
      SslPolicy: undefined,
    }),
  ),
  weaker('the policy of TLS left to AWS', 'SslPolicy', (s) =>
    s.set('LoadBalancer/Resource/Https', { SslPolicy: undefined }),
  ),
  weaker('a redirect that forwards', 'DefaultActions', (s) =>
    s.set('LoadBalancer/Resource/Http', { DefaultActions: [{ Type: 'forward' }] }),
  ),
  weaker('headers that are not checked', 'drop_invalid', (s) =>
    s.replace(
      'drop_invalid_header_fields.enabled","Value":"true"',
      'drop_invalid_header_fields.enabled","Value":"false"',
    ),
  ),
  weaker('an old policy of TLS', 'SslPolicy', (s) =>
    s.set('LoadBalancer/Resource/Https', { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
  ),
  weaker('no redirect', 'DefaultActions', (s) =>
    s.set('LoadBalancer/Resource/Http', { DefaultActions: s.of('LoadBalancer/Resource/Https').DefaultActions }),
  ),
  weaker('an internal port', '`internet` → `load balancer`', (s) =>
    s
      .add('L', 'AWS::ElasticLoadBalancingV2::Listener', {
        LoadBalancerArn: { Ref: s.id('LoadBalancer') },
        Port: 8080,
        Protocol: 'HTTP',
        DefaultActions: [],
      })
      .set('SecurityGroups/Alb', {
        SecurityGroupIngress: [tcp(8080, { CidrIp: '0.0.0.0/0' }), ...s.of('SecurityGroups/Alb').SecurityGroupIngress],
      }),
  ),
  weaker('a list of rules by a condition', 'from `0.0.0.0/0` (everyone)', (s) =>
    s.set('SecurityGroups/Rds', {
      SecurityGroupIngress: {
        'Fn::If': ['HasAppImage', [tcp(5432, { CidrIp: '0.0.0.0/0' })], { Ref: 'AWS::NoValue' }],
      },
    }),
  ),
  weaker('requests to somewhere else', 'AliasTarget', (s) =>
    s.set('LoadBalancer/Domain/Alias', { AliasTarget: { DNSName: 'evil.example.com', HostedZoneId: 'Z' } }),
  ),
  weaker('a function with a URL', 'can no longer be told', (s) =>
    s.add('Url', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'x' }),
  ),
  weaker('a bastion', 'can no longer be told', (s) =>
    s.add('Bastion', 'AWS::EC2::Instance', { SubnetId: { Ref: s.id('Network/Vpc/PublicSubnet1/Subnet') } }),
  ),
  weaker('public addresses in a subnet', 'MapPublicIpOnLaunch', (s) =>
    s.set('Network/Vpc/PublicSubnet1/Subnet', { MapPublicIpOnLaunch: true }),
  ),
];
