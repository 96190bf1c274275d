import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Part } from '../../lib/contract';
import { createStacks } from '../../lib/create-stacks';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { messages } from '../support/assembly';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';
import { Deployed } from '../support/deployed';
import { dataIsKept } from '../support/invariants';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';

const ACCOUNT = '123456789012';
const RANGES = ['54.249.113.0/24', '13.112.100.7/32'];

/** A template of values that no environment of the tests has. */
function synthesized(config: EnvironmentConfig) {
  const app = newApp();
  createStacks(app, { other: config });
  const assembly = app.synth();
  const stack = assembly.getStackByName('ProoflinkOther');
  return { assembly, stack, deployed: new Deployed(stack.template as Template, { AppImageTag: 'v1' }) };
}

const { assembly, stack, deployed } = synthesized(
  withFields(dev, {
    account: ACCOUNT,
    cpuArchitecture: 'ARM64',
    'database.fromSnapshot': 'in-clear-text',
    'loadBalancer.allowedRanges': RANGES,
    'officeHours.start': '08:50',
    'officeHours.stop': '22:57',
    // Dev's class takes fewer connections.
    alarms: { ...prod.alarms, databaseConnections: 80 },
  }),
);

test('an account in the config still needs no look-up: synth would fail without credentials', () => {
  expect(stack.environment.account).toBe(ACCOUNT);
  expect(assembly.manifest.missing ?? []).toEqual([]);
  const zones = deployed.all('AWS::EC2::Subnet').map(({ properties }) => properties['AvailabilityZone']);
  expect([...new Set(zones)]).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
});

const kept = synthesized(
  withFields(prod, {
    account: ACCOUNT,
    keepData: RemovalPolicy.RETAIN,
    'database.fromSnapshot': 'encrypted',
    'database.multiAz': { off: 'one zone is enough here' },
    'webService.settings': { variables: {}, secrets: ['SMTP_PASSWORD'] },
  }),
).stack.template as Template;
const keptStack = new Deployed(kept, { AppImageTag: 'v1' });

test('with an account, the bucket’s name is plain text: CloudFormation imports nothing under a name that it has to work out', () => {
  const { resource } = keptStack.part(Part.bucket);
  expect(resource.Properties?.['BucketName']).toBe(`prooflink-other-files-${ACCOUNT}`);
});

test('a snapshot is expected to be encrypted where the config says so, in one zone, too; data are kept by each policy that keeps', () => {
  expect(keptStack.part(Part.database).properties).toMatchObject({ StorageEncrypted: true, MultiAZ: false });
  expect(dataIsKept(kept)).toEqual([]);
});

test('an import without settings starts beside a web service that has some, and reads none of them', () => {
  expect(keptStack.part(Part.jobDefinition).properties).toHaveProperty('ContainerProperties.Secrets', [
    expect.objectContaining({ Name: 'DATABASE_URL' }),
  ]);
});

test('placeholders are reported as an info at each synth, not a warning: CI synthesizes with --strict', () => {
  expect([...messages('dev'), ...messages('prod')].filter(({ level }) => level !== 'info')).toEqual([]);
  const reported = (environment: 'dev' | 'prod') =>
    messages(environment).filter(({ text }) => text.startsWith('Only examples yet: '));
  expect(reported('dev')).toEqual([]);
  expect(reported('prod').map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /: loadBalancer\.domain\.domainName \(prooflink\.example\.com\), .*, alarms\.email \(ops@example\.com\)\. Set your own in lib\/config\/prod\.ts/,
    ),
  ]);
});

test('office hours need not begin on the hour: what waits for the database waits from there', () => {
  const schedules = [Part.startDatabase, Part.startTasks, Part.stopTasks, Part.stopDatabase];
  expect(schedules.map((schedule) => deployed.partAt(schedule, 'ScheduleExpression'))).toEqual([
    'cron(50 8 * * ? *)',
    'cron(5 9 * * ? *)',
    'cron(57 22 * * ? *)',
    'cron(2 23 * * ? *)',
  ]);
});

test('a snapshot in clear text is not expected to be encrypted: drift detection would report it each night', () => {
  const { properties } = deployed.part(Part.database);
  expect(properties).toHaveProperty('DBSnapshotIdentifier', 'in-clear-text');
  expect(properties).not.toHaveProperty('StorageEncrypted');
});

test('a database that goes with its stack takes its automated backups along: they would cost, and keep test data', () => {
  expect(deployed.part(Part.database).properties).not.toHaveProperty('DeleteAutomatedBackups');
});

test('only the allowed ranges come in, on each open port: a rule for everyone beside them would let all in', () => {
  const { properties } = deployed.one('AWS::EC2::SecurityGroup', 'prooflink-other-alb-sg');
  const rules = properties['SecurityGroupIngress'] as { CidrIp: string; FromPort: number; ToPort: number }[];
  expect(rules.map(({ CidrIp, FromPort, ToPort }) => [CidrIp, FromPort, ToPort])).toEqual(
    [80, 443].flatMap((port) => RANGES.map((range) => [range, port, port])),
  );
});

test('images for ARM64 run on it, in web tasks and in import jobs: on another processor no program in them starts', () => {
  const platform = { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' };
  expect(deployed.partAt(Part.webTaskDefinition, 'RuntimePlatform')).toEqual(platform);
  expect(deployed.partAt(Part.jobDefinition, 'ContainerProperties.RuntimePlatform')).toEqual(platform);
});

test('where tasks rest at night, no alarm fires because none is healthy', () => {
  const alarm = 'prooflink-other-no-healthy-target';
  expect(deployed.at('AWS::CloudWatch::Alarm', 'TreatMissingData', alarm)).toBe('notBreaching');
});
