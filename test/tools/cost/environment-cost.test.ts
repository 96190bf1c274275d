import { costOf } from '../../../tools/cost/environment-cost';
import { readPrices } from '../../../tools/cost/price-list';
import { adding, changed, having, stackOf } from './support';

const prices = readPrices();

const cost = (changes: Parameters<typeof changed>[0]) => costOf(stackOf(changed(changes)), prices);
const usual = cost({});

/** Usages that lost their price, and what to do about them. */
function news({ notPriced }: typeof usual): string[] {
  const known = usual.notPriced.map(({ what }) => what);
  return notPriced.filter(({ what }) => !known.includes(what)).map(({ what, why }) => `${what}. ${why}`);
}

test('backups that outlive the database are listed, and renewing adds their price', () => {
  const kept = cost(having('RDS::DBInstance', { DeleteAutomatedBackups: false, BackupRetentionPeriod: 7 }));
  const told = /^RDS: automated backups, for up to 7 days once the database is deleted\. .* cost --renew adds;/;
  expect(news(kept)).toContainEqual(expect.stringMatching(told));
  expect(kept.missing).toContainEqual(expect.objectContaining({ usageType: 'APN1-RDS:ChargedBackupUsage' }));
});

const database = (properties: object) => having('RDS::DBInstance', { ...properties });
const insights = (Value: string) => having('ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value }] });
const versioned = (...Rules: object[]) =>
  having('S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: { Rules } });
const endpoint = (VpcEndpointType: string) => adding('EC2::VPCEndpoint', { VpcEndpointType, SubnetIds: ['a'] });

describe('what has no price is listed with what to add, and is in no sum', () => {
  test.each<[string, Parameters<typeof changed>[0], RegExp]>([
    [
      'a type of resource that nobody thought of',
      adding('ElastiCache::ServerlessCache'),
      /^AWS::ElastiCache::ServerlessCache \(1\)\. An unknown type of resource: add what it costs to .+ free-types\.ts/,
    ],
    [
      'a class without a price',
      database({ DBInstanceClass: 'db.r8g.large' }),
      /^RDS: db\.r8g\.large, .+ APN1-InstanceUsage:db\.r8g\.large: add it to tools\/cost\/prices\.json .+ cost --renew/,
    ],
    [
      'a standby of a class whose price with a standby is not known: no guess of twice as much',
      database({ MultiAZ: 'true' }),
      /^RDS: db\.t4g\.micro, two zones, .+APN1-Multi-AZUsage:db\.t4g\.micro/,
    ],
    [
      "another engine: PostgreSQL's price is not its",
      database({ Engine: 'sqlserver-ex' }),
      /^RDS: db\.t4g\.micro, one zone, .+No price of AmazonRDS's APN1-InstanceUsage/,
    ],
    [
      'IOPS and throughput that are paid besides',
      database({ Iops: 12000 }),
      /^RDS: more than 3,000 IOPS and 125 MiB\/s\. What is provisioned beyond has no price/,
    ],
    [
      'more throughput than a striped volume has by itself',
      database({ AllocatedStorage: '400', Iops: 12000, StorageThroughput: 501 }),
      /^RDS: more than 12,000 IOPS and 500 MiB\/s/,
    ],
    ['another load balancer', having('ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }), /network/],
    ['tasks on Spot', having('ECS::Service', { LaunchType: undefined }), /^Fargate: /],
    ['logs that stay for ever', having('Logs::LogGroup', { RetentionInDays: undefined }), /^Logs: kept/],
    [
      'Container Insights, which has a price per metric and no count of metrics',
      insights('enabled'),
      /^Container Insights\. USD 0\.3 per Metrics; .+ some 30 to 40: USD 9\.00–12\.00\.$/,
    ],
    [
      'Container Insights with enhanced observability, whose metrics no count of ours knows',
      insights('enhanced'),
      /^Container Insights\. Paid per metric/,
    ],
    [
      'old versions of files, as long as they are kept',
      versioned({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }),
      /^S3: old versions of files, kept for 90 days\. USD 0\.025 per GB-Mo; how much/,
    ],
    ['old versions of files that stay for ever', versioned(), /^S3: old versions of files, kept for ever/],
    [
      'data through a NAT gateway',
      adding('EC2::NatGateway'),
      /^NAT gateway: data through it\. USD 0\.062 per GB; how much/,
    ],
    [
      'a size that is no number in the template',
      database({ AllocatedStorage: { Ref: 'Gigabytes' } }),
      /^RDS: .+ of gp3, one zone\. The template has no number of it\./,
    ],
    [
      'data through an interface endpoint, whose hours are priced',
      endpoint('Interface'),
      /^VPC endpoints: data through Added\. USD 0\.01 per GB/,
    ],
    [
      'an endpoint that is neither a gateway nor an interface',
      endpoint('GatewayLoadBalancer'),
      /^VPC endpoints: Added\. Only interface/,
    ],
    ['requests of a key', adding('KMS::Key'), /^KMS: requests\. USD 0\.000003 per Requests/],
    [
      'a schedule whose times cannot be read',
      having('Scheduler::Schedule', { ScheduleExpression: 'rate(12 hours)' }),
      /^What prooflink-dev-stop-web-tasks saves|^What prooflink-dev-stop-database saves/,
    ],
  ])('%s', (_, changes, told) => {
    const after = cost(changes);
    expect(news(after)).toContainEqual(expect.stringMatching(told));
    expect(after.lines.every(({ usd }) => Number.isFinite(usd.from) && Number.isFinite(usd.to))).toBe(true);
  });

  test('another region: Tokyo’s prices are not its', () => {
    const { lines, notPriced } = costOf(stackOf(changed({}), 'ProoflinkDev', 'us-east-1'), prices);
    expect(lines).toEqual([]);
    expect(notPriced[0]?.why).toBe('tools/cost/prices.json has the prices of ap-northeast-1, not of us-east-1.');
  });
});

test.each([
  ['12,000 IOPS and 500 MiB/s on 400 GiB of gp3', { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 500 }],
  ['what gp3 has below that', { Iops: 3000, StorageThroughput: 125 }],
])('%s are in the price of the storage', (_, properties) => {
  expect(news(cost(database(properties)))).toEqual([]);
});

test('the automations of Systems Manager that stop and start the database are counted by their schedules', () => {
  const automations = ({ notPriced }: typeof usual) => notPriced.find(({ what }) => /Systems Manager/.test(what))?.what;
  // Twice a day.
  expect(automations(usual)).toBe('Systems Manager: 61 automations');
  const weekdays = { ScheduleExpression: 'cron(0 9 ? * MON-FRI *)' };
  expect(automations(cost(having('Scheduler::Schedule', weekdays)))).toMatch(/: 43 automations$/);
  expect(automations(cost({ without: 'AWS::Scheduler::Schedule' }))).toBeUndefined();
});

test('every resource is priced, free for a reason that is told, or listed', () => {
  const types = new Set(Object.values(changed({}).Resources).map(({ Type }) => Type));
  for (const { type, why } of usual.free) {
    expect(why).not.toBe('');
    types.delete(type);
  }
  // Resources with a price, or listed; not dev's gateway endpoint, nor its cluster without Container Insights.
  expect([...types].sort()).toEqual([
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
  ]);
});

describe('what costs by the hour is charged for the hours that it runs', () => {
  const cron = (...expressions: string[]) => ({ expressions });
  test.each([
    ['never stopped', cron(), 730],
    ['stopped and started every day', cron('cron(0 22 * * ? *)', 'cron(0 10 * * ? *)'), 365],
    ['on weekdays', cron('cron(0 22 ? * MON-FRI *)', 'cron(0 10 ? * MON-FRI *)'), (730 * 60) / 168],
    ["AWS's numbers, from 1 for Sunday", cron('cron(0 22 ? * 2-6 *)', 'cron(0 10 ? * 2-6 *)'), (730 * 60) / 168],
    [
      'over the weekend, from Friday night to Monday',
      cron('cron(0 0 ? * SAT *)', 'cron(0 0 ? * MON *)'),
      (730 * 120) / 168,
    ],
    ['days one by one', cron('cron(0 12 ? * SAT,WED *)', 'cron(0 0 ? * SUN,THU *)'), (730 * 144) / 168],
    ['stopped, and never started again: no promise of savings', cron('cron(0 22 * * ? *)'), 730],
    ['days of a month, which are no week', cron('cron(0 22 1 * ? *)', 'cron(0 10 * * ? *)'), 730],
  ])('%s', (_, { expressions }, hours) => {
    const service = Object.entries(changed({}).Resources).find(([, { Type }]) => Type === 'AWS::ECS::Service')?.[0];
    const schedules = expressions.map((ScheduleExpression, index) => [
      `Schedule${index}`,
      {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression,
          Target: { Arn: 'x', Input: { 'Fn::Join': ['', [{ Ref: service }, `"DesiredCount":${index}}`]] } },
        },
      },
    ]);
    const { lines } = cost({ without: 'AWS::Scheduler::Schedule', added: Object.fromEntries(schedules) as never });
    const [memory] = lines.filter(({ part, what }) => part === 'Fargate' && what.includes('1 GB'));
    expect(memory?.quantity.from).toBeCloseTo(hours, 6);
  });

  test('a schedule that is switched off saves nothing', () => {
    const { lines } = cost(having('Scheduler::Schedule', { State: 'DISABLED' }));
    expect(lines.find(({ part }) => part === 'RDS')?.quantity.from).toBe(730);
  });
});
