import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Part } from '../../lib/contract';
import { type Message, messages } from '../support/assembly';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';
import { dataIsKept } from '../support/invariants';
import { synthesizeOther } from '../support/other-environment';

const ACCOUNT = '123456789012';

/** A bare secret's name in a container, among those that it gets. */
const secret = (name: string): unknown => expect.objectContaining({ Name: name });

describe('dev with an account, ARM64, ranges, a restored database and alarms', () => {
  const { assembly, stack, deployed } = synthesizeOther(
    withFields(dev, {
      account: ACCOUNT,
      cpuArchitecture: 'ARM64',
      'database.fromSnapshot': 'in-clear-text',
      'loadBalancer.allowedRanges': ['54.249.113.0/24', '13.112.100.7/32'],
      'officeHours.start': '08:50',
      'officeHours.stop': '22:57',
      // Dev's class takes fewer connections than prod's.
      alarms: { ...prod.alarms, databaseConnections: 80 },
    }),
  );

  test('an account in the config needs no look-up: synth would fail without credentials', () => {
    expect(stack.environment.account).toBe(ACCOUNT);
    expect(assembly.manifest.missing ?? []).toEqual([]);
    const zones = deployed.all('AWS::EC2::Subnet').map(({ properties }) => properties['AvailabilityZone']);
    expect([...new Set(zones)]).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
  });

  test.each([
    { schedule: 'startDatabase', expression: 'cron(50 8 * * ? *)' },
    { schedule: 'startTasks', expression: 'cron(5 9 * * ? *)' },
    { schedule: 'stopTasks', expression: 'cron(57 22 * * ? *)' },
    { schedule: 'stopDatabase', expression: 'cron(2 23 * * ? *)' },
  ] as const)(
    'office hours need not begin on the hour, and what waits for the database waits into the next one: $schedule',
    ({ schedule, expression }) => {
      expect(deployed.partAt(Part[schedule], 'ScheduleExpression')).toBe(expression);
    },
  );

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
    expect(properties['SecurityGroupIngress']).toEqual([
      expect.objectContaining({ CidrIp: '54.249.113.0/24', FromPort: 80, ToPort: 80 }),
      expect.objectContaining({ CidrIp: '13.112.100.7/32', FromPort: 80, ToPort: 80 }),
      expect.objectContaining({ CidrIp: '54.249.113.0/24', FromPort: 443, ToPort: 443 }),
      expect.objectContaining({ CidrIp: '13.112.100.7/32', FromPort: 443, ToPort: 443 }),
    ]);
  });

  test.each([
    { container: 'web tasks', part: Part.webTaskDefinition, path: 'RuntimePlatform' },
    { container: 'import jobs', part: Part.jobDefinition, path: 'ContainerProperties.RuntimePlatform' },
  ])('images for ARM64 run on it in $container: on another processor no program in them starts', ({ part, path }) => {
    expect(deployed.partAt(part, path)).toEqual({ CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' });
  });

  test('where tasks are stopped at night, no alarm fires because none is healthy', () => {
    const alarm = 'prooflink-other-no-healthy-target';
    expect(deployed.at('AWS::CloudWatch::Alarm', 'TreatMissingData', alarm)).toBe('notBreaching');
  });
});

describe('prod with an account, RETAIN, one zone, a restored database and secret settings of the web service', () => {
  const { template, deployed } = synthesizeOther(
    withFields(prod, {
      account: ACCOUNT,
      keepData: RemovalPolicy.RETAIN,
      'database.fromSnapshot': 'encrypted',
      'database.multiAz': { off: 'one zone is enough here' },
      'webService.settings': { variables: {}, secrets: ['SMTP_PASSWORD'] },
    }),
  );

  test('the bucket’s name is plain text: CloudFormation imports nothing under a name that it has to work out', () => {
    const { resource } = deployed.part(Part.bucket);
    expect(resource.Properties?.['BucketName']).toBe(`prooflink-other-files-${ACCOUNT}`);
  });

  test('a snapshot is expected to be encrypted where the config says so, in one zone, too', () => {
    expect(deployed.part(Part.database).properties).toMatchObject({ StorageEncrypted: true, MultiAZ: false });
  });

  test('RETAIN keeps all data, as RETAIN_ON_UPDATE_OR_DELETE does', () => {
    expect(dataIsKept(template)).toEqual([]);
  });

  test('an import without settings starts beside a web service that has some, and reads none of them', () => {
    const secrets = deployed.partAt(Part.jobDefinition, 'ContainerProperties.Secrets');
    expect(secrets).toEqual([secret('DATABASE_URL')]);
  });
});

describe('dev whose import alone has secret settings', () => {
  const { deployed } = synthesizeOther(
    withFields(dev, { 'userImport.settings': { variables: {}, secrets: ['LDAP_BIND_SECRET'] } }),
  );

  test('has the secret for them: without it every job would start without its password', () => {
    expect(deployed.hasPart(Part.settingsSecret)).toBe(true);
    expect(deployed.output('SettingsSecretArn')).toBe(Part.settingsSecret.path);
  });

  test('passes them to the import’s jobs, and to no web task', () => {
    const secretsOfJob = deployed.partAt(Part.jobDefinition, 'ContainerProperties.Secrets');
    expect(secretsOfJob).toEqual([secret('DATABASE_URL'), secret('LDAP_BIND_SECRET')]);
    const secretsOfWeb = deployed.partAt(Part.webTaskDefinition, 'ContainerDefinitions.0.Secrets');
    expect(secretsOfWeb).toEqual([secret('DATABASE_URL'), secret('NEXTAUTH_SECRET')]);
  });
});

describe('examples left in a config', () => {
  const examplesIn = (environment: 'dev' | 'prod'): Message[] =>
    messages(environment).filter(({ text }) => text.startsWith('Only examples yet: '));

  test.each(['dev', 'prod'] as const)('%s: each message is an info: CI synthesizes with --strict', (environment) => {
    expect(messages(environment).filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('dev has none', () => {
    expect(examplesIn('dev')).toEqual([]);
  });

  test('prod’s are listed at each synth, with the file to change: an alarm would be mailed to nobody', () => {
    const [{ text } = { text: '' }, ...others] = examplesIn('prod');
    expect(others).toEqual([]);
    expect(text).toContain('loadBalancer.domain.domainName (prooflink.example.com), ');
    expect(text).toContain(', alarms.email (ops@example.com). Set your own in lib/config/prod.ts');
  });
});
