import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import type { ScaledConfig } from './environment';

/** The safe environment for users (guide, column 本番環境). */
export const prod: ScaledConfig = {
  account: undefined,
  region: 'ap-northeast-1',
  terminationProtection: 'on',
  keepData: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  logRetention: RetentionDays.ONE_MONTH,
  cpuArchitecture: 'X86_64',
  network: {
    cidr: '10.0.0.0/16',
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
    publicSubnets: [{ cidr: '10.0.1.0/24' }, { cidr: '10.0.2.0/24' }],
    privateSubnets: [{ cidr: '10.0.11.0/24' }, { cidr: '10.0.12.0/24' }],
  },
  database: {
    fromSnapshot: undefined,
    instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
    allocatedStorage: Size.gibibytes(100),
    maxAllocatedStorage: Size.gibibytes(500),
    iops: undefined,
    storageThroughput: undefined,
    multiAz: 'on',
    databaseName: 'prooflink_prod',
    sslMode: 'require',
    engineVersion: '15',
    backups: {
      retention: Duration.days(7),
      window: '17:00-17:30', // 02:00 in Japan
      restoreTest: undefined,
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
    refuse: undefined,
    keptImages: 30,
    untaggedExpiration: Duration.days(14),
  },
  loadBalancer: {
    openPorts: [443],
    allowedRanges: ['0.0.0.0/0'],
    deregistrationDelay: Duration.seconds(30),
    domain: {
      domainName: 'prooflink.example.com',
      hostedZoneName: 'example.com',
      hostedZoneId: 'Z0123456789EXAMPLE00',
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
    },
    edge: undefined,
    firewall: undefined,
  },
  webService: {
    size: { cpu: 1024, memory: Size.gibibytes(2) },
    tasks: { mode: 'scaled', minCapacity: 2, maxCapacity: 4, targetCpuPercent: 60, targetRequestsPerMinute: undefined },
    zones: 'all',
    containerInsights: true,
    executeCommand: false,
    healthCheckGracePeriod: Duration.seconds(120),
    failedTasks: undefined,
    migration: undefined,
    databaseVariable: undefined,
    settings: undefined,
  },
  alarms: {
    email: 'ops@example.com',
    language: undefined,
    slack: undefined,
    webCpuPercent: 80,
    webMemoryPercent: 85,
    responseTime: Duration.seconds(2),
    http5xxCount: 10,
    databaseCpuPercent: 80,
    databaseFreeStorage: Size.gibibytes(10),
    databaseConnections: 300,
  },
  budget: undefined,
  userImport: {
    maxvCpus: 16,
    size: { cpu: 1024, memory: Size.gibibytes(2) },
    timeout: Duration.hours(2),
    schedule: undefined,
    databaseVariable: undefined,
    settings: undefined,
  },
  jobs: undefined,
  workers: undefined,
  officeHours: undefined,
};
