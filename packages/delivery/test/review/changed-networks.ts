import { template } from '@infra/testing/assembly';
import { type Json, pathOf, type Resource, type Template } from '@infra/testing/template';

/** Dev's stack, which a test changes. */
export class ChangedStack {
  readonly template: Template = template('dev');

  /** Logical id of the resource at a construct path. */
  id(path: string): string {
    const entries = Object.entries(this.template.Resources);
    const [id] = entries.find(([, resource]) => pathOf(resource) === path) ?? [];
    if (id === undefined) throw new Error(`Nothing at ${path}`);
    return id;
  }

  get(path: string): Resource {
    return this.template.Resources[this.id(path)] as Resource;
  }

  set(path: string, properties: Record<string, Json>): void {
    Object.assign(this.get(path).Properties ?? {}, properties);
  }

  add(id: string, type: string, properties: Record<string, Json> = {}): void {
    this.template.Resources[id] = { Type: type, Properties: properties };
  }

  remove(path: string): void {
    Reflect.deleteProperty(this.template.Resources, this.id(path));
  }
}

type Change = (stack: ChangedStack) => void;

/** A change of dev's network, and the path or problem that it adds. */
interface ChangedNetwork {
  readonly title: string;
  readonly change: Change;
  readonly line: string;
}

/** Attribute by which rules name a security group. */
const groupId = (stack: ChangedStack, group: string) => ({
  'Fn::GetAtt': [stack.id(`SecurityGroups/${group}`), 'GroupId'],
});

/** A rule of its own that admits a peer to a TCP port of a security group. */
function admit(group: string, port: number, peer: Record<string, Json>): Change {
  return (stack) => {
    stack.add('Rule', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: groupId(stack, group),
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      ...peer,
    });
  };
}

/** Opens other ports of the web tasks to the load balancer. */
function admitToPorts(stack: ChangedStack, FromPort: Json, ToPort: Json): void {
  const ofTasks = Object.values(stack.template.Resources).find((resource) =>
    pathOf(resource).startsWith('SecurityGroups/Ecs/from '),
  );
  Object.assign(ofTasks?.Properties ?? {}, { FromPort, ToPort });
}

/** Gives the first private subnet the public ones' way out. */
function routePrivateSubnet(stack: ChangedStack): void {
  stack.add('WayOut', 'AWS::EC2::Route', {
    ...stack.get('Network/Vpc/PublicSubnet1/DefaultRoute').Properties,
    RouteTableId: { Ref: stack.id('Network/Vpc/PrivateSubnet1/RouteTable') },
  });
}

export const CHANGED_NETWORKS: readonly ChangedNetwork[] = [
  {
    title: 'database open to all private addresses',
    change: admit('Rds', 5432, { CidrIp: '10.0.0.0/8' }),
    line: 'load balancer → database, tcp 5432: prooflink-dev-rds-sg admits 10.0.0.0/8, tcp 5432',
  },
  {
    title: 'database public',
    change: (stack) => {
      admit('Rds', 5432, { CidrIp: '0.0.0.0/0' })(stack);
      stack.set('Database/Instance', { PubliclyAccessible: true });
      routePrivateSubnet(stack);
    },
    line: 'internet → database, tcp 5432: prooflink-dev-igw; prooflink-dev-rds-sg admits 0.0.0.0/0, tcp 5432',
  },
  {
    title: 'web tasks open to the internet',
    change: admit('Ecs', 3000, { CidrIp: '0.0.0.0/0' }),
    line: 'internet → ECS task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits 0.0.0.0/0, tcp 3000',
  },
  {
    title: 'import jobs open to a foreign range',
    change: admit('Batch', 0, { CidrIp: '54.249.113.0/24', IpProtocol: '-1' }),
    line: 'internet → Batch job, all: prooflink-dev-igw; prooflink-dev-batch-sg admits 54.249.113.0/24, all',
  },
  {
    title: 'every port of web tasks open to the load balancer',
    change: (stack) => {
      admitToPorts(stack, 0, 65535);
    },
    line: 'load balancer → ECS task, tcp 0-65535: prooflink-dev-ecs-sg admits prooflink-dev-alb-sg, tcp 0-65535',
  },
  {
    title: 'a port by a parameter, which is its default',
    change: (stack) => {
      Object.assign(stack.template, { Parameters: { Port: { Type: 'Number', Default: 3001 } } });
      admitToPorts(stack, { Ref: 'Port' }, { Ref: 'Port' });
    },
    line: 'load balancer → ECS task, tcp 3001: prooflink-dev-ecs-sg admits prooflink-dev-alb-sg, tcp 3001',
  },
  {
    title: 'web tasks open to each other',
    change: (stack) => {
      admit('Ecs', 22, { SourceSecurityGroupId: groupId(stack, 'Ecs') })(stack);
    },
    line: 'ECS task → ECS task, tcp 22: prooflink-dev-ecs-sg admits prooflink-dev-ecs-sg, tcp 22',
  },
  {
    title: 'private subnet with a way out',
    change: routePrivateSubnet,
    line: 'private subnet → internet, all: prooflink-dev-subnet-private1-ap-northeast-1a routes to prooflink-dev-igw',
  },
  {
    title: 'S3 without its endpoint',
    change: (stack) => {
      stack.remove('Network/Vpc/S3');
    },
    line: 'ECS task → S3, tcp 443: prooflink-dev-igw',
  },
  {
    title: 'default group left open',
    change: (stack) => {
      stack.remove('Network/Vpc/RestrictDefaultSecurityGroupCustomResource');
    },
    line: 'The default security group of prooflink-dev-vpc is not closed.',
  },
  {
    title: 'database without a group',
    change: (stack) => {
      stack.set('Database/Instance', { VPCSecurityGroups: [] });
    },
    line: 'The database has no security group.',
  },
  {
    title: 'load balancer with IPv6',
    change: (stack) => {
      stack.set('LoadBalancer', { IpAddressType: 'dualstack' });
    },
    line: 'LoadBalancer uses IPv6, which is not understood here.',
  },
  {
    title: 'IPv6 rule',
    change: admit('Ecs', 3000, { CidrIpv6: '::/0' }),
    line: 'internet → ECS task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits ::/0, tcp 3000',
  },
  {
    title: 'something new in the network',
    change: (stack) => {
      stack.add('Bastion', 'AWS::EC2::Instance');
    },
    line: 'Bastion (AWS::EC2::Instance) is not understood here.',
  },
  {
    title: 'rule for something that cannot be seen',
    change: admit('Rds', 5432, { SourceSecurityGroupId: { Ref: 'Elsewhere' } }),
    line: 'prooflink-dev-rds-sg has a rule for Elsewhere, which is not understood here.',
  },
  {
    title: 'a range that does not begin where its length lets it, which AWS would read as a wider one',
    change: admit('Rds', 5432, { CidrIp: '54.249.113.7/0' }),
    line: 'prooflink-dev-rds-sg has a rule for 54.249.113.7/0, which is not understood here.',
  },
];
