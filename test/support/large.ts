import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import type { ScaledConfig } from '../../lib/config/environment';

/** Ten times prod's size, in three zones: all that such an environment takes (docs/left-out.md). */
export const testlarge: ScaledConfig = {
  account: undefined,
  region: 'ap-northeast-1',
  terminationProtection: 'on',
  keepData: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  logRetention: RetentionDays.ONE_MONTH,
  cpuArchitecture: 'X86_64',
  network: {
    cidr: '10.1.0.0/16',
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d'],
    publicSubnets: [{ cidr: '10.1.0.0/22' }, { cidr: '10.1.4.0/22' }, { cidr: '10.1.8.0/22' }],
    privateSubnets: [{ cidr: '10.1.12.0/24' }, { cidr: '10.1.13.0/24' }, { cidr: '10.1.14.0/24' }],
  },
  database: {
    instanceType: InstanceType.of(InstanceClass.M7G, InstanceSize.XLARGE4),
    allocatedStorage: Size.gibibytes(1000),
    maxAllocatedStorage: Size.gibibytes(5000),
    iops: 12000,
    storageThroughput: 500,
    multiAz: 'on',
    fromSnapshot: undefined,
    databaseName: 'prooflink_testlarge',
    sslMode: 'require',
    engineVersion: '15',
    backups: {
      retention: Duration.days(7),
      window: '17:00-17:30', // 02:00 in Japan
    },
    maintenanceWindow: 'Sat:18:00-Sat:18:30', // Sunday 03:00 in Japan
    encryption: 'on',
    deletionProtection: 'on',
    performanceInsights: true,
  },
  fileStorage: {
    versioning: 'on',
    noncurrentVersionExpiration: Duration.days(90),
    importExpiration: undefined,
    extraCorsOrigins: [],
  },
  imageRegistry: {
    immutableTags: 'on',
    scanOnPush: 'on',
    keptImages: 100,
    untaggedExpiration: Duration.days(14),
  },
  loadBalancer: {
    openPorts: [443],
    allowedRanges: ['0.0.0.0/0'],
    deregistrationDelay: Duration.seconds(30),
    domain: {
      domainName: 'large.example.com',
      hostedZoneName: 'example.com',
      hostedZoneId: 'Z0123456789EXAMPLE00',
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
    },
  },
  webService: {
    size: { cpu: 1024, memory: Size.gibibytes(2) },
    tasks: {
      mode: 'scaled',
      minCapacity: 20,
      maxCapacity: 40,
      targetCpuPercent: 60,
      targetRequestsPerMinute: undefined,
    },
    zones: 'all',
    containerInsights: true,
    executeCommand: false,
    healthCheckGracePeriod: Duration.seconds(120),
    migration: undefined,
    settings: undefined,
  },
  alarms: {
    email: 'ops@example.com',
    webCpuPercent: 80,
    http5xxCount: 100,
    databaseCpuPercent: 80,
    databaseFreeStorage: Size.gibibytes(100),
    databaseConnections: 3000,
  },
  budget: undefined,
  userImport: {
    maxvCpus: 160,
    size: { cpu: 1024, memory: Size.gibibytes(2) },
    timeout: Duration.hours(2),
    schedule: undefined,
    settings: undefined,
  },
  officeHours: undefined,
};
