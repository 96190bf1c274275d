import { admit, attribute, type Change, type RealStack, ref, ruleOf, tcp } from './support/real-stack';

/** A change of dev's network, and the path or problem that it adds. */
export interface ChangedNetwork {
  readonly title: string;
  readonly change: Change;
  readonly line: string;
}

export const CHANGED_NETWORKS: readonly ChangedNetwork[] = [
  {
    title: 'database open to all private addresses',
    change: admit('Rds', tcp(5432, { CidrIp: '10.0.0.0/8' })),
    line: 'load balancer → database, tcp 5432: prooflink-dev-rds-sg admits 10.0.0.0/8, tcp 5432',
  },
  {
    title: 'database public',
    change: (s) => {
      admit('Rds', tcp(5432, { CidrIp: '0.0.0.0/0' }))(s);
      routePrivateSubnet(s.set('Database/Instance', { PubliclyAccessible: true }));
    },
    line: 'internet → database, tcp 5432: prooflink-dev-igw; prooflink-dev-rds-sg admits 0.0.0.0/0, tcp 5432',
  },
  {
    title: 'web tasks open to the internet',
    change: admit('Ecs', tcp(3000, { CidrIp: '0.0.0.0/0' })),
    line: 'internet → ECS task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits 0.0.0.0/0, tcp 3000',
  },
  {
    title: 'import jobs open to a foreign range',
    change: admit('Batch', { CidrIp: '54.249.113.0/24', IpProtocol: '-1' }),
    line: 'internet → Batch job, all: prooflink-dev-igw; prooflink-dev-batch-sg admits 54.249.113.0/24, all',
  },
  {
    title: 'every port of web tasks open to the load balancer',
    change: (s) => s.set(ruleOf(s, 'Ecs'), { FromPort: 0, ToPort: 65535 }),
    line: 'load balancer → ECS task, tcp 0-65535: ' + 'prooflink-dev-ecs-sg admits prooflink-dev-alb-sg, tcp 0-65535',
  },
  {
    title: 'a port by a parameter, which is its default',
    change: (s) => {
      Object.assign(s.template, { Parameters: { Port: { Type: 'Number', Default: 3001 } } });
      s.set(ruleOf(s, 'Ecs'), { FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' } });
    },
    line: 'load balancer → ECS task, tcp 3001: prooflink-dev-ecs-sg admits prooflink-dev-alb-sg, tcp 3001',
  },
  {
    title: 'web tasks open to each other',
    change: admit('Ecs', tcp(22, { SourceSecurityGroupId: attribute('SecurityGroups/Ecs', 'GroupId') })),
    line: 'ECS task → ECS task, tcp 22: prooflink-dev-ecs-sg admits prooflink-dev-ecs-sg, tcp 22',
  },
  {
    title: 'private subnet with a way out',
    change: routePrivateSubnet,
    line:
      'private subnet → internet, all: ' + 'prooflink-dev-subnet-private1-ap-northeast-1a routes to prooflink-dev-igw',
  },
  {
    title: 'S3 without its endpoint',
    change: (s) => s.remove('Network/Vpc/S3'),
    line: 'ECS task → S3, tcp 443: prooflink-dev-igw',
  },
  {
    title: 'default group left open',
    change: (s) => s.remove('Network/Vpc/RestrictDefaultSecurityGroupCustomResource'),
    line: 'The default security group of prooflink-dev-vpc is not closed.',
  },
  {
    title: 'database without a group',
    change: (s) => s.set('Database/Instance', { VPCSecurityGroups: [] }),
    line: 'The database has no security group, and so the default one.',
  },
  {
    title: 'load balancer with IPv6',
    change: (s) => s.set('LoadBalancer', { IpAddressType: 'dualstack' }),
    line: 'LoadBalancer uses IPv6, which is not understood here.',
  },
  {
    title: 'IPv6',
    change: (s) => s.set('Ipv6 AWS::EC2::VPCCidrBlock', { AmazonProvidedIpv6CidrBlock: true }),
    line: 'Ipv6 (AWS::EC2::VPCCidrBlock) is not understood here.',
  },
  {
    title: 'IPv6 rule',
    change: admit('Ecs', tcp(3000, { CidrIpv6: '::/0' })),
    line: 'internet → ECS task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits ::/0, tcp 3000',
  },
  {
    title: 'something new in the network',
    change: (s) => s.set('Bastion AWS::EC2::Instance', {}),
    line: 'Bastion (AWS::EC2::Instance) is not understood here.',
  },
  {
    title: 'rule for something that cannot be seen',
    change: admit('Rds', tcp(5432, { SourceSecurityGroupId: { Ref: 'Elsewhere' } })),
    line: 'prooflink-dev-rds-sg has a rule for Elsewhere, which is not understood here.',
  },
  {
    title: 'a range that does not begin where its length lets it, which AWS would read as a wider one',
    change: admit('Rds', tcp(5432, { CidrIp: '54.249.113.7/0' })),
    line: 'prooflink-dev-rds-sg has a rule for 54.249.113.7/0, which is not understood here.',
  },
];

/** Gives the first private subnet the public ones' way out. */
function routePrivateSubnet(stack: RealStack): void {
  const route = stack.of('Network/Vpc/PublicSubnet1/DefaultRoute');
  stack.set('WayOut AWS::EC2::Route', { ...route, RouteTableId: ref('Network/Vpc/PrivateSubnet1/RouteTable') });
}
