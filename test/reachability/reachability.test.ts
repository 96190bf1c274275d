import { dev } from '../support/configs/dev';
import { createStacks } from '../../lib/create-stacks';
import { reachabilityOf } from '../../tools/operate/reachability';
import { template } from '../support/assembly';
import { testEnvironments, type TestEnvironment } from '../support/environments';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';
import { admit, attribute, type Change, RealStack, ref, ruleOf, tcp } from '../support/real-stack';

const SERVICES = ['image registry', 'Secrets Manager', 'log service'];

test.each([
  ['dev', 'tcp 80', ['web task', 'import job']],
  ['prod', 'tcp 443', ['web task', 'import job']],
  ['testlean', 'tcp 80', ['web task']],
  ['testlarge', 'tcp 443', ['web task', 'import job']],
] as const)(
  'in %s nothing is reached but what must be: the database by tasks and jobs alone',
  (environment, entrance, clients) => {
    const { paths } = reachabilityOf(template(environment));
    const reported = paths.map(
      ({ from, to, ports, through }) => `${from} → ${to}, ${ports}${to === 'S3' ? `, ${through}` : ''}`,
    );
    expect(reported.sort()).toEqual(
      [
        `internet → load balancer, ${entrance}`,
        'load balancer → web task, tcp 3000',
        'database → S3, tcp 443, gateway endpoint',
        ...clients.flatMap((client) => [
          `${client} → database, tcp 5432`,
          ...SERVICES.map((service) => `${client} → ${service}, tcp 443`),
          `${client} → S3, tcp 443, gateway endpoint`,
        ]),
      ].sort(),
    );
  },
);

test.each(Object.keys(testEnvironments) as TestEnvironment[])('in %s nothing is wrong', (environment) => {
  expect(reachabilityOf(template(environment)).faults).toEqual([]);
});

test('where only an office may come in, that is the internet’s one path, and named', () => {
  const app = newApp();
  createStacks(app, { office: { ...dev, loadBalancer: { ...dev.loadBalancer, allowedRanges: ['54.249.113.0/24'] } } });
  const office = app.synth().getStackByName('ProoflinkOffice').template as Template;
  expect(reachabilityOf(office).faults).toEqual([]);
  expect(reachabilityOf(office).paths.filter(({ from }) => from === 'internet')).toMatchObject([
    {
      from: 'internet',
      to: 'load balancer',
      ports: 'tcp 80',
      through: 'prooflink-office-igw; prooflink-office-alb-sg admits 54.249.113.0/24, tcp 80',
    },
  ]);
});

describe('a change names the path that it opens', () => {
  test.each<[string, Change, string]>([
    [
      'database open to all private addresses',
      admit('Rds', tcp(5432, { CidrIp: '10.0.0.0/8' })),
      'NOT ALLOWED  load balancer → database, tcp 5432: prooflink-dev-rds-sg admits 10.0.0.0/8, tcp 5432',
    ],
    [
      'database public',
      (s) => {
        admit('Rds', tcp(5432, { CidrIp: '0.0.0.0/0' }))(s);
        routePrivateSubnet(s.set('Database/Instance', { PubliclyAccessible: true }));
      },
      'NOT ALLOWED  internet → database, tcp 5432: prooflink-dev-igw; prooflink-dev-rds-sg admits 0.0.0.0/0, tcp 5432',
    ],
    [
      'web tasks open to the internet',
      admit('Ecs', tcp(3000, { CidrIp: '0.0.0.0/0' })),
      'NOT ALLOWED  internet → web task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits 0.0.0.0/0, tcp 3000',
    ],
    [
      'import jobs open to a foreign range',
      admit('Batch', { CidrIp: '54.249.113.0/24', IpProtocol: '-1' }),
      'NOT ALLOWED  internet → import job, all: prooflink-dev-igw; prooflink-dev-batch-sg admits 54.249.113.0/24, all',
    ],
    [
      'every port of web tasks open to the load balancer',
      (s) => s.set(ruleOf(s, 'Ecs'), { FromPort: 0, ToPort: 65535 }),
      'NOT ALLOWED  load balancer → web task, tcp 0-65535: ' +
        'prooflink-dev-ecs-sg admits prooflink-dev-alb-sg, tcp 0-65535',
    ],
    [
      'web tasks open to each other',
      admit('Ecs', tcp(22, { SourceSecurityGroupId: attribute('SecurityGroups/Ecs', 'GroupId') })),
      'NOT ALLOWED  web task → web task, tcp 22: prooflink-dev-ecs-sg admits prooflink-dev-ecs-sg, tcp 22',
    ],
    [
      'private subnet with a way out',
      routePrivateSubnet,
      'NOT ALLOWED  private subnet → internet, all: ' +
        'prooflink-dev-subnet-private1-ap-northeast-1a routes to prooflink-dev-igw',
    ],
    [
      'S3 without its endpoint',
      (s) => s.remove('Network/Vpc/S3'),
      'NOT ALLOWED  web task → S3, tcp 443: prooflink-dev-igw',
    ],
    [
      'tasks without public addresses',
      (s) => s.replace('"AssignPublicIp":"ENABLED"', '"AssignPublicIp":"DISABLED"'),
      'MISSING      web task → image registry, tcp 443',
    ],
    [
      'default group left open',
      (s) => s.remove('Network/Vpc/RestrictDefaultSecurityGroupCustomResource'),
      'PROBLEM      The default security group of prooflink-dev-vpc is not closed.',
    ],
    [
      'database without a group',
      (s) => s.set('Database/Instance', { VPCSecurityGroups: [] }),
      'PROBLEM      The database has no security group, and so the default one.',
    ],
    [
      'load balancer with IPv6',
      (s) => s.set('LoadBalancer', { IpAddressType: 'dualstack' }),
      'PROBLEM      LoadBalancer uses IPv6, and nothing here is meant to.',
    ],
    [
      'IPv6',
      (s) => s.set('Ipv6 AWS::EC2::VPCCidrBlock', { AmazonProvidedIpv6CidrBlock: true }),
      'PROBLEM      Ipv6 (AWS::EC2::VPCCidrBlock) is not understood here.',
    ],
    [
      'IPv6 rule',
      admit('Ecs', tcp(3000, { CidrIpv6: '::/0' })),
      'NOT ALLOWED  internet → web task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits ::/0, tcp 3000',
    ],
    [
      'something new in the network',
      (s) => s.set('Bastion AWS::EC2::Instance', {}),
      'PROBLEM      Bastion (AWS::EC2::Instance) is not understood here.',
    ],
    [
      'rule for something that cannot be seen',
      admit('Rds', tcp(5432, { SourceSecurityGroupId: { Ref: 'Elsewhere' } })),
      'PROBLEM      prooflink-dev-rds-sg has a rule for Elsewhere, which is not understood here.',
    ],
    [
      'a range that does not begin where its length lets it, which AWS would read as a wider one',
      admit('Rds', tcp(5432, { CidrIp: '54.249.113.7/0' })),
      'PROBLEM      prooflink-dev-rds-sg has a rule for 54.249.113.7/0, which is not understood here.',
    ],
  ])('%s', (_, change, fault) => {
    const stack = new RealStack('dev');
    change(stack);
    expect(reachabilityOf(stack.template).faults).toContain(fault);
  });
});

/** Gives the first private subnet the public ones' way out. */
function routePrivateSubnet(stack: RealStack): void {
  const route = stack.of('Network/Vpc/PublicSubnet1/DefaultRoute');
  stack.set('WayOut AWS::EC2::Route', { ...route, RouteTableId: ref('Network/Vpc/PrivateSubnet1/RouteTable') });
}
