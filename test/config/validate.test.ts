import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import { dev } from '../../lib/config/dev';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { prod } from '../../lib/config/prod';
import { assertValid, brokenRules, ConfigError } from '../../lib/config/validate';

/** A config with one field replaced: `at('network.cidr', '…')`. The type forbids some of these; a cast would not. */
function bent(config: EnvironmentConfig, field: string, value: unknown): EnvironmentConfig {
  const set = (node: unknown, [key = '', ...rest]: string[]): unknown => {
    const copy: unknown = Array.isArray(node) ? [...(node as unknown[])] : { ...(node as object) };
    const record = copy as Record<string, unknown>;
    record[key] = rest.length > 0 ? set(record[key], rest) : value;
    return copy;
  };
  return set(config, field.split(/[.[\]]+/).filter(Boolean)) as EnvironmentConfig;
}

test('the configs that are deployed break no rule', () => {
  expect([...brokenRules('dev', dev), ...brokenRules('prod', prod)]).toEqual([]);
});

const LONG = 'a'.repeat(40);
const subnets = (...cidrs: string[]) => cidrs.map((cidr) => ({ cidr }));

describe.each<[group: string, rows: [field: string, value: unknown, message: string, config?: EnvironmentConfig][]]>([
  [
    'network: EC2 refuses the subnets, or RDS and the load balancer find no second zone',
    [
      ['network.cidr', '10.0.0.0', 'network.cidr: 10.0.0.0 is no IPv4 range'],
      ['network.cidr', '10.0.0.0/33', 'network.cidr: 10.0.0.0/33 is no IPv4 range'],
      ['network.cidr', '10.0.0.256/16', 'network.cidr: 10.0.0.256/16 is no IPv4 range'],
      ['network.cidr', '10.0.0.1/16', 'network.cidr: 10.0.0.1/16 is no IPv4 range; write the network’s first address'],
      ['network.cidr', '10.0.0.0/８', 'network.cidr: "10.0.0.0/８" is no IPv4 range'],
      ['network.cidr', '10.0.0.0/8', 'network.cidr: 10.0.0.0/8 is not between /16 and /28'],
      ['network.cidr', '52.0.0.0/16', 'network.cidr: 52.0.0.0/16 is no private range'],
      [
        'network.publicSubnets[1].cidr',
        '10.1.2.0/24',
        'dev: network.publicSubnets[1].cidr: 10.1.2.0/24 lies outside 10.0.0.0/16',
      ],
      [
        'network.privateSubnets[0].cidr',
        '10.0.2.128/25',
        'network.privateSubnets[0].cidr: 10.0.2.128/25 overlaps 10.0.2.0/24 of network.publicSubnets[1].cidr',
      ],
      [
        'network.privateSubnets[0].cidr',
        '10.0.11.0/29',
        'network.privateSubnets[0].cidr: 10.0.11.0/29 is not between /16',
      ],
      ['network.publicSubnets', subnets('10.0.1.0/24'), 'network.publicSubnets: 1 for 2 availability zones'],
      ['network.privateSubnets', subnets(), 'network.privateSubnets: 0 for 2 availability zones'],
      [
        'network.availabilityZones',
        ['ap-northeast-1a'],
        'network.availabilityZones: ap-northeast-1a: fewer than two zones',
      ],
      [
        'network.availabilityZones[1]',
        'us-east-1a',
        'network.availabilityZones[1]: us-east-1a is no zone of ap-northeast-1',
      ],
      ['network.availabilityZones[1]', 'ap-northeast-1', 'network.availabilityZones[1]: ap-northeast-1 is no zone of'],
      [
        'network.availabilityZones[1]',
        'ap-northeast-1a',
        'network.availabilityZones[1]: ap-northeast-1a stands here twice',
      ],
    ],
  ],
  [
    'database: RDS refuses the instance after ten minutes of deploying everything else',
    [
      [
        'database.instanceType',
        new InstanceType('db.t4g.micro'),
        'database.instanceType: db.t4g.micro is no instance class',
      ],
      ['database.allocatedStorage', Size.gibibytes(19), 'database.allocatedStorage: 19 GiB are not whole GiB from 20'],
      [
        'database.allocatedStorage',
        Size.mebibytes(20500),
        'database.allocatedStorage: 20.01953125 GiB are not whole GiB',
      ],
      [
        'database.maxAllocatedStorage',
        Size.gibibytes(20),
        'database.maxAllocatedStorage: 20 GiB are not 10 % above the 20',
      ],
      ['database.iops', 3000, 'database.iops: 3000 with 20 GiB: RDS takes it from 400 GiB on; write undefined'],
      ['database.storageThroughput', 125, 'database.storageThroughput: 125 with 20 GiB: RDS takes it from 400 GiB on'],
      ['database.iops', 3000, 'database.iops: 3000 is not a whole number from 12000', bent(prod, 'database', big())],
      ['database.storageThroughput', 4000, '4000 MiB/s is more than a quarter of 12000', bent(prod, 'database', big())],
      ['database.databaseName', 'prooflink-dev', 'database.databaseName: prooflink-dev is not allowed'],
      ['database.databaseName', 'rdsadmin', 'database.databaseName: rdsadmin is not allowed'],
      ['database.sslMode', 'disable', 'database.sslMode: disable is none of require, verify-ca, verify-full'],
      [
        'database.backups.retention',
        Duration.days(36),
        'database.backups.retention: 36 days are not whole days from 1 to 35',
      ],
      [
        'database.backups.retention',
        Duration.days(0),
        'database.backups.retention: 0 days are not whole days from 1 to 35',
      ],
      ['database.backups.retention', Duration.hours(36), 'database.backups.retention: 1.5 days are not whole days'],
      ['database.backups.retention', { off: ' ' }, 'database.backups.retention: off without a reason'],
      ['database.encryption', { off: '' }, 'database.encryption: off without a reason'],
      ['database.deletionProtection', { off: '' }, 'database.deletionProtection: off without a reason'],
    ],
  ],
  [
    'times: RDS refuses a window, or never reaches it because the database is stopped',
    [
      ['database.backups.window', '17:00', 'database.backups.window: 17:00 is no window'],
      ['database.backups.window', '11:00-11:29', 'database.backups.window: 29 minutes long'],
      [
        'database.maintenanceWindow',
        'Xyz:12:00-Mon:12:30',
        'database.maintenanceWindow: Xyz:12:00-Mon:12:30 is no window',
      ],
      ['database.maintenanceWindow', 'Mon:12:00-Tue:12:30', 'database.maintenanceWindow: 1470 minutes long'],
      ['database.maintenanceWindow', 'Mon:11:15-Mon:12:00', 'overlaps database.backups.window, 11:00-11:30'],
      ['database.maintenanceWindow', 'Mon:10:45-Mon:11:15', 'overlaps database.backups.window, 11:00-11:30'],
      [
        'database.backups.window',
        '17:00-17:30',
        'database.backups.window: lies outside the office hours, 09:00 to 22:00',
      ],
      [
        'database.maintenanceWindow',
        'Sat:18:00-Sat:18:30',
        'database.maintenanceWindow: lies outside the office hours',
      ],
      [
        'database.maintenanceWindow',
        'Sat:03:00-Sat:03:30',
        'database.maintenanceWindow: lies outside the office hours, weekdays',
        bent(dev, 'officeHours.days', 'weekdays'),
      ],
      ['officeHours.start', '24:00', 'officeHours.start: 24:00 is no time of day'],
      ['officeHours.stop', '9', 'officeHours.stop: 9 is no time of day'],
      ['officeHours.stop', '09:00', 'officeHours.stop: 09:00 is not after 09:00'],
      ['officeHours.stop', '23:58', 'officeHours.stop: 23:58 is too late'],
      ['officeHours.days', 'never', 'officeHours.days: never is none of every-day, weekdays'],
      [
        'officeHours.databaseStartup',
        Duration.seconds(90),
        'officeHours.databaseStartup: 1.5 minutes are not whole minutes',
      ],
      ['officeHours', dev.officeHours, "officeHours: go with tasks of mode 'fixed' only", prod],
    ],
  ],
  [
    'compute: ECS and Batch refuse the task, or scaling never works',
    [
      [
        'webService.size.memory',
        Size.gibibytes(8),
        'webService.size.memory: 8 GiB do not go with 512 CPU units; Fargate',
      ],
      ['webService.size.memory', Size.mebibytes(1025), 'webService.size.memory: 1.0009765625 GiB do not go with 512'],
      ['webService.size.cpu', 500, 'webService.size.cpu: 500 is none of 256, 512'],
      ['webService.tasks.desiredCount', 0, 'webService.tasks.desiredCount: 0 is not a whole number from 1'],
      ['webService.tasks.desiredCount', Number.NaN, 'webService.tasks.desiredCount: NaN is not a whole number'],
      ['webService.tasks.minCapacity', 5, 'webService.tasks.minCapacity: 5 is above maxCapacity, 4', prod],
      ['webService.tasks.minCapacity', 0, 'webService.tasks.minCapacity: 0 is not a whole number', prod],
      ['webService.tasks.maxCapacity', 1e9, 'webService.tasks.maxCapacity: 1000000000 is not a whole number', prod],
      ['webService.tasks.targetCpuPercent', 101, 'webService.tasks.targetCpuPercent: 101 is not a percentage', prod],
      ['webService.zones', 'second', 'webService.zones: second is none of first, all'],
      ['webService.healthCheckGracePeriod', Duration.millis(1500), '1.5 seconds are not whole seconds'],
      ['userImport.timeout', Duration.seconds(59), 'userImport.timeout: 59 seconds are not whole seconds from 60'],
      ['userImport.maxvCpus', 0.5, 'userImport.maxvCpus: 0.5 is not a whole number'],
      ['userImport.maxvCpus', 1, 'userImport.maxvCpus: 1 is less than one job', bent(dev, 'userImport.size.cpu', 2048)],
      ['userImport.size.memory', Size.gibibytes(16), 'userImport.size.memory: 16 GiB do not go with 512 CPU units'],
    ],
  ],
  [
    'access: the certificate is never issued, or browsers are refused, or let in from anywhere',
    [
      ['loadBalancer.openPorts', [443], 'loadBalancer.openPorts: 443 lacks 80, where the application answers'],
      ['loadBalancer.openPorts', [80], 'loadBalancer.openPorts: 80 lacks 443, where the application answers', prod],
      ['loadBalancer.openPorts[0]', 22, 'loadBalancer.openPorts[0]: 22 is none of 80, 443'],
      ['loadBalancer.openPorts[1]', 80, 'loadBalancer.openPorts[1]: 80 stands here twice'],
      ['loadBalancer.deregistrationDelay', Duration.hours(2), 'loadBalancer.deregistrationDelay: 7200 seconds are not'],
      [
        'loadBalancer.domain.domainName',
        'prooflink.example.org',
        'prooflink.example.org lies outside its zone, example.com',
        prod,
      ],
      ['loadBalancer.domain.domainName', 'evilexample.com', 'evilexample.com lies outside its zone, example.com', prod],
      [
        'loadBalancer.domain.domainName',
        'Prüf.example.com',
        '"Prüf.example.com" is no domain name in small letters',
        prod,
      ],
      ['loadBalancer.domain.domainName', `${LONG}.${LONG}.example.com`, 'characters; a certificate takes 64', prod],
      [
        'loadBalancer.domain.hostedZoneName',
        'example.com.',
        'loadBalancer.domain.hostedZoneName: example.com. is no',
        prod,
      ],
      [
        'loadBalancer.domain.hostedZoneId',
        '/hostedzone/Z0123456',
        '/hostedzone/Z0123456 is no id of a hosted zone',
        prod,
      ],
      [
        'loadBalancer.domain.sslPolicy',
        SslPolicy.TLS13_10,
        'ELBSecurityPolicy-TLS13-1-0-2021-06 is none of ELBSec',
        prod,
      ],
      ['fileStorage.extraCorsOrigins[0]', 'https://a.example.com/x', 'https://a.example.com/x is no origin'],
      ['fileStorage.extraCorsOrigins[0]', 'https://a.example.com/', 'https://a.example.com/ is no origin'],
      ['fileStorage.extraCorsOrigins[0]', 'ftp://a.example.com', 'ftp://a.example.com is no origin'],
      ['fileStorage.extraCorsOrigins', ['https://*.example.com'], 'https://*.example.com has a wildcard', prod],
      ['fileStorage.extraCorsOrigins', ['*'], 'fileStorage.extraCorsOrigins[0]: * has a wildcard', prod],
    ],
  ],
  [
    'operations: nobody is told, logs cost for ever, or the deploy goes to another account',
    [
      ['account', '12345678901', 'account: 12345678901 is no account number of 12 digits'],
      ['region', 'ap-northest-1', 'region: ap-northest-1 is no region of AWS'],
      ['region', 'cn-north-1', 'region: cn-north-1 is no region of AWS'],
      ['terminationProtection', { off: '' }, 'terminationProtection: off without a reason'],
      ['keepData', { off: '\t' }, 'keepData: off without a reason'],
      ['keepData', 'destroy', 'keepData: destroy is none of retain'],
      ['logRetention', 4, 'logRetention: 4 days is no retention of CloudWatch'],
      ['logRetention', RetentionDays.INFINITE, 'logRetention: 9999 days is no retention of CloudWatch'],
      ['fileStorage.versioning', { off: '' }, 'fileStorage.versioning: off without a reason'],
      ['fileStorage.noncurrentVersionExpiration', Duration.days(0), 'noncurrentVersionExpiration: 0 days are not'],
      ['fileStorage.importExpiration', Duration.hours(1), 'fileStorage.importExpiration: 0.0416'],
      ['imageRegistry.keptImages', 0, 'imageRegistry.keptImages: 0 is not a whole number from 1'],
      ['imageRegistry.untaggedExpiration', Duration.days(0), 'imageRegistry.untaggedExpiration: 0 days are not'],
      ['imageRegistry.immutableTags', { off: '' }, 'imageRegistry.immutableTags: off without a reason'],
      ['imageRegistry.scanOnPush', { off: '' }, 'imageRegistry.scanOnPush: off without a reason'],
      ['alarms.email', 'ops', 'alarms.email: ops is no email address', prod],
      ['alarms.email', 'a@example.com,b@example.com', 'alarms.email: a@example.com,b@example.com is no email', prod],
      ['alarms.webCpuPercent', 0, 'alarms.webCpuPercent: 0 is not a percentage above 0 and up to 100', prod],
      ['alarms.databaseCpuPercent', 101, 'alarms.databaseCpuPercent: 101 is not a percentage', prod],
      ['alarms.http5xxCount', 0.5, 'alarms.http5xxCount: 0.5 is not a whole number', prod],
      ['alarms.databaseConnections', -1, 'alarms.databaseConnections: -1 is not a whole number', prod],
      [
        'alarms.databaseFreeStorage',
        Size.gibibytes(0),
        'alarms.databaseFreeStorage: 0 bytes is no size above zero',
        prod,
      ],
    ],
  ],
])('%s', (_group, rows) => {
  test.each(rows)('%s = %s', (field, value, message, config = dev) => {
    const name = config === dev ? 'dev' : 'prod';
    const broken = brokenRules(name, bent(config, field, value)).join('\n');
    expect(broken).toContain(message.replace('’', "'"));
    expect(broken).toContain(`${name}: ${field.replace(/(Subnets|Zones|openPorts|Origins)(\[\d\])?.*$/, '$1')}`);
  });
});

describe('names: AWS refuses a name that is too long, and small letters are all that every service takes', () => {
  test.each([
    [LONG, `name: load balancer prooflink-${LONG}-alb has 54 characters; AWS allows 32`],
    [LONG, `name: target group prooflink-${LONG}-tg has 53 characters; AWS allows 32`],
    [LONG, `name: bucket prooflink-${LONG}-files-123456789012 has 69 characters; AWS allows 63`],
    [LONG, `name: role prooflink-${LONG}-ecs-task-execution-role has 74 characters; AWS allows 64`],
    ['Prod', 'name: Prod is no environment name'],
    ['本番', 'name: "本番" is no environment name'],
  ])('%s', (name, message) => {
    expect(brokenRules(name, dev)).toContainEqual(expect.stringContaining(message));
  });
});

test('five mistakes in two environments are told in one message, a line each', () => {
  const mistakes = {
    dev: bent(bent(dev, 'network.publicSubnets[1].cidr', '10.1.2.0/24'), 'webService.size.memory', Size.gibibytes(8)),
    prod: bent(
      bent(bent(prod, 'alarms.email', 'ops@'), 'webService.tasks.minCapacity', 9),
      'loadBalancer.domain.hostedZoneId',
      'example.com',
    ),
  };
  expect(() => {
    assertValid(mistakes);
  }).toThrow(ConfigError);
  expect(() => {
    assertValid(mistakes);
  }).toThrowErrorMatchingInlineSnapshot(`
   "5 broken rules in lib/config:
     dev: network.publicSubnets[1].cidr: 10.1.2.0/24 lies outside 10.0.0.0/16
     dev: webService.size.memory: 8 GiB do not go with 512 CPU units; Fargate takes 1, 2, 3, 4 GiB
     prod: alarms.email: ops@ is no email address
     prod: webService.tasks.minCapacity: 9 is above maxCapacity, 4
     prod: loadBalancer.domain.hostedZoneId: example.com is no id of a hosted zone; Route 53 shows it as Z and capital letters and digits"
  `);
});

/** Enough storage for IOPS and throughput of one's own. */
function big(): EnvironmentConfig['database'] {
  return { ...prod.database, allocatedStorage: Size.gibibytes(400), maxAllocatedStorage: undefined };
}
