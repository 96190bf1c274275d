import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Row } from './change-shows';
import { fromSnapshot, striped } from './database-rows';
import {
  zone,
  RDS,
  DATABASE_ZONE,
  CONTAINER,
  JOB,
  REPOSITORIES,
  LOGS,
  DATA,
  EMPTIES_BUCKET,
  of,
  ORIGINS,
  URL,
  CERTIFICATE,
  ALIAS,
  SHELL,
  RUN_IN_REGION,
} from './places';
import { expiry, migration, oneOf, refused, settings, shows, withItem } from './rows';
import { choice } from './written';
import { whereOptionalFieldsShow } from './where-optional-fields-show';

const OTHER_ZONE = oneOf('ap-northeast-1d');
/** Each field of an environment's config, by its path, and where it shows that it was changed. */
export const whereFieldsShow: Readonly<Record<string, Row>> = {
  ...whereOptionalFieldsShow,
  account: {
    to: oneOf('123456789012'),
    as: choice,
    shows: ['Stack.environment', 'Web/Roles/TaskPolicy.PolicyDocument'],
  },
  region: {
    to: oneOf('us-east-1'),
    as: (region) => ['', 'a', 'b', 'c'].map((zone) => `${String(region)}${zone}`),
    with: () => ({ 'network.availabilityZones': ['us-east-1a', 'us-east-1b'] }),
    shows: [
      ...['Stack.environment', ...RUN_IN_REGION, ...SHELL, ...zone(1), ...zone(2), DATABASE_ZONE],
      ...[`${CONTAINER}.Environment.AWS_REGION`, `${CONTAINER}.LogConfiguration.Options.awslogs-region`],
      ...[`${JOB}.Environment.AWS_REGION`, `${JOB}.LogConfiguration.Options.awslogs-region`],
      'Web/Roles/TaskPolicy.PolicyDocument.Statement.StartImports.Resource',
      ...['AutomationRole', 'DatabaseSchedulerRole'].map((role) => `OfficeHours/${role}/DefaultPolicy.PolicyDocument`),
      'Custom::VpcRestrictDefaultSGCustomResourceProvider',
      ...of(['AWS679f53fac002430cb0da5b7982bd2287', `${EMPTIES_BUCKET}/Handler`], 'Code.S3Bucket'),
    ],
  },
  terminationProtection: shows('Stack.terminationProtection'),
  keepData: {
    to: (value) => (typeof value === 'object' ? RemovalPolicy.RETAIN : { off: 'for another good reason' }),
    as: choice,
    shows: [
      ...[...of(DATA, 'DeletionPolicy'), ...of(DATA, 'UpdateReplacePolicy'), ...of(REPOSITORIES, 'EmptyOnDelete')],
      ...['FileStorage/Bucket.Tags', 'FileStorage/Bucket/AutoDeleteObjectsCustomResource'],
      'Database/Instance.DeleteAutomatedBackups',
      ...['FileStorage/Bucket/Policy.PolicyDocument', EMPTIES_BUCKET],
    ],
  },
  logRetention: { to: oneOf(RetentionDays.ONE_WEEK), shows: of(LOGS, 'RetentionInDays') },
  cpuArchitecture: {
    to: oneOf('ARM64'),
    shows: ['Web/TaskDefinition.RuntimePlatform.CpuArchitecture', `${JOB}.RuntimePlatform.CpuArchitecture`],
  },
  'network.cidr': shows('Network/Vpc.CidrBlock'),
  'network.availabilityZones': {
    to: withItem('ap-northeast-1d'),
    with: ({ network }) => ({
      'network.publicSubnets': [...network.publicSubnets, { cidr: '10.0.3.0/24' }],
      'network.privateSubnets': [...network.privateSubnets, { cidr: '10.0.13.0/24' }],
    }),
    shows: zone(3),
  },
  'network.availabilityZones[0]': { to: OTHER_ZONE, shows: [...zone(1), DATABASE_ZONE] },
  'network.availabilityZones[1]': { to: OTHER_ZONE, shows: zone(2) },
  'network.publicSubnets': refused('network.publicSubnets', withItem({ cidr: '10.0.3.0/24' })),
  'network.publicSubnets[0].cidr': shows('Network/Vpc/PublicSubnet1/Subnet.CidrBlock'),
  'network.publicSubnets[1].cidr': shows('Network/Vpc/PublicSubnet2/Subnet.CidrBlock'),
  'network.privateSubnets': refused('network.privateSubnets', withItem({ cidr: '10.0.13.0/24' })),
  'network.privateSubnets[0].cidr': shows('Network/Vpc/PrivateSubnet1/Subnet.CidrBlock'),
  'network.privateSubnets[1].cidr': shows('Network/Vpc/PrivateSubnet2/Subnet.CidrBlock'),
  'database.fromSnapshot': fromSnapshot,
  'database.instanceType': shows(`${RDS}.DBInstanceClass`),
  'database.allocatedStorage': shows(`${RDS}.AllocatedStorage`),
  'database.maxAllocatedStorage': shows(`${RDS}.MaxAllocatedStorage`),
  'database.iops': striped('Iops', 16000),
  'database.storageThroughput': striped('StorageThroughput', 1000),
  'database.multiAz': shows(`${RDS}.MultiAZ`, DATABASE_ZONE),
  'database.databaseName': {
    to: () => 'prooflink_other',
    shows: [`${RDS}.DBName`, 'Database/ConnectionUrl.SecretString'],
  },
  'database.sslMode': { to: oneOf('require', 'verify-full'), shows: ['Database/ConnectionUrl.SecretString'] },
  'database.engineVersion': { to: oneOf('15', '16'), shows: [`${RDS}.EngineVersion`] },
  'database.backups.retention': { to: () => Duration.days(9), shows: [`${RDS}.BackupRetentionPeriod`] },
  'database.backups.window': shows(`${RDS}.PreferredBackupWindow`),
  'database.maintenanceWindow': shows(`${RDS}.PreferredMaintenanceWindow`),
  'database.encryption': shows(`${RDS}.StorageEncrypted`),
  'database.deletionProtection': shows(`${RDS}.DeletionProtection`),
  'database.performanceInsights': shows(
    `${RDS}.EnablePerformanceInsights`,
    `${RDS}.PerformanceInsightsRetentionPeriod`,
  ),
  'fileStorage.versioning': shows('FileStorage/Bucket.VersioningConfiguration'),
  'fileStorage.noncurrentVersionExpiration': shows(
    'FileStorage/Bucket.LifecycleConfiguration.Rules.expire-old-versions.NoncurrentVersionExpiration',
  ),
  'fileStorage.importExpiration': shows('FileStorage/Bucket.LifecycleConfiguration.Rules.delete-old-imports'),
  'fileStorage.extraCorsOrigins': { to: withItem('https://example.com'), shows: [ORIGINS] },
  'fileStorage.extraCorsOrigins[0]': { to: oneOf('https://example.com'), shows: [`${ORIGINS}.1`] },
  'imageRegistry.immutableTags': shows(...of(REPOSITORIES, 'ImageTagMutability')),
  'imageRegistry.scanOnPush': shows(
    ...of(REPOSITORIES, 'ImageScanningConfiguration.ScanOnPush'),
    'Alarms/ScanFindings',
  ),
  'imageRegistry.keptImages': expiry(1),
  'imageRegistry.untaggedExpiration': expiry(2),
  'loadBalancer.openPorts': {
    to: (ports) => ((ports as number[]).length > 1 ? [80] : [80, 443]),
    shows: ['SecurityGroups/Alb.SecurityGroupIngress'],
  },
  'loadBalancer.openPorts[0]': refused('loadBalancer.openPorts', oneOf(80, 443)),
  'loadBalancer.openPorts[1]': refused('loadBalancer.openPorts', oneOf(80, 443)),
  'loadBalancer.allowedRanges': {
    to: () => ['203.0.113.0/24', '198.51.100.7/32'],
    shows: ['SecurityGroups/Alb.SecurityGroupIngress'],
  },
  'loadBalancer.allowedRanges[0]': { to: () => '203.0.113.0/24', shows: ['SecurityGroups/Alb.SecurityGroupIngress'] },
  'loadBalancer.deregistrationDelay': shows(
    'LoadBalancer/TargetGroup.TargetGroupAttributes.deregistration_delay.timeout_seconds',
  ),
  'loadBalancer.domain': shows(...URL, CERTIFICATE, ALIAS, 'LoadBalancer/Resource/Https', 'LoadBalancer/Resource/Http'),
  'loadBalancer.domain.domainName': shows(
    ...URL,
    `${CERTIFICATE}.DomainName`,
    `${CERTIFICATE}.DomainValidationOptions.0.DomainName`,
    `${ALIAS}.Name`,
  ),
  'loadBalancer.domain.hostedZoneName': refused('loadBalancer.domain.domainName'),
  'loadBalancer.domain.hostedZoneId': {
    to: oneOf('Z0123456789ABCDEFGHIJ'),
    shows: [`${ALIAS}.HostedZoneId`, `${CERTIFICATE}.DomainValidationOptions.0.HostedZoneId`],
  },
  'loadBalancer.domain.sslPolicy': { to: oneOf(SslPolicy.TLS13_13), shows: ['LoadBalancer/Resource/Https.SslPolicy'] },
  'webService.size.cpu': { to: oneOf(256), shows: ['Web/TaskDefinition.Cpu'] },
  'webService.size.memory': shows('Web/TaskDefinition.Memory'),
  'webService.tasks.mode': {
    to: oneOf('fixed', 'scaled'),
    as: choice,
    with: (_, there) => ({ 'webService.tasks': there.webService.tasks, officeHours: undefined }),
    shows: ['Web/Service/Service.DesiredCount', 'Web/Service/TaskCount', 'OfficeHours'],
  },
  'webService.tasks.desiredCount': shows(
    'Web/Service/Service.DesiredCount',
    'OfficeHours/StartTasks.Target.Input.DesiredCount',
  ),
  'webService.tasks.minCapacity': shows('Web/Service/TaskCount/Target.MinCapacity'),
  'webService.tasks.maxCapacity': shows('Web/Service/TaskCount/Target.MaxCapacity'),
  'webService.tasks.targetCpuPercent': shows(
    'Web/Service/TaskCount/Target/Cpu.TargetTrackingScalingPolicyConfiguration.TargetValue',
  ),
  'webService.tasks.targetRequestsPerMinute': { to: oneOf(600), shows: ['Web/Service/TaskCount/Target/Requests'] },
  'webService.zones': {
    to: oneOf('first', 'all'),
    as: choice,
    shows: ['Web/Service/Service.NetworkConfiguration.AwsvpcConfiguration.Subnets'],
  },
  'webService.containerInsights': shows('Web/Cluster.ClusterSettings.containerInsights'),
  'webService.executeCommand': shows(
    'Web/Service/Service.EnableExecuteCommand',
    'Web/Roles/TaskRole/DefaultPolicy',
    ...SHELL,
  ),
  'webService.healthCheckGracePeriod': shows('Web/Service/Service.HealthCheckGracePeriodSeconds'),
  'webService.migration': migration,
  'webService.settings': settings('Web', CONTAINER),
};
