import { attribute, ref, ruleOf, tcp } from '@infra/cost/test/support/real-stack';
import { all, type DangerousPair, fromInternet, ifImage, NO_VALUE, SERVICE, set } from './pair';

const NEW_INGRESS_RULE = 'X AWS::EC2::SecurityGroupIngress';
const DATABASE_GROUP = attribute('SecurityGroups/Rds', 'GroupId');
const LOAD_BALANCER_GROUP = attribute('SecurityGroups/Alb', 'GroupId');
const NEW_ROUTE = 'WayOut AWS::EC2::Route';
const routeFromPrivateSubnet = (range: string, target: object) => ({
  RouteTableId: ref('Network/Vpc/PrivateSubnet1/RouteTable'),
  DestinationCidrBlock: range,
  ...target,
});

/** Changes of network paths that become unreadable. */
const UNREADABLE_PATHS: readonly DangerousPair[] = [
  {
    title: 'a VPC gets a VPN gateway',
    level: 'weaker',
    says: 'can no longer be determined',
    change: set('Vpn AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Network/Vpc'), VpnGatewayId: 'vgw-1' }),
  },
  {
    title: 'a function gets a URL',
    level: 'weaker',
    says: 'can no longer be determined',
    change: set('Url AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'x' }),
  },
];

/** Changes of who reaches whom. */
const PATHS: readonly DangerousPair[] = [
  {
    title: 'a private subnet gets a route to a peered VPC',
    level: 'weaker',
    says: 'private subnet → `172.16.0.0/12`',
    change: set(NEW_ROUTE, routeFromPrivateSubnet('172.16.0.0/12', { VpcPeeringConnectionId: 'pcx-1' })),
  },
  {
    title: "web tasks get the load balancer's security group",
    level: 'weaker',
    says: 'internet → ECS task',
    change: set(SERVICE, { 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.+': LOAD_BALANCER_GROUP }),
  },
  {
    title: 'a security group admits the internet as long as no image is deployed',
    level: 'weaker',
    says: 'Newly allowed',
    change: set(NEW_INGRESS_RULE, {
      GroupId: DATABASE_GROUP,
      ...tcp(5432, { CidrIp: ifImage('10.0.0.0/24', '0.0.0.0/0') }),
    }),
  },
  {
    title: 'a security group admits the internet as soon as an image is deployed',
    level: 'weaker',
    says: 'from `0.0.0.0/0` (everyone)',
    change: set('SecurityGroups/Rds', { SecurityGroupIngress: ifImage([fromInternet(5432)], NO_VALUE) }),
  },
  {
    title: 'a rule that admits tasks to the database is removed',
    level: 'look',
    says: 'no longer reachable',
    change: (stack) => stack.remove(ruleOf(stack, 'Rds')),
  },
  {
    title: 'a load balancer gets a listener on another port, which its security group admits',
    level: 'weaker',
    says: 'internet → load balancer',
    change: all(
      set('L AWS::ElasticLoadBalancingV2::Listener', {
        LoadBalancerArn: ref('LoadBalancer'),
        Port: 8080,
        Protocol: 'HTTP',
        DefaultActions: [],
      }),
      set('SecurityGroups/Alb', { 'SecurityGroupIngress.+': fromInternet(8080) }),
    ),
  },
];

export const NETWORK: readonly DangerousPair[] = [...UNREADABLE_PATHS, ...PATHS];
