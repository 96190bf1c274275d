import fc from 'fast-check';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size, SizeRoundingBehavior } from 'aws-cdk-lib/core';
import { days, gibibytes, oddDuration, oddNumber, oddSize, oddText, seconds } from './values';
import {
  anyOf,
  cidr,
  clock,
  count,
  environmentName,
  fargateSize,
  hostname,
  importSchedule,
  isWhole,
  noCidr,
  noClock,
  noReason,
  noWord,
  off,
  percent,
  safeguard,
  settings,
  subnet,
  subnets,
  weekday,
  wholeDays,
  yesNo,
  type Field,
} from './kinds';

/** Every value of lib/config/environment.ts that a person may change, by its path; `name` is the environment's own. */
export const fields: Readonly<Record<string, Field>> = {
  name: environmentName,
  account: { fine: anyOf(undefined, '123456789012'), broken: fc.oneof(oddText, anyOf('1', '１'.repeat(12))) },
  region: {
    fine: anyOf('ap-northeast-1', 'us-east-1'),
    broken: fc.oneof(oddText, anyOf('ap-northest-1', 'cn-north-1')),
  },
  terminationProtection: safeguard,
  keepData: {
    fine: fc.oneof(off, anyOf(RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)),
    broken: fc.oneof(noReason, anyOf(RemovalPolicy.DESTROY, RemovalPolicy.SNAPSHOT)),
  },
  logRetention: {
    fine: anyOf(RetentionDays.ONE_DAY, RetentionDays.TEN_YEARS),
    broken: fc.oneof(oddNumber, anyOf(0, 4, RetentionDays.INFINITE)),
  },
  cpuArchitecture: { fine: anyOf('X86_64', 'ARM64'), broken: fc.oneof(oddText, anyOf('arm64', 'AMD64')) },
  'network.cidr': { fine: cidr, broken: fc.oneof(noCidr, anyOf('8.8.8.0/24', '100.64.0.0/16')) },
  'network.availabilityZones': {
    fine: anyOf(['ap-northeast-1a', 'ap-northeast-1d'], ['ap-northeast-1d', 'ap-northeast-1c', 'ap-northeast-1a']),
    broken: anyOf([], ['ap-northeast-1a'], ['ap-northeast-1a', 'ap-northeast-1a'], ['', '']),
  },
  'network.availabilityZones[0]': {
    fine: anyOf('ap-northeast-1d'),
    broken: fc.oneof(oddText, anyOf('ap-northeast-1b', 'ap-northeast-1z')),
  },
  'network.publicSubnets': subnets,
  'network.publicSubnets[0].cidr': subnet,
  'network.publicSubnets[1].cidr': subnet,
  'network.privateSubnets': subnets,
  'network.privateSubnets[1].cidr': {
    // The constants overlap a public subnet, unless that is changed too.
    fine: fc.oneof(cidr, anyOf('10.0.1.0/24', '10.0.0.0/20', '10.0.2.128/25', '8.8.8.0/24')),
    broken: noCidr,
  },
  'database.instanceType': {
    fine: anyOf('t4g.small', 'm7g.large', 'r6g.2xlarge').map((name) => new InstanceType(String(name))),
    broken: fc
      .oneof(oddText, anyOf('db.t4g.micro', 'T4G.MICRO', 't2.micro', 't4g.4xlarge'))
      .map((name) => new InstanceType(String(name))),
  },
  'database.allocatedStorage': {
    fine: gibibytes(20, 65536),
    broken: fc.oneof(oddSize, gibibytes(0, 19), gibibytes(65537, 1e9), fc.constant(Size.mebibytes(20500))),
  },
  'database.maxAllocatedStorage': {
    fine: fc.oneof(fc.constant(undefined), gibibytes(22, 65536)),
    broken: fc.oneof(oddSize, gibibytes(0, 19), gibibytes(65537, 1e9)),
  },
  'database.iops': { fine: anyOf(undefined, 12000, 64000), broken: fc.oneof(oddNumber, anyOf(0, 11999, 64001)) },
  'database.storageThroughput': { fine: anyOf(undefined, 500), broken: fc.oneof(oddNumber, anyOf(0, 499, 4001)) },
  'database.multiAz': safeguard,
  'database.databaseName': {
    fine: fc.stringMatching(/^prooflink[a-z0-9_]{0,54}$/),
    broken: fc.oneof(noWord, anyOf('rdsadmin', 'postgres', 'identity', 'prooflink-a', 'a'.repeat(64), '1a')),
  },
  'database.sslMode': { fine: anyOf('require', 'verify-full'), broken: fc.oneof(oddText, anyOf('disable', 'prefer')) },
  'database.engineVersion': {
    fine: anyOf('15', '16', '17'),
    broken: fc.oneof(oddText, anyOf('14', '15.4', '9', '100')),
  },
  'database.backups.retention': {
    fine: fc.oneof(off, days(1, 35)),
    broken: fc.oneof(noReason, oddDuration, days(36, 1000), fc.constant(Duration.days(0))),
  },
  'database.backups.window': {
    fine: fc.tuple(clock, clock).map(([from, to]) => `${from}-${to}`),
    broken: fc.oneof(oddText, noClock, anyOf('11:00-11:29', '11:00-11:00')),
  },
  'database.maintenanceWindow': {
    fine: fc.tuple(weekday, clock, weekday, clock).map(([d1, t1, d2, t2]) => `${d1}:${t1}-${d2}:${t2}`),
    broken: fc.oneof(
      oddText,
      anyOf('Mon:12:00-Tue:12:01', 'Xyz:12:00-Xyz:12:30', '12:00-12:30', 'Mon:12:00-Mon:12:10'),
    ),
  },
  'database.encryption': safeguard,
  'database.deletionProtection': safeguard,
  'database.performanceInsights': yesNo,
  'fileStorage.versioning': safeguard,
  'fileStorage.noncurrentVersionExpiration': wholeDays,
  'fileStorage.importExpiration': { ...wholeDays, fine: fc.oneof(fc.constant(undefined), days(1, 3650)) },
  'fileStorage.extraCorsOrigins': {
    fine: anyOf(
      [],
      ['https://a.example.com', 'http://localhost:3000'],
      ['http://[::1]:3000'],
      ['https://*.example.com'],
    ),
    broken: fc.oneof(
      oddText.map((text) => [text]),
      noWord.map((text) => ['https://a.example.com', `https://${text}`]),
      anyOf(['https://a.example.com/'], ['https://*.*.example.com'], ['null'], ['https://a"b.example.com']),
    ),
  },
  'imageRegistry.immutableTags': safeguard,
  'imageRegistry.scanOnPush': safeguard,
  'imageRegistry.keptImages': count(10000),
  'imageRegistry.untaggedExpiration': wholeDays,
  'loadBalancer.openPorts': {
    fine: anyOf([80, 443], [443, 80]),
    broken: anyOf([], [80, 80], [22, 80, 443], [Number.NaN]),
  },
  'loadBalancer.allowedRanges': {
    fine: anyOf(['203.0.113.0/24'], ['0.0.0.0/1', '128.0.0.0/1']),
    broken: fc.oneof(
      oddText.map((text) => [text]),
      anyOf([], ['::/0'], ['203.0.113.7/24'], ['10.0.0.0/8'], ['0.0.0.0/0', '203.0.113.0/24']),
    ),
  },
  'loadBalancer.deregistrationDelay': { fine: seconds(0, 3600), broken: fc.oneof(oddDuration, seconds(3601, 1e9)) },
  'loadBalancer.domain': { fine: fc.constant(undefined) },
  'loadBalancer.domain.domainName': hostname,
  'loadBalancer.domain.hostedZoneName': hostname,
  'loadBalancer.domain.hostedZoneId': {
    fine: anyOf('Z0123456789ABCDEFGHIJ'),
    broken: fc.oneof(oddText, anyOf('z012345')),
  },
  'loadBalancer.domain.sslPolicy': {
    fine: anyOf(SslPolicy.TLS13_13),
    broken: anyOf(SslPolicy.TLS13_10, SslPolicy.LEGACY),
  },
  'webService.size': fargateSize,
  'webService.tasks': {
    broken: fc
      .oneof(oddText, anyOf('Fixed'))
      .map((mode) => ({ mode, desiredCount: 1, minCapacity: 1, maxCapacity: 2 })),
  },
  'webService.tasks.desiredCount': count(5000),
  'webService.tasks.minCapacity': count(5000),
  'webService.tasks.maxCapacity': count(5000),
  'webService.tasks.targetCpuPercent': percent,
  'webService.tasks.targetRequestsPerMinute': count(1_000_000),
  'webService.zones': { fine: anyOf('first', 'all'), broken: fc.oneof(oddText, anyOf('second')) },
  'webService.containerInsights': yesNo,
  'webService.executeCommand': yesNo,
  'webService.healthCheckGracePeriod': { fine: seconds(0, 86400), broken: fc.oneof(oddDuration, seconds(86401, 1e12)) },
  'webService.settings': settings,
  'userImport.settings': settings,
  alarms: { fine: fc.constant(undefined) },
  'alarms.email': {
    fine: fc.emailAddress(),
    broken: fc.oneof(oddText, anyOf('ops', 'a@b', 'a@example.com,b@example.com')),
  },
  'alarms.webCpuPercent': percent,
  'alarms.http5xxCount': count(1_000_000),
  'alarms.databaseCpuPercent': percent,
  'alarms.databaseFreeStorage': {
    fine: gibibytes(1, 1000),
    broken: oddSize.filter((size) => !isWhole(size.toBytes({ rounding: SizeRoundingBehavior.NONE }))),
  },
  'alarms.databaseConnections': count(5000),
  budget: { fine: anyOf({ amount: 60, email: 'ops@proofs.jp' }), broken: anyOf({ amount: 60, email: 'ops' }) },
  userImport: { fine: fc.constant(undefined) },
  'userImport.maxvCpus': count(10000),
  'userImport.size': fargateSize,
  'userImport.schedule': importSchedule,
  'userImport.timeout': {
    fine: seconds(60, 1209600),
    broken: fc.oneof(oddDuration, seconds(0, 59), seconds(1209601, 1e9)),
  },
  officeHours: { fine: fc.constant(undefined) },
  'officeHours.start': { fine: clock, broken: noClock },
  'officeHours.stop': { fine: fc.oneof(clock, anyOf('23:55')), broken: noClock },
  'officeHours.days': { fine: anyOf('every-day', 'weekdays'), broken: fc.oneof(oddText, anyOf('never')) },
  'officeHours.databaseStartup': {
    fine: seconds(1, 60).map((amount) => Duration.minutes(amount.toSeconds())),
    broken: fc.oneof(oddDuration, seconds(7201, 1e6), fc.constant(Duration.seconds(90))),
  },
};
