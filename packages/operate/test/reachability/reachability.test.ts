import { dev } from '../../../../test/support/configs/dev';
import { APPLICATION_PORT, createStacks } from '../../src/app';
import { reachabilityOf } from '../../src/reachability';
import { template } from '../../../../test/support/assembly';
import { testEnvironments, type TestEnvironment } from '../../../../test/support/environments';
import { newApp } from '../../../../test/support/synth';
import type { Template } from '../../../../test/support/template';
import { RealStack, ref } from '@infra/cost/test/support/real-stack';
import { CHANGED_NETWORKS } from './changed-networks';

const SERVICES = ['image registry', 'Secrets Manager', 'log service'];

test.each([
  ['dev', 'tcp 80', ['ECS task', 'Batch job']],
  ['prod', 'tcp 443', ['ECS task', 'Batch job']],
  ['testlean', 'tcp 80', ['ECS task']],
  ['testlarge', 'tcp 443', ['ECS task', 'Batch job']],
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
        `load balancer → ECS task, tcp ${APPLICATION_PORT}`,
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

test('a store that a team adds is named: its paths are not found, and that is no fault', () => {
  const stack = new RealStack('dev');
  stack.set('Cache AWS::ElastiCache::ServerlessCache', { SubnetIds: [ref('Network/Vpc/PrivateSubnet1/Subnet')] });
  const { faults, unknown } = reachabilityOf(stack.template);
  expect(faults).toEqual([]);
  expect(unknown).toContain('UNKNOWN      Cache (AWS::ElastiCache::ServerlessCache) is not understood here.');
});

describe('a change names the path that it opens', () => {
  test.each(CHANGED_NETWORKS)('$title', ({ change, fault }) => {
    const stack = new RealStack('dev');
    change(stack);
    expect(reachabilityOf(stack.template).faults).toContain(fault);
  });
});
