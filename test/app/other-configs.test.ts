import type { EnvironmentConfig } from '../../lib/config/environment';
import { withField, withFields } from '../support/config';
import { dev, prod } from '../support/configs';
import { createStacks } from '../../lib/create-stacks';
import { messages } from '../support/assembly';
import { Deployed } from '../support/deployed';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';

/** Templates of values that neither environment has. */
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

test('with an account, the bucket’s name is plain text: CloudFormation imports nothing under a name that it has to work out', () => {
  const { stack } = synthesized({ ...prod, account: '123456789012' });
  const { Resources } = stack.template as Template;
  const buckets = Object.values(Resources).filter(({ Type }) => Type === 'AWS::S3::Bucket');
  expect(buckets.map(({ Properties }) => Properties?.['BucketName'])).toEqual(['prooflink-other-files-123456789012']);
});

test('placeholders are told by an info each synth, not a warning: CI synthesizes with --strict', () => {
  expect([...messages('dev'), ...messages('prod')].filter(({ level }) => level !== 'info')).toEqual([]);
  const told = (environment: 'dev' | 'prod') =>
    messages(environment).filter(({ text }) => text.startsWith('Only examples yet: '));
  expect(told('dev')).toEqual([]);
  expect(told('prod').map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /: loadBalancer\.domain\.domainName \(prooflink\.example\.com\), .*, alarms\.email \(ops@example\.com\)\. Set your own in lib\/config\/prod\.ts/,
    ),
  ]);
});

test('office hours need not begin on the hour: what waits for the database waits from there', () => {
  const { deployed } = synthesized(withFields(dev, { 'officeHours.start': '08:50', 'officeHours.stop': '22:57' }));
  const times = deployed.all('AWS::Scheduler::Schedule').map(({ properties }) => properties['ScheduleExpression']);
  expect(times.sort()).toEqual([
    'cron(2 23 * * ? *)',
    'cron(5 9 * * ? *)',
    'cron(50 8 * * ? *)',
    'cron(57 22 * * ? *)',
  ]);
});

test('only the allowed ranges come in, on each open port: a rule for everyone beside them would let all in', () => {
  const ranges = ['203.0.113.0/24', '198.51.100.7/32'];
  const { deployed } = synthesized(withField(dev, 'loadBalancer.allowedRanges', ranges));
  const { properties } = deployed.one('AWS::EC2::SecurityGroup', 'prooflink-other-alb-sg');
  const rules = properties['SecurityGroupIngress'] as { CidrIp: string; FromPort: number; ToPort: number }[];
  expect(rules.map(({ CidrIp, FromPort, ToPort }) => [CidrIp, FromPort, ToPort])).toEqual(
    [80, 443].flatMap((port) => ranges.map((range) => [range, port, port])),
  );
});

test('images for ARM64 run on it, in web tasks and in import jobs: on another processor no program in them starts', () => {
  const { deployed } = synthesized({ ...dev, cpuArchitecture: 'ARM64' });
  const platform = { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' };
  expect(deployed.at('AWS::ECS::TaskDefinition', 'RuntimePlatform')).toEqual(platform);
  expect(deployed.at('AWS::Batch::JobDefinition', 'ContainerProperties.RuntimePlatform')).toEqual(platform);
});

test('where tasks rest at night, nobody is told that none is healthy', () => {
  // Dev's class takes fewer connections.
  const { deployed } = synthesized(withField(dev, 'alarms', { ...prod.alarms, databaseConnections: 80 }));
  const alarm = 'prooflink-other-no-healthy-target';
  expect(deployed.at('AWS::CloudWatch::Alarm', 'TreatMissingData', alarm)).toBe('notBreaching');
});
