import { costOf } from '../../../tools/cost/environment-cost';
import { readPrices } from '../../../tools/cost/price-file';
import { changed, having, stackOf } from './support';

const prices = readPrices();

const cost = (changes: Parameters<typeof changed>[0]) => costOf(stackOf(changed(changes)), prices);
const usual = cost({});

/** Usages that lost their price, and what to do about them. */
function news({ unpricedUsages }: typeof usual): string[] {
  const known = usual.unpricedUsages.map(({ description }) => description);
  return unpricedUsages
    .filter(({ description }) => !known.includes(description))
    .map(({ description, reason }) => `${description}. ${reason}`);
}

const cluster = (Value: string) => ({ ClusterSettings: [{ Name: 'containerInsights', Value }] });
const versioned = (...Rules: object[]) => ({
  VersioningConfiguration: { Status: 'Enabled' },
  LifecycleConfiguration: { Rules },
});
const added = (type: string, Properties?: object) => ({ Type: `AWS::${type}`, Properties: { ...Properties } });
const endpoint = (VpcEndpointType: string) => added('EC2::VPCEndpoint', { VpcEndpointType, SubnetIds: ['a'] });

test('what has no price, or no quantity in the template, is listed with what to add, and is in no sum', () => {
  const odd = cost({
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
  expect(news(odd)).toEqual([
    'Logs: kept. A log group keeps its logs for ever, so that no month costs what the next one does.',
    'VPC endpoints: data through Interface. USD 0.01 per GB; how much, no template tells.',
    'VPC endpoints: Other. Only interface endpoints with subnets are priced.',
    'Load balancer: LoadBalancer. Of type network, which has no price in tools/cost/prices.json.',
    `What prooflink-dev-stop-database saves. ${noTimes}`,
    `What prooflink-dev-start-database saves. ${noTimes}`,
    'S3: old versions of files, kept for 90 days. USD 0.025 per GB-Mo; how much, no template tells.',
    'Container Insights. USD 0.3 per Metrics; how much, no template tells, some 30 to 40: USD 9.00–12.00.',
    'Fargate: Web/Service/Service. Only services with a number of tasks and launch type FARGATE are priced.',
    'Systems Manager: an unknown number of automations. Paid by the step; neither the price nor the number of steps ' +
      'in AWS’s documents was found.',
    'NAT gateway: data through it. USD 0.062 per GB; how much, no template tells.',
    'KMS: requests. USD 0.000003 per Requests; how much, no template tells.',
    'AWS::ElastiCache::ServerlessCache (1). An unknown type of resource: add what it costs to a file *-costs.ts of ' +
      'tools/cost, or, if it costs nothing by itself, the reason to its free-types.ts.',
  ]);
  expect(odd.lines.every(({ usd }) => Number.isFinite(usd.from + usd.to))).toBe(true);
});

const GP3 = { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 500 };
const [DEAR, STANDBY, MICRO] = [
  'InstanceUsage:db.r8g.large',
  'Multi-AZUsage:db.t4g.micro',
  'InstanceUsage:db.t4g.micro',
];
const noPrice = (usage = '') => `No price of AmazonRDS's APN1-${usage}: add it to tools/cost/prices.json with its unit`;

test.each<[properties: Record<string, unknown>, reported: string, ...missing: (string | undefined)[]]>([
  [{ DBInstanceClass: 'db.r8g.large' }, `RDS: db.r8g.large, one zone, 398 h. ${noPrice(DEAR)}`, DEAR],
  // No guess of twice as much.
  [{ MultiAZ: 'true' }, `RDS: db.t4g.micro, two zones, 398 h. ${noPrice(STANDBY)}`, STANDBY],
  // PostgreSQL's price is not another engine's.
  [{ Engine: 'sqlserver-ex' }, `RDS: db.t4g.micro, one zone, 398 h. ${noPrice(MICRO)}`, MICRO],
  [
    { AllocatedStorage: { Ref: 'Size' } },
    'RDS: [object Object] GB of gp3, one zone. The template has no number of it.',
  ],
  [{ Iops: 3000, StorageThroughput: 125 }, ''],
  [{ Iops: 12000 }, 'RDS: more than 3,000 IOPS and 125 MiB/s. What is provisioned beyond has no price'],
  // A volume of this size is striped.
  [GP3, ''],
  [{ ...GP3, StorageThroughput: 501 }, 'RDS: more than 12,000 IOPS and 500 MiB/s'],
  [
    { DeleteAutomatedBackups: false, BackupRetentionPeriod: 7 },
    'RDS: automated backups, for up to 7 days once the database is deleted. It has no price yet, which npm run',
    'RDS:ChargedBackupUsage',
  ],
])('of a database with %j it reports that, and the price to renew: %s', (properties, reported, ...missing) => {
  const changed = cost(having('RDS::DBInstance', properties));
  if (reported === '') expect(news(changed)).toEqual([]);
  else expect(news(changed)).toContainEqual(expect.stringContaining(reported));
  expect(changed.missingPrices.map(({ usageType }) => usageType)).toEqual(missing.map((usage) => `APN1-${usage}`));
});

test('old versions that stay for ever, and enhanced Container Insights, have words of their own', () => {
  const properties = { 'AWS::S3::Bucket': versioned(), 'AWS::ECS::Cluster': cluster('enhanced') };
  expect(news(cost({ properties }))).toEqual([
    expect.stringContaining('S3: old versions of files, kept for ever. '),
    expect.stringContaining('Container Insights. Paid per metric'),
  ]);
});

test('another region: Tokyo’s prices are not its', () => {
  const { lines, unpricedUsages } = costOf(stackOf(changed({}), 'ProoflinkDev', 'us-east-1'), prices);
  expect(lines).toEqual([]);
  expect(unpricedUsages[0]?.reason).toBe('tools/cost/prices.json has the prices of ap-northeast-1, not of us-east-1.');
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

test('every resource is free for a reason that is given, or priced, or listed', () => {
  const priced = new Set(Object.values(changed({}).Resources).map(({ Type }) => Type));
  for (const { type, reason } of usual.freeResources) {
    expect(reason).not.toBe('');
    priced.delete(type);
  }
  // Not dev's gateway endpoint, nor its cluster without Container Insights.
  expect([...priced].map((type) => type.slice('AWS::'.length)).sort()).toEqual(
    (
      'Batch::JobDefinition ECR::Repository ECS::Service ElasticLoadBalancingV2::LoadBalancer Lambda::Function ' +
      'Logs::LogGroup RDS::DBInstance S3::Bucket Scheduler::Schedule SecretsManager::Secret'
    ).split(' '),
  );
});

/** Stops and starts of the web tasks, and the hours that they run in a month of 730. */
test.each<[title: string, hours: number, ...crons: string[]]>([
  ['never stopped', 730],
  ['stopped and started every day', 365, '0 22 * * ? *', '0 10 * * ? *'],
  ['on weekdays', (730 * 60) / 168, '0 22 ? * MON-FRI *', '0 10 ? * MON-FRI *'],
  ["AWS's numbers, from 1 for Sunday", (730 * 60) / 168, '0 22 ? * 2-6 *', '0 10 ? * 2-6 *'],
  ['over the weekend, from Friday night to Monday', (730 * 120) / 168, '0 0 ? * SAT *', '0 0 ? * MON *'],
  ['days one by one', (730 * 144) / 168, '0 12 ? * SAT,WED *', '0 0 ? * SUN,THU *'],
  ['stopped, and never started again: no promise of savings', 730, '0 22 * * ? *'],
  ['days of a month, which are no week', 730, '0 22 1 * ? *', '0 10 * * ? *'],
])('what costs by the hour is charged for the hours that it runs: %s', (_, hours, ...crons) => {
  const service = Object.entries(changed({}).Resources).find(([, { Type }]) => Type === 'AWS::ECS::Service')?.[0];
  const schedules = crons.map((cron, index) => {
    const Input = { 'Fn::Join': ['', [{ Ref: service }, `"DesiredCount":${index}}`]] };
    const properties = { ScheduleExpression: `cron(${cron})`, Target: { Arn: 'x', Input } };
    return [`Schedule${index}`, added('Scheduler::Schedule', properties)] as const;
  });
  const { lines } = cost({ without: 'AWS::Scheduler::Schedule', added: Object.fromEntries(schedules) });
  const memory = lines.find(({ part, description }) => part === 'Fargate' && description.includes('1 GB'));
  expect(memory?.quantity.from).toBeCloseTo(hours, 6);
});

test('a schedule that is switched off saves nothing', () => {
  const { lines } = cost(having('Scheduler::Schedule', { State: 'DISABLED' }));
  expect(lines.find(({ part }) => part === 'RDS')?.quantity.from).toBe(730);
});
