import { dev } from '../support/configs/dev';
import { createStacks } from '../../lib/create-stacks';
import { reachabilityOf } from '../../tools/reachability/reachability';
import { template } from '../support/assembly';
import { testEnvironments, type TestEnvironment } from '../support/environments';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';
import { ChangedNetwork } from './changed-network';

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
  createStacks(app, { office: { ...dev, loadBalancer: { ...dev.loadBalancer, allowedRanges: ['203.0.113.0/24'] } } });
  const office = app.synth().getStackByName('ProoflinkOffice').template as Template;
  expect(reachabilityOf(office).faults).toEqual([]);
  expect(reachabilityOf(office).paths.filter(({ from }) => from === 'internet')).toMatchObject([
    {
      from: 'internet',
      to: 'load balancer',
      ports: 'tcp 80',
      through: 'prooflink-office-igw; prooflink-office-alb-sg admits 203.0.113.0/24, tcp 80',
    },
  ]);
});

describe('a change names the path that it opens', () => {
  test.each<[string, (network: ChangedNetwork) => ChangedNetwork, string]>([
    [
      'database open to all private addresses',
      (network) => network.admit('SecurityGroups/Rds', { CidrIp: '10.0.0.0/8', ...tcp(5432) }),
      'NOT ALLOWED  load balancer → database, tcp 5432: prooflink-dev-rds-sg admits 10.0.0.0/8, tcp 5432',
    ],
    [
      'database public',
      (network) =>
        network
          .set('Database/Instance', { PubliclyAccessible: true })
          .admit('SecurityGroups/Rds', { CidrIp: '0.0.0.0/0', ...tcp(5432) })
          .routePrivateSubnet(),
      'NOT ALLOWED  internet → database, tcp 5432: prooflink-dev-igw; prooflink-dev-rds-sg admits 0.0.0.0/0, tcp 5432',
    ],
    [
      'web tasks open to the internet',
      (network) => network.admit('SecurityGroups/Ecs', { CidrIp: '0.0.0.0/0', ...tcp(3000) }),
      'NOT ALLOWED  internet → web task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits 0.0.0.0/0, tcp 3000',
    ],
    [
      'import jobs open to a foreign range',
      (network) => network.admit('SecurityGroups/Batch', { CidrIp: '203.0.113.0/24', IpProtocol: '-1' }),
      'NOT ALLOWED  internet → import job, all: prooflink-dev-igw; prooflink-dev-batch-sg admits 203.0.113.0/24, all',
    ],
    [
      'every port of web tasks open to the load balancer',
      (network) => network.widen('SecurityGroups/Ecs', { FromPort: 0, ToPort: 65535 }),
      'NOT ALLOWED  load balancer → web task, tcp 0-65535: ' +
        'prooflink-dev-ecs-sg admits prooflink-dev-alb-sg, tcp 0-65535',
    ],
    [
      'web tasks open to each other',
      (network) =>
        network.admit('SecurityGroups/Ecs', {
          SourceSecurityGroupId: network.groupId('SecurityGroups/Ecs'),
          ...tcp(22),
        }),
      'NOT ALLOWED  web task → web task, tcp 22: prooflink-dev-ecs-sg admits prooflink-dev-ecs-sg, tcp 22',
    ],
    [
      'private subnet with a way out',
      (network) => network.routePrivateSubnet(),
      'NOT ALLOWED  private subnet → internet, all: ' +
        'prooflink-dev-subnet-private1-ap-northeast-1a routes to prooflink-dev-igw',
    ],
    [
      'S3 without its endpoint',
      (network) => network.remove('AWS::EC2::VPCEndpoint'),
      'NOT ALLOWED  web task → S3, tcp 443: prooflink-dev-igw',
    ],
    [
      'tasks without public addresses',
      (network) => network.replace('"AssignPublicIp":"ENABLED"', '"AssignPublicIp":"DISABLED"'),
      'MISSING      web task → image registry, tcp 443',
    ],
    [
      'default group left open',
      (network) => network.remove('Custom::VpcRestrictDefaultSG'),
      'PROBLEM      The default security group of prooflink-dev-vpc is not closed.',
    ],
    [
      'database without a group',
      (network) => network.set('Database/Instance', { VPCSecurityGroups: [] }),
      'PROBLEM      The database has no security group, and so the default one.',
    ],
    [
      'load balancer with IPv6',
      (network) => network.set('LoadBalancer', { IpAddressType: 'dualstack' }),
      'PROBLEM      LoadBalancer uses IPv6, and nothing here is meant to.',
    ],
    [
      'IPv6',
      (network) => network.add('Ipv6', 'AWS::EC2::VPCCidrBlock', { AmazonProvidedIpv6CidrBlock: true }),
      'PROBLEM      Ipv6 (AWS::EC2::VPCCidrBlock) is not understood here.',
    ],
    [
      'IPv6 rule',
      (network) => network.admit('SecurityGroups/Ecs', { CidrIpv6: '::/0', ...tcp(3000) }),
      'NOT ALLOWED  internet → web task, tcp 3000: prooflink-dev-igw; prooflink-dev-ecs-sg admits ::/0, tcp 3000',
    ],
    [
      'something new in the network',
      (network) => network.add('Bastion', 'AWS::EC2::Instance', {}),
      'PROBLEM      Bastion (AWS::EC2::Instance) is not understood here.',
    ],
    [
      'rule for something that cannot be seen',
      (network) => network.admit('SecurityGroups/Rds', { SourceSecurityGroupId: { Ref: 'Elsewhere' }, ...tcp(5432) }),
      'PROBLEM      prooflink-dev-rds-sg has a rule for Elsewhere, which is not understood here.',
    ],
    [
      'a range that does not begin where its length lets it, which AWS would read as a wider one',
      (network) => network.admit('SecurityGroups/Rds', { CidrIp: '203.0.113.7/0', ...tcp(5432) }),
      'PROBLEM      prooflink-dev-rds-sg has a rule for 203.0.113.7/0, which is not understood here.',
    ],
  ])('%s', (_, change, fault) => {
    expect(reachabilityOf(change(new ChangedNetwork(template('dev'))).template).faults).toContain(fault);
  });
});

function tcp(port: number) {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port };
}
