import { Part } from '@infra/commands/app';
import { costOf, costOfPart } from '../src/environment-cost';
import { readPrices } from '../src/price-file';
import { en } from '../src/words';
import { deployed } from '../../../test/support/deployed';
import { adding, changed, having, stackOf, type TemplateChange } from './support';

const prices = readPrices();

const cost = (change: TemplateChange) => costOf(stackOf(changed(change)), prices);
const usual = cost({});

/** Usages that are in no sum by design, but for those of dev, and what to do about them. */
function newlyUnpriced({ unpricedUsages }: typeof usual): string[] {
  const usualDescriptions = usual.unpricedUsages.map(({ description }) => description);
  return unpricedUsages
    .filter(({ description }) => !usualDescriptions.includes(description))
    .map(({ description, reason }) => `${description}. ${reason}`);
}

/** Costs without which there is no sum, and what to do about them. */
function missing({ missingCosts }: typeof usual): string[] {
  return missingCosts.map(({ part, description, reason }) => `${part}: ${description}. ${reason}`);
}

const cluster = (Value: string) => ({ ClusterSettings: [{ Name: 'containerInsights', Value }] });
const versioned = (...Rules: object[]) => ({
  VersioningConfiguration: { Status: 'Enabled' },
  LifecycleConfiguration: { Rules },
});
const added = (type: string, Properties?: object) => ({ Type: `AWS::${type}`, Properties: { ...Properties } });
const endpoint = (VpcEndpointType: string) => added('EC2::VPCEndpoint', { VpcEndpointType, SubnetIds: ['a'] });

test('what has no price, or no quantity in the template, is listed with what to add', () => {
  const environment = cost({
    properties: {
      'AWS::ECS::Service': { LaunchType: undefined },
      'AWS::ECS::Cluster': cluster('enabled'),
      'AWS::ElasticLoadBalancingV2::LoadBalancer': { Type: 'network' },
      'AWS::Logs::LogGroup': { RetentionInDays: undefined },
      'AWS::S3::Bucket': versioned({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }),
      'AWS::Scheduler::Schedule': { ScheduleExpression: 'rate(12 hours)' },
    },
    added: {
      Nat: added('EC2::NatGateway'),
      Interface: endpoint('Interface'),
      Other: endpoint('GatewayLoadBalancer'),
      Key: added('KMS::Key'),
      Cache: added('ElastiCache::ServerlessCache'),
    },
  });
  const noTimes = 'Its times or its target cannot be read; Database/Instance is priced as if it always ran.';
  expect(missing(environment)).toEqual([
    'VPC endpoints: Other. Only interface endpoints with subnets are priced.',
    'Load balancer: LoadBalancer. Of type network, which has no price in packages/cost/src/prices.json.',
    'Fargate: Web/Service/Service. Only services with a number of tasks and launch type FARGATE are priced.',
  ]);
  expect(newlyUnpriced(environment)).toEqual([
    'Logs: kept. A log group keeps its logs for ever, so that no month costs what the next one does.',
    'VPC endpoints: data through Interface. USD 0.01 per GB; how much, no template tells.',
    `What prooflink-dev-stop-database saves. ${noTimes}`,
    `What prooflink-dev-start-database saves. ${noTimes}`,
    'S3: old versions of files, kept for 90 days. USD 0.025 per GB-Mo; how much, no template tells.',
    'Container Insights. USD 0.3 per Metrics; how much, no template tells, some 30 to 40: USD 9.00–12.00.',
    'Systems Manager: an unknown number of automations. Paid by the step; neither the price nor the number of steps ' +
      'in AWS’s documents was found.',
    'NAT gateway: data through it. USD 0.062 per GB; how much, no template tells.',
    'KMS: requests. USD 0.000003 per Requests; how much, no template tells.',
    'AWS::ElastiCache::ServerlessCache (1). An unknown type of resource: add what it costs to a file *-costs.ts of ' +
      'packages/cost/src, or, if it costs nothing by itself, the reason to its free-types.ts.',
  ]);
  expect(environment.lines.every(({ usd }) => Number.isFinite(usd.from + usd.to))).toBe(true);
});

const GP3_FROM_400_GIB = { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 500 };

test('a database whose storage has the performance of its price costs nothing besides', () => {
  const usualPerformance = cost(having('RDS::DBInstance', { Iops: 3000, StorageThroughput: 125 }));
  // A volume of this size is striped.
  const striped = cost(having('RDS::DBInstance', GP3_FROM_400_GIB));
  for (const database of [usualPerformance, striped]) {
    expect([...missing(database), ...newlyUnpriced(database)]).toEqual([]);
  }
});

test.each([
  {
    title: 'a class without a price',
    properties: { DBInstanceClass: 'db.r8g.large' },
    missingCost: 'db.r8g.large, one zone, 398 h',
    usageType: 'APN1-InstanceUsage:db.r8g.large',
  },
  {
    title: 'a standby without a price, which is no guess of twice as much',
    properties: { MultiAZ: 'true' },
    missingCost: 'db.t4g.micro, two zones, 398 h',
    usageType: 'APN1-Multi-AZUsage:db.t4g.micro',
  },
  {
    title: 'another engine, whose price is not that of PostgreSQL',
    properties: { Engine: 'sqlserver-ex' },
    missingCost: 'db.t4g.micro, one zone, 398 h',
    usageType: 'APN1-InstanceUsage:db.t4g.micro',
  },
  {
    title: 'more IOPS than the price of the storage includes',
    properties: { Iops: 12000 },
    missingCost: '9,000 IOPS beyond 3,000, one zone',
    usageType: 'APN1-RDS:GP3-PIOPS',
  },
  {
    title: 'more IOPS of a striped volume with a standby',
    properties: { ...GP3_FROM_400_GIB, Iops: 16000, MultiAZ: true, DBInstanceClass: 'db.t4g.medium' },
    missingCost: '4,000 IOPS beyond 12,000, two zones',
    usageType: 'APN1-RDS:Multi-AZ-GP3-PIOPS',
  },
])('there is no sum with $title, and "cost --renew" fetches its price', ({ properties, missingCost, usageType }) => {
  const database = cost(having('RDS::DBInstance', properties));
  expect(missing(database)).toEqual([
    `RDS: ${missingCost}. No price of AmazonRDS's ${usageType}: add it to packages/cost/src/prices.json with its unit, ` +
      'source and date, or run "npm run prooflink -- cost --renew", which fetches it.',
  ]);
  expect(database.missingPrices).toEqual([expect.objectContaining({ region: 'ap-northeast-1', usageType })]);
  expect(database.usd).toBeUndefined();
  expect(costOfPart(database, 'RDS')).toBeUndefined();
  expect(costOfPart(database, 'Fargate')).toEqual(costOfPart(usual, 'Fargate'));
});

test.each([
  {
    title: 'storage whose size is no number',
    changes: having('RDS::DBInstance', { AllocatedStorage: { Ref: 'Size' } }),
    missingCost: 'RDS: [object Object] GB of gp3, one zone. The template has no number of it.',
  },
  {
    title: 'more throughput than the price of the storage includes',
    changes: having('RDS::DBInstance', { ...GP3_FROM_400_GIB, StorageThroughput: 501 }),
    missingCost:
      'RDS: 1 MiB/s beyond 500. The unit of its price is not known yet: add its rate to a file *-costs.ts of packages/cost/src.',
  },
  {
    title: 'Performance Insights for more than seven days',
    changes: having('RDS::DBInstance', { PerformanceInsightsRetentionPeriod: 31 }),
    missingCost: 'RDS: Performance Insights. More than seven days have no price in packages/cost/src/prices.json.',
  },
  {
    title: 'more storage of a task',
    changes: having('ECS::TaskDefinition', { EphemeralStorage: { SizeInGiB: 30 } }),
    missingCost: 'Fargate: more than 20 GB of storage. It has no price in packages/cost/src/prices.json.',
  },
  {
    title: 'an alarm of high resolution',
    changes: adding('CloudWatch::Alarm', { Period: 10 }),
    missingCost:
      'Alarms, dashboard: alarms of high resolution: 1. They have no price in packages/cost/src/prices.json.',
  },
])('there is no sum with $title', ({ changes, missingCost }) => {
  const environment = cost(changes);
  expect(missing(environment)).toEqual([missingCost]);
  expect(environment.usd).toBeUndefined();
});

describe('a firewall', () => {
  const rules = [{ Name: 'Rate' }, { Name: 'Common' }];
  const guarded = cost(adding('WAFv2::WebACL', { Rules: rules }));

  test('costs its web ACL and a dollar a rule, of which a managed group is one', () => {
    expect(costOfPart(guarded, 'Firewall')).toEqual({ from: 7, to: 7 });
  });

  test('costs by its requests, too, whose number no template has', () => {
    expect(newlyUnpriced(guarded)).toEqual([
      'Firewall: requests that it inspects. USD 0.0000006 per Request; how much, no template tells.',
    ]);
  });

  test('has no sum if its rules cannot be counted', () => {
    const environment = cost(adding('WAFv2::WebACL', { Rules: { Ref: 'Rules' } }));
    expect(missing(environment)).toEqual(['Firewall: Added. Only web ACLs with a list of rules are priced.']);
  });
});

test('what is in no sum by design leaves the sum as it is, and "cost --renew" fetches its price, too', () => {
  const properties = { DeleteAutomatedBackups: false, BackupRetentionPeriod: 7 };
  const database = cost(having('RDS::DBInstance', properties));
  const usages = newlyUnpriced(database);
  expect(usages).toContainEqual(expect.stringMatching(/^RDS: automated backups, for up to 7 days once /));
  expect(usages).toContainEqual(expect.stringContaining(' It has no price yet, which npm run'));
  expect(database.missingPrices.map(({ usageType }) => usageType)).toEqual(['APN1-RDS:ChargedBackupUsage']);
  expect(database.usd).toEqual(usual.usd);
});

test('logs are charged for the longest retention of a log group: it may have most of them', () => {
  const { lines } = cost(adding('Logs::LogGroup', { RetentionInDays: 90 }));
  const keptLogs = lines.find(({ part, description }) => part === 'Logs' && description === 'kept for 90 days');
  // Dev is assumed to log 1 GB a month, of which three months are kept.
  expect(keptLogs?.quantity).toEqual({ from: 3, to: 3 });
});

test('tasks on ARM64 have the prices of ARM64, which AWS charges less for', () => {
  const { lines } = cost(having('ECS::TaskDefinition', { RuntimePlatform: { CpuArchitecture: 'ARM64' } }));
  const taskLines = lines.filter(({ part }) => part === 'Fargate');
  expect(taskLines.map(({ price }) => price.usageType)).toEqual([
    'APN1-Fargate-ARM-vCPU-Hours:perCPU',
    'APN1-Fargate-ARM-GB-Hours',
  ]);
});

describe('queries of DNS records', () => {
  const QUERIES = 'Route 53: queries. Those of aliases to AWS are free, others are paid by the million.';
  const alias = added('Route53::RecordSet', { HostedZoneId: 'Z1', AliasTarget: { DNSName: 'load-balancer' } });
  const address = added('Route53::RecordSet', { HostedZoneId: 'Z1', ResourceRecords: ['192.0.2.1'] });

  test('are free if all records are aliases of AWS resources', () => {
    expect(newlyUnpriced(cost({ added: { Alias: alias } }))).toEqual([]);
  });

  test('are listed for a record of an address, even beside an alias: AWS charges them', () => {
    expect(newlyUnpriced(cost({ added: { Alias: alias, Address: address } }))).toEqual([QUERIES]);
  });
});

test('old versions that stay for ever, and enhanced Container Insights, have words of their own', () => {
  const properties = { 'AWS::S3::Bucket': versioned(), 'AWS::ECS::Cluster': cluster('enhanced') };
  expect(newlyUnpriced(cost({ properties }))).toEqual([
    expect.stringContaining('S3: old versions of files, kept for ever. '),
    expect.stringContaining('Container Insights. Paid per metric'),
  ]);
});

describe('another region', () => {
  it('has no price and no sum with Tokyo’s prices alone, and "cost --renew" fetches its own', () => {
    const osaka = costOf(stackOf(changed({}), 'ProoflinkDev', 'ap-northeast-3'), prices);
    expect({ lines: osaka.lines, usd: osaka.usd }).toEqual({ lines: [], usd: undefined });
    expect(osaka.missingPrices).toContainEqual({
      region: 'ap-northeast-3',
      service: 'AmazonRDS',
      usageType: 'APN3-InstanceUsage:db.t4g.micro',
      attributes: { databaseEngine: 'PostgreSQL' },
    });
    // A price of all regions is listed per region, too.
    expect(osaka.missingPrices.filter(({ region }) => region !== 'ap-northeast-3')).toEqual([]);
  });

  it('is priced by its own prices', () => {
    const osakaPrices = prices.prices.map((price) => ({
      ...price,
      region: 'ap-northeast-3',
      usageType: price.usageType.replace('APN1', 'APN3').replace('ap-northeast-1', 'ap-northeast-3'),
      usd: price.usd * 2,
    }));
    const priceFile = { ...prices, prices: [...prices.prices, ...osakaPrices] };
    const osaka = costOf(stackOf(changed({}), 'ProoflinkDev', 'ap-northeast-3'), priceFile);
    const tokyo = costOf(stackOf(changed({})), priceFile);
    expect(osaka.usd?.to).toBeCloseTo(2 * (tokyo.usd?.to ?? NaN), 6);
  });

  it('whose billing code is unknown is named with where to find that', () => {
    const { lines, usd, missingCosts, missingPrices } = costOf(
      stackOf(changed({}), 'ProoflinkDev', 'us-west-2'),
      prices,
    );
    expect({ lines, usd, missingPrices }).toEqual({ lines: [], usd: undefined, missingPrices: [] });
    expect(missingCosts[0]?.reason).toBe(
      'packages/cost/src/prices.json has no billing code of us-west-2: add it to "billingCodes" ' +
        '(docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html), ' +
        'then run "npm run prooflink -- cost --renew", which fetches its prices.',
    );
  });
});

test('another region has no price per unit, either, of what is not measured', () => {
  const { unpricedUsages, missingPrices } = costOf(stackOf(changed({}), 'ProoflinkDev', 'us-east-1'), prices);
  const unitPrices = unpricedUsages.map(({ reason }) => reason).filter((reason) => reason.startsWith('USD '));
  expect(unitPrices).toEqual([]);
  expect(missingPrices).toEqual([]);
});

test('the automations of Systems Manager that stop and start the database are counted by their schedules', () => {
  const automations = ({ unpricedUsages }: typeof usual) =>
    unpricedUsages.find(({ description }) => /Systems Manager/.test(description))?.description;
  // Twice a day.
  expect(automations(usual)).toBe('Systems Manager: 61 automations');
  const weekdays = { ScheduleExpression: 'cron(0 9 ? * MON-FRI *)' };
  expect(automations(cost(having('Scheduler::Schedule', weekdays)))).toMatch(/: 43 automations$/);
  expect(automations(cost({ without: 'AWS::Scheduler::Schedule' }))).toBeUndefined();
});

/** Types of dev's resources that have a price, or are listed as unpriced. */
const TYPES_WITH_COSTS = [
  'AWS::Batch::JobDefinition',
  'AWS::ECR::Repository',
  'AWS::ECS::Service',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
];

test('every other resource is free: dev’s gateway endpoint, too, and its cluster without Container Insights', () => {
  const types = new Set(Object.values(changed({}).Resources).map(({ Type }) => Type));
  for (const { type } of usual.freeResources) types.delete(type);
  // Those of a team's own are listed as unknown.
  const unknown = usual.unpricedUsages.filter(({ reason }) => reason === en.unknownType.reason);
  for (const { description } of unknown) types.delete(description.replace(/ \(\d+\)$/, ''));
  expect([...types].sort()).toEqual(TYPES_WITH_COSTS);
  const free = usual.freeResources.map(({ type }) => type);
  expect(free).toEqual(expect.arrayContaining(['AWS::EC2::VPCEndpoint', 'AWS::ECS::Cluster']));
});

test('each free resource has the reason for which it is free', () => {
  expect(usual.freeResources.filter(({ reason }) => reason === '')).toEqual([]);
});

/** Schedules of the web tasks, and the hours that the tasks run in a month of 730. */
interface RunningHours {
  readonly title: string;
  readonly stop?: string;
  readonly start?: string;
  readonly hours: number;
}

const RUNNING_HOURS: readonly RunningHours[] = [
  { title: 'never stopped', hours: 730 },
  { title: 'stopped and started every day', stop: '0 22 * * ? *', start: '0 10 * * ? *', hours: 365 },
  { title: 'on weekdays', stop: '0 22 ? * MON-FRI *', start: '0 10 ? * MON-FRI *', hours: (730 * 60) / 168 },
  {
    title: "on weekdays by AWS's numbers, from 1 for Sunday",
    stop: '0 22 ? * 2-6 *',
    start: '0 10 ? * 2-6 *',
    hours: (730 * 60) / 168,
  },
  {
    title: 'stopped over the weekend, from Friday night to Monday',
    stop: '0 0 ? * SAT *',
    start: '0 0 ? * MON *',
    hours: (730 * 120) / 168,
  },
  {
    title: 'stopped on days one by one',
    stop: '0 12 ? * SAT,WED *',
    start: '0 0 ? * SUN,THU *',
    hours: (730 * 144) / 168,
  },
  {
    title: 'running at night, also in the last one of the week, which ends in the next',
    stop: '0 6 * * ? *',
    start: '0 18 * * ? *',
    hours: 365,
  },
  { title: 'stopped, and never started again: no promise of savings', stop: '0 22 * * ? *', hours: 730 },
  {
    title: 'stopped on days of a month, which are no week',
    stop: '0 22 1 * ? *',
    start: '0 10 * * ? *',
    hours: 730,
  },
];

/** Schedule that sets the number of web tasks. */
function taskSchedule(cron: string, desiredCount: 0 | 1) {
  const service = deployed('dev').part(Part.webService).logicalId;
  const Input = { 'Fn::Join': ['', [{ Ref: service }, `"DesiredCount":${desiredCount}}`]] };
  return added('Scheduler::Schedule', { ScheduleExpression: `cron(${cron})`, Target: { Arn: 'x', Input } });
}

test.each(RUNNING_HOURS)('web tasks are charged for the hours that they run: $title', ({ stop, start, hours }) => {
  const schedules = {
    ...(stop && { Stop: taskSchedule(stop, 0) }),
    ...(start && { Start: taskSchedule(start, 1) }),
  };
  const { lines } = cost({ without: 'AWS::Scheduler::Schedule', added: schedules });
  const memory = lines.find(({ part, description }) => part === 'Fargate' && description.includes('1 GB'));
  expect(memory?.quantity.from).toBeCloseTo(hours, 6);
});

test('a schedule that is switched off saves nothing', () => {
  const { lines } = cost(having('Scheduler::Schedule', { State: 'DISABLED' }));
  expect(lines.find(({ part }) => part === 'RDS')?.quantity.from).toBe(730);
});

test('a schedule that is switched off starts no automations, which Systems Manager would charge', () => {
  const environment = cost(having('Scheduler::Schedule', { State: 'DISABLED' }));
  const descriptions = environment.unpricedUsages.map(({ description }) => description);
  expect(descriptions).toContain('Systems Manager: 0 automations');
});
