import type { Resource } from '@infra/common/template';
import { costOf, costOfPart } from '../src/environment-cost';
import { formatQuantity, formatUsd } from '../src/format-amounts';
import { readPrices } from '../src/price-file';
import { changed, stackOf, templateOfApp, withClass } from './support';

const resource = (type: string, Properties: object = {}): Resource => ({
  Type: `AWS::${type}`,
  Properties: { ...Properties },
});

/** Cost of a stack of these resources in Tokyo; by default of one whose usage is not assumed. */
const costOfResources = (Resources: Readonly<Record<string, Resource>>, name = 'Small') =>
  costOf(stackOf({ Resources }, name));

/** The lines of a bill: `S3: TimedStorage-ByteHrs 10`. */
const linesOf = ({ lines }: ReturnType<typeof costOf>) =>
  lines.map(({ part, usageType, quantity }) => `${part}: ${usageType} ${formatQuantity(quantity)}`);

test('a sum is that of the list prices of Tokyo, for a month of 730 hours', () => {
  const cost = costOfResources({ Nat: resource('EC2::NatGateway'), Secret: resource('SecretsManager::Secret') });
  expect(formatUsd(cost.usd)).toBe('45.66');
});

test.each(['dev', 'prod'] as const)('%s has a sum, and the usage that is in none is named', (name) => {
  const cost = costOf(stackOf(templateOfApp(name)));
  expect(formatUsd(cost.usd)).toMatch(/^\d+\.\d\d/);
  expect(cost.notInSum).toEqual(expect.arrayContaining(['AmazonRDS CPUCredits']));
});

const postgres = (properties: object) =>
  resource('RDS::DBInstance', {
    DBInstanceClass: 'db.m7g.large',
    Engine: 'postgres',
    StorageType: 'gp3',
    ...properties,
  });
const taskDefinition = (properties: object = {}) =>
  resource('ECS::TaskDefinition', { Cpu: '512', Memory: '1024', ...properties });
const service = (properties: object = {}) =>
  resource('ECS::Service', { LaunchType: 'FARGATE', TaskDefinition: { Ref: 'Definition' }, ...properties });
const record = (HostedZoneId: string) => resource('Route53::RecordSet', { HostedZoneId });

/** A usage of a template, and its lines. */
interface Rule {
  readonly title: string;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly lines: readonly string[];
  readonly notInSum?: readonly string[];
}

const RULES: readonly Rule[] = [
  {
    title: 'a distribution, whose downloads are assumed as those of a load balancer are',
    resources: {
      Origin: resource('CloudFront::VpcOrigin'),
      Distribution: resource('CloudFront::Distribution'),
    },
    lines: [],
    notInSum: ['AmazonCloudFront JP-DataTransfer-Out-Bytes', 'AmazonCloudFront JP-Requests-Tier2-HTTPS'],
  },
  {
    title: 'a database in one zone, with the IOPS and the throughput of its price',
    resources: {
      Db: postgres({ AllocatedStorage: '20', Iops: 3000, StorageThroughput: 125, BackupRetentionPeriod: 0 }),
    },
    lines: ['RDS: InstanceUsage:db.m7g.large 730', 'RDS: RDS:GP3-Storage 20'],
  },
  {
    title: 'a database with a standby, whose volume is striped and has more than comes with it',
    resources: { Db: postgres({ AllocatedStorage: '400', Iops: 16000, StorageThroughput: 501, MultiAZ: 'true' }) },
    lines: [
      'RDS: Multi-AZUsage:db.m7g.large 730',
      'RDS: RDS:Multi-AZ-GP3-Storage 400',
      'RDS: RDS:Multi-AZ-GP3-PIOPS 4,000',
      'RDS: RDS:Multi-AZ-GP3-Throughput 1',
    ],
    notInSum: ['AmazonRDS RDS:ChargedBackupUsage'],
  },
  {
    title: 'a restore test by the hours of its copy; its snapshots cost as backups do',
    resources: {
      Vault: resource('Backup::BackupVault'),
      Test: resource('Backup::RestoreTestingSelection', {
        RestoreMetadataOverrides: { dbInstanceClass: 'db.t4g.micro' },
        ValidationWindowHours: 1,
      }),
    },
    lines: ['RDS: InstanceUsage:db.t4g.micro 1'],
    notInSum: ['AmazonRDS RDS:ChargedBackupUsage', 'AWSBackup restore test'],
  },
  {
    title: 'tasks by the bounds of their scaling, with a public address each',
    resources: {
      Definition: taskDefinition(),
      Service: service({
        NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED', Subnets: ['a', 'b'] } },
      }),
      Target: resource('ApplicationAutoScaling::ScalableTarget', {
        MinCapacity: 2,
        MaxCapacity: 4,
        ResourceId: { 'Fn::GetAtt': ['Service', 'Name'] },
      }),
    },
    lines: [
      'Fargate: Fargate-vCPU-Hours:perCPU 730–1,460',
      'Fargate: Fargate-GB-Hours 1,460–2,920',
      'Public IPv4: PublicIPv4:InUseAddress 1,460–2,920',
    ],
    notInSum: ['AWSDataTransfer DataTransfer-Regional-Bytes'],
  },
  {
    title: 'tasks on ARM64, which AWS charges less for',
    resources: {
      Definition: taskDefinition({ RuntimePlatform: { CpuArchitecture: 'ARM64' } }),
      Service: service({ DesiredCount: 2 }),
    },
    lines: ['Fargate: Fargate-ARM-vCPU-Hours:perCPU 730', 'Fargate: Fargate-ARM-GB-Hours 1,460'],
  },
  {
    title: 'a NAT gateway with its address; a gateway endpoint is free, an interface is paid per zone',
    resources: {
      Nat: resource('EC2::NatGateway'),
      Address: resource('EC2::EIP'),
      Gateway: resource('EC2::VPCEndpoint'),
      Interface: resource('EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] }),
    },
    lines: [
      'Public IPv4: PublicIPv4:InUseAddress 730',
      'NAT gateway: NatGateway-Hours 730',
      'VPC endpoints: VpcEndpoint-Hours 1,460',
    ],
    notInSum: ['AmazonEC2 NatGateway-Bytes', 'AmazonVPC VpcEndpoint-Bytes'],
  },
  {
    title: 'alarms by their metrics, and those that scaling makes',
    resources: {
      Alarm: resource('CloudWatch::Alarm'),
      Expression: resource('CloudWatch::Alarm', {
        Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'a+b' }],
      }),
      Policy: resource('ApplicationAutoScaling::ScalingPolicy', { PolicyType: 'TargetTrackingScaling' }),
    },
    lines: ['Alarms, dashboard: CW:AlarmMonitorUsage 5'],
  },
  {
    title: 'a hosted zone once, whatever the number of its records',
    resources: { A: record('Z1'), B: record('Z1'), C: record('Z2') },
    lines: ['Route 53: HostedZone 2'],
  },
  {
    title: 'a firewall by its rules, of which a managed group is one',
    resources: { Acl: resource('WAFv2::WebACL', { Rules: [{}, {}] }) },
    lines: ['Firewall: WebACLV2 1', 'Firewall: RuleV2 2'],
    notInSum: ['awswaf RequestV2-Tier1'],
  },
  {
    title: 'nothing where no usage is assumed for the environment: what it would be is named',
    resources: { Bucket: resource('S3::Bucket') },
    lines: [],
    notInSum: ['AmazonS3 TimedStorage-ByteHrs'],
  },
  {
    title: 'nothing for types without a rule, which are named with their number',
    resources: {
      A: resource('GameLift::Fleet'),
      B: resource('GameLift::Fleet'),
      C: { Type: 'constructor' },
      D: resource('IAM::Role'),
    },
    lines: [],
    notInSum: ['AWS::GameLift::Fleet (2)', 'constructor (1)'],
  },
];

test.each(RULES)('AWS charges $title', ({ resources, lines, notInSum = [] }) => {
  const cost = costOfResources(resources);
  expect(linesOf(cost)).toEqual(lines);
  expect(cost.notInSum).toEqual(notInSum);
});

test('an assumed usage is that of all resources together; logs are kept for the longest retention of a group', () => {
  const resources = {
    Short: resource('Logs::LogGroup', { RetentionInDays: 3 }),
    Long: resource('Logs::LogGroup', { RetentionInDays: 90 }),
    Files: resource('S3::Bucket'),
    More: resource('S3::Bucket'),
  };
  expect(linesOf(costOfResources(resources, 'ProoflinkDev'))).toEqual([
    'S3: TimedStorage-ByteHrs 10',
    'Logs: DataProcessing-Bytes 1',
    'Logs: TimedStorage-ByteHrs 3',
  ]);
});

// Without the unknown cost, a sum would be too low, and a change to it would look like a saving.
test.each([
  {
    title: 'a class without a price',
    properties: { DBInstanceClass: 'db.r8g.large' },
  },
  {
    title: 'a standby without a price, which is no guess of twice as much',
    properties: { MultiAZ: true },
  },
  {
    title: 'another engine, whose price is not that of PostgreSQL',
    properties: { Engine: 'sqlserver-ex' },
  },
  {
    title: 'storage whose size is no number',
    properties: { AllocatedStorage: { Ref: 'Size' } },
  },
])('there is no sum with $title, and the other parts are as they were', ({ properties }) => {
  const cost = costOf(stackOf(changed({ properties: { 'AWS::RDS::DBInstance': properties } })));
  const usual = costOf(stackOf(changed({})));
  expect(cost.usd).toBeUndefined();
  expect(costOfPart(cost, 'RDS')).toBeUndefined();
  expect(costOfPart(cost, 'Fargate')).toEqual(costOfPart(usual, 'Fargate'));
});

test('a region has its own prices: Tokyo’s are none of Osaka', () => {
  const { lines, usd } = costOf(stackOf(withClass('db.t4g.micro'), 'ProoflinkDev', 'ap-northeast-3'));
  expect(lines.filter((line) => line.usd)).toEqual([]);
  expect(usd).toBeUndefined();
});

/** Schedules of the web tasks, and the hours that the tasks run in a month of 730. */
interface RunningHours {
  readonly title: string;
  readonly stop?: string;
  readonly start?: string;
  readonly State?: string;
  readonly hours: number;
}

const DAILY = { stop: 'cron(0 22 * * ? *)', start: 'cron(0 10 * * ? *)' };

const RUNNING_HOURS: readonly RunningHours[] = [
  {
    title: 'stopped and started every day',
    ...DAILY,
    hours: 365,
  },
  {
    title: "on weekdays by AWS's numbers, from 1 for Sunday",
    stop: 'cron(0 22 ? * 2-6 *)',
    start: 'cron(0 10 ? * 2-6 *)',
    hours: (730 * 60) / 168,
  },
  { title: 'never started again: no promise of savings', stop: DAILY.stop, hours: 730 },
  {
    title: 'by schedules that are switched off',
    ...DAILY,
    State: 'DISABLED',
    hours: 730,
  },
  { title: 'by a schedule that cannot be read', stop: DAILY.stop, start: 'rate(12 hours)', hours: 730 },
  {
    title: 'by a schedule of each minute, which would be long to follow',
    ...DAILY,
    stop: 'cron(* * * * ? *)',
    hours: 730,
  },
];

test.each(RUNNING_HOURS)('tasks are charged for the hours that they run: $title', ({ stop, start, State, hours }) => {
  const schedule = (ScheduleExpression: string, desiredCount: number) => {
    const Input = { 'Fn::Join': ['', [{ Ref: 'Service' }, `"DesiredCount":${desiredCount}}`]] };
    return resource('Scheduler::Schedule', { ScheduleExpression, State, Target: { Arn: 'x', Input } });
  };
  const { lines } = costOfResources({
    Definition: taskDefinition(),
    Service: service(),
    ...(stop && { Stop: schedule(stop, 0) }),
    ...(start && { Start: schedule(start, 1) }),
  });
  const memory = lines.find(({ usageType }) => usageType === 'Fargate-GB-Hours');
  expect(memory?.quantity.from).toBeCloseTo(hours, 6);
});

test('each price has a unit, a date, and a source that is explained', () => {
  const { prices, sources } = readPrices();
  for (const { unit, usd, source, date } of prices) {
    expect(unit).not.toBe('');
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(usd).toBeGreaterThan(0);
    expect(Object.keys(sources)).toContain(source);
  }
});
