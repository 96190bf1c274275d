import { attribute, DB, everybody, look, otherwise, type Pair, ref, SERVICE, tcp, weaker } from './pair';
import type { RealStack } from '../real-stack';

const INGRESS = 'X AWS::EC2::SecurityGroupIngress';
const [RDS_GROUP, ECS_GROUP, ALB_GROUP] = ['Rds', 'Ecs', 'Alb'].map((name) =>
  attribute(`SecurityGroups/${name}`, 'GroupId'),
);
const GATEWAY = { GatewayId: ref('Network/Vpc/IGW') };
const PUBLIC_SUBNET = 'Network/Vpc/PublicSubnet1/Subnet';
const [HTTP, HTTPS] = ['LoadBalancer/Resource/Http', 'LoadBalancer/Resource/Https'] as const;
const wayOut = (target: object) => ({
  RouteTableId: ref('Network/Vpc/PrivateSubnet1/RouteTable'),
  DestinationCidrBlock: '0.0.0.0/0',
  ...target,
});
const ROUTE = 'WayOut AWS::EC2::Route';
const ruleFrom = (s: RealStack, prefix: string) =>
  Object.keys(s.template.Resources).find((id) => id.startsWith(prefix)) ?? '';

/** Network paths. */
export const NETWORK: readonly Pair[] = [
  weaker('the database open to everybody', 'from `0.0.0.0/0` (everyone)', INGRESS, {
    ...{ GroupId: RDS_GROUP, ...everybody(5432) },
  }),
  weaker('the database on the internet', '`internet` → `database`**: newly reachable: `tcp 5432`', (s) =>
    s
      .set(DB, { PubliclyAccessible: true })
      .set(INGRESS, { GroupId: RDS_GROUP, ...everybody(5432) })
      .set(ROUTE, wayOut(GATEWAY)),
  ),
  weaker('a public database', 'address on the internet', DB, { PubliclyAccessible: true }),
  weaker('a way out of the private subnets', '`private subnet` → `internet`', ROUTE, wayOut(GATEWAY)),
  weaker('a NAT gateway', 'can no longer be told', (s) =>
    s
      .set(ROUTE, wayOut({ NatGatewayId: { Ref: 'Nat' } }))
      .set('Nat AWS::EC2::NatGateway', { SubnetId: ref(PUBLIC_SUBNET) }),
  ),
  weaker('a VPN', 'can no longer be told', 'Vpn AWS::EC2::VPCGatewayAttachment', {
    ...{ VpcId: ref('Network/Vpc'), VpnGatewayId: 'vgw-1' },
  }),
  weaker('peering', '`private subnet` → `172.16.0.0/12`', ROUTE, {
    ...wayOut({ DestinationCidrBlock: '172.16.0.0/12', VpcPeeringConnectionId: 'pcx-1' }),
  }),
  weaker(
    'the private subnet with the public table',
    '`private subnet` → `internet`',
    'Network/Vpc/PrivateSubnet1/RouteTableAssociation',
    { RouteTableId: ref('Network/Vpc/PublicSubnet1/RouteTable') },
  ),
  weaker("the load balancer's group on the tasks", '`internet` → `web task`', SERVICE, {
    'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.+': ALB_GROUP,
  }),
  weaker('jobs in the group of the tasks', '`load balancer` → `import job`', 'UserImport/ComputeEnvironment', {
    'ComputeResources.SecurityGroupIds.+': ECS_GROUP,
  }),
  weaker('a public replica', 'Replica', 'Replica AWS::RDS::DBInstance', {
    ...{ SourceDBInstanceIdentifier: ref(DB), PubliclyAccessible: true, VPCSecurityGroups: [RDS_GROUP] },
  }),
  weaker('a replica without a group', 'no security group', 'Replica AWS::RDS::DBInstance', {
    SourceDBInstanceIdentifier: ref(DB),
  }),
  weaker('more ports', '`tcp 0-65535`', (s) =>
    s.set(ruleFrom(s, 'SecurityGroupsEcsfrom'), { FromPort: 0, ToPort: 65535 }),
  ),
  weaker('a rule for a group by a function', 'Opened', INGRESS, {
    ...{ GroupId: RDS_GROUP, ...tcp(5432, { CidrIp: otherwise('10.0.0.0/24', '0.0.0.0/0') }) },
  }),
  look('no way to the database', 'no longer reachable', (s) => s.remove(ruleFrom(s, 'SecurityGroupsRdsfrom'))),
  look('no endpoint of S3', 'Removed', (s) => s.remove('Network/Vpc/S3')),
  weaker('the default group open', 'default security group', (s) =>
    s.remove('Network/Vpc/RestrictDefaultSecurityGroupCustomResource'),
  ),
  weaker('clear text', 'Protocol', HTTPS, { Protocol: 'HTTP', Certificates: undefined, SslPolicy: undefined }),
  weaker('the policy of TLS left to AWS', 'SslPolicy', HTTPS, { SslPolicy: undefined }),
  weaker('an old policy of TLS', 'SslPolicy', HTTPS, { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
  weaker('a redirect that forwards', 'DefaultActions', HTTP, { DefaultActions: [{ Type: 'forward' }] }),
  weaker('headers that are not checked', 'drop_invalid', (s) =>
    s.replace(
      'drop_invalid_header_fields.enabled","Value":"true"',
      'drop_invalid_header_fields.enabled","Value":"false"',
    ),
  ),
  weaker('an internal port', '`internet` → `load balancer`', (s) =>
    s
      .set('L AWS::ElasticLoadBalancingV2::Listener', {
        ...{ LoadBalancerArn: ref('LoadBalancer'), Port: 8080, Protocol: 'HTTP', DefaultActions: [] },
      })
      .set('SecurityGroups/Alb', { 'SecurityGroupIngress.+': everybody(8080) }),
  ),
  weaker('a list of rules by a condition', 'from `0.0.0.0/0` (everyone)', 'SecurityGroups/Rds', {
    SecurityGroupIngress: otherwise([everybody(5432)], { Ref: 'AWS::NoValue' }),
  }),
  weaker('requests to somewhere else', 'AliasTarget', 'LoadBalancer/Domain/Alias', {
    AliasTarget: { DNSName: 'evil.example.com', HostedZoneId: 'Z' },
  }),
  weaker('a function with a URL', 'can no longer be told', 'Url AWS::Lambda::Url', {
    ...{ AuthType: 'NONE', TargetFunctionArn: 'x' },
  }),
  weaker('a bastion', 'can no longer be told', 'Bastion AWS::EC2::Instance', { SubnetId: ref(PUBLIC_SUBNET) }),
  weaker('public addresses in a subnet', 'MapPublicIpOnLaunch', PUBLIC_SUBNET, { MapPublicIpOnLaunch: true }),
  look('a port that only AWS knows', 'ToPort', 'X', { ToPort: { Ref: 'B' } }, (s) =>
    s.set(INGRESS, { GroupId: 'sg-1', ...tcp(1, { CidrIp: '10.0.0.0/8' }), ToPort: { Ref: 'A' } }),
  ),
];
