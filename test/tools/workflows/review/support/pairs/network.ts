import { attribute, ref, ruleOf, tcp } from '../../../../../support/real-stack';
import { DB, everybody, look, otherwise, type Pair, SERVICE, weaker } from './pair';

const INGRESS = 'X AWS::EC2::SecurityGroupIngress';
const [RDS_GROUP, ECS_GROUP, ALB_GROUP] = ['Rds', 'Ecs', 'Alb'].map((name) =>
  attribute(`SecurityGroups/${name}`, 'GroupId'),
);
const PUBLIC_SUBNET = 'Network/Vpc/PublicSubnet1/Subnet';
const HTTPS = 'LoadBalancer/Resource/Https';
const wayOut = (target: object) => ({
  RouteTableId: ref('Network/Vpc/PrivateSubnet1/RouteTable'),
  DestinationCidrBlock: '0.0.0.0/0',
  ...target,
});
const ROUTE = 'WayOut AWS::EC2::Route';

/** Network paths. */
export const NETWORK: readonly Pair[] = [
  weaker('can no longer be determined', (s) =>
    s
      .set(ROUTE, wayOut({ NatGatewayId: { Ref: 'Nat' } }))
      .set('Nat AWS::EC2::NatGateway', { SubnetId: ref(PUBLIC_SUBNET) }),
  ),
  weaker('can no longer be determined', 'Vpn AWS::EC2::VPCGatewayAttachment', {
    ...{ VpcId: ref('Network/Vpc'), VpnGatewayId: 'vgw-1' },
  }),
  weaker('`private subnet` → `172.16.0.0/12`', ROUTE, {
    ...wayOut({ DestinationCidrBlock: '172.16.0.0/12', VpcPeeringConnectionId: 'pcx-1' }),
  }),
  weaker('`private subnet` → `internet`', 'Network/Vpc/PrivateSubnet1/RouteTableAssociation', {
    RouteTableId: ref('Network/Vpc/PublicSubnet1/RouteTable'),
  }),
  weaker('`internet` → `web task`', SERVICE, {
    'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.+': ALB_GROUP,
  }),
  weaker('`load balancer` → `import job`', 'UserImport/ComputeEnvironment', {
    'ComputeResources.SecurityGroupIds.+': ECS_GROUP,
  }),
  weaker('Replica', 'Replica AWS::RDS::DBInstance', {
    ...{ SourceDBInstanceIdentifier: ref(DB), PubliclyAccessible: true, VPCSecurityGroups: [RDS_GROUP] },
  }),
  weaker('Opened', INGRESS, {
    ...{ GroupId: RDS_GROUP, ...tcp(5432, { CidrIp: otherwise('10.0.0.0/24', '0.0.0.0/0') }) },
  }),
  look('no longer reachable', (s) => s.remove(ruleOf(s, 'Rds'))),
  weaker('Traffic with users is no longer encrypted.', HTTPS, {
    Protocol: 'HTTP',
    Certificates: undefined,
    SslPolicy: undefined,
  }),
  weaker('Old versions of TLS', HTTPS, { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
  weaker('Invalid headers of requests are no longer removed, and reach the targets.', (s) =>
    s.replace(
      'drop_invalid_header_fields.enabled","Value":"true"',
      'drop_invalid_header_fields.enabled","Value":"false"',
    ),
  ),
  weaker('`internet` → `load balancer`', (s) =>
    s
      .set('L AWS::ElasticLoadBalancingV2::Listener', {
        ...{ LoadBalancerArn: ref('LoadBalancer'), Port: 8080, Protocol: 'HTTP', DefaultActions: [] },
      })
      .set('SecurityGroups/Alb', { 'SecurityGroupIngress.+': everybody(8080) }),
  ),
  weaker('from `0.0.0.0/0` (everyone)', 'SecurityGroups/Rds', {
    SecurityGroupIngress: otherwise([everybody(5432)], { Ref: 'AWS::NoValue' }),
  }),
  weaker('can no longer be determined', 'Url AWS::Lambda::Url', {
    ...{ AuthType: 'NONE', TargetFunctionArn: 'x' },
  }),
  look('ToPort', 'X', { ToPort: { Ref: 'B' } }, (s) =>
    s.set(INGRESS, { GroupId: 'sg-1', ...tcp(1, { CidrIp: '10.0.0.0/8' }), ToPort: { Ref: 'A' } }),
  ),
];
