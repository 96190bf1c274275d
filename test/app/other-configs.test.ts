import { dev } from '../../lib/config/dev';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { prod } from '../../lib/config/prod';
import { createStacks } from '../../lib/create-stacks';
import { Deployed } from '../support/deployed';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';

/** What a value that neither environment has makes of a template. */
function synthesized(config: EnvironmentConfig) {
  const app = newApp();
  createStacks(app, { other: config });
  const assembly = app.synth();
  const stack = assembly.getStackByName('ProoflinkOther');
  return { assembly, stack, deployed: new Deployed(stack.template as Template, { AppImageTag: 'v1' }) };
}

test('an account in the config still needs no look-up: synth would fail without credentials', () => {
  const { assembly, stack, deployed } = synthesized({ ...dev, account: '123456789012' });
  expect(stack.environment.account).toBe('123456789012');
  expect(assembly.manifest.missing ?? []).toEqual([]);
  const zones = deployed.all('AWS::EC2::Subnet').map(({ properties }) => properties['AvailabilityZone']);
  expect([...new Set(zones)]).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
});

test.each([
  ['example.com', 'example.com', true],
  ['prooflink.example.net', 'example.net', true],
  ['example.com.acme.jp', 'acme.jp', false],
  ['prooflink-example.com', 'prooflink-example.com', false],
])('%s in the zone %s is told as the guide’s placeholder: %s', (domainName, hostedZoneName, told) => {
  const { domain } = prod.loadBalancer;
  if (!domain) throw new Error('prod has a domain');
  const other = { ...prod.loadBalancer, domain: { ...domain, domainName, hostedZoneName } };
  const [stack] = createStacks(newApp(), { other: { ...prod, loadBalancer: other } });
  const messages = stack?.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => JSON.stringify(data)));
  expect(messages?.some((message) => message.includes("is the guide's example"))).toBe(told);
});

test('office hours need not begin on the hour: what waits for the database waits from there', () => {
  if (!dev.officeHours) throw new Error('dev has office hours');
  const { deployed } = synthesized({
    ...dev,
    officeHours: { ...dev.officeHours, start: '08:50', stop: '22:57' },
  });
  const times = deployed.all('AWS::Scheduler::Schedule').map(({ properties }) => properties['ScheduleExpression']);
  expect(times.sort()).toEqual([
    'cron(2 23 * * ? *)',
    'cron(5 9 * * ? *)',
    'cron(50 8 * * ? *)',
    'cron(57 22 * * ? *)',
  ]);
});
