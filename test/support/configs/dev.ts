import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import type { FixedConfig } from '../../../lib/config/environment';

/** The guide's development environment, as the tests know it, whatever lib/config/dev.ts says today. */
export const dev: FixedConfig = {
  account: undefined,
  region: 'ap-northeast-1',
  terminationProtection: { off: 'cdk destroy ProoflinkDev is meant to work' },
  keepData: { off: 'dev holds test data only, and a destroyed dev must cost nothing' },
  logRetention: RetentionDays.THREE_DAYS,
  cpuArchitecture: 'X86_64',
  network: {
    cidr: '10.0.0.0/16',
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
    publicSubnets: [{ cidr: '10.0.1.0/24' }, { cidr: '10.0.2.0/24' }],
    privateSubnets: [{ cidr: '10.0.11.0/24' }, { cidr: '10.0.12.0/24' }],
  },
  database: {
    fromSnapshot: undefined,
    instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO),
    allocatedStorage: Size.gibibytes(20),
    maxAllocatedStorage: undefined,
    iops: undefined,
    storageThroughput: undefined,
    multiAz: { off: 'guide 3-2: dev can wait for a restore, and a standby costs as much again' },
    databaseName: 'prooflink_dev',
    sslMode: 'require',
    engineVersion: '15',
    backups: {
      retention: { off: 'guide 3-2: test data can be made again, backups cost' },
      window: '11:00-11:30', // 20:00 in Japan
      restoreTest: undefined,
    },
    maintenanceWindow: 'Mon:12:00-Mon:12:30', // Monday 21:00 in Japan
    encryption: { off: 'guide 3-2: no personal data in dev' },
    deletionProtection: { off: 'cdk destroy ProoflinkDev is meant to work' },
    performanceInsights: false,
  },
  fileStorage: {
    versioning: { off: 'guide 4-1: test files can be made again' },
    noncurrentVersionExpiration: Duration.days(30),
    importExpiration: Duration.days(30),
    extraCorsOrigins: ['http://localhost:3000'],
  },
  imageRegistry: {
    immutableTags: { off: 'guide 6-1: dev pushes latest again and again' },
    scanOnPush: { off: 'guide 6-1: the same image is scanned in prod before users meet it' },
    refuse: undefined,
    keptImages: 10,
    untaggedExpiration: Duration.days(14),
  },
  loadBalancer: {
    openPorts: [80, 443],
    // Without a domain people sign in over plain HTTP: passwords can be read on the way. An office's range keeps
    // others out.
    allowedRanges: ['0.0.0.0/0'],
    deregistrationDelay: Duration.seconds(10),
    domain: undefined,
    edge: undefined,
    firewall: undefined,
  },
  webService: {
    size: { cpu: 512, memory: Size.gibibytes(1) },
    tasks: { mode: 'fixed', desiredCount: 1 },
    zones: 'first',
    containerInsights: false,
    executeCommand: true,
    healthCheckGracePeriod: Duration.seconds(120),
    failedTasks: 2,
    migration: undefined,
    databaseVariable: undefined,
    settings: undefined,
  },
  alarms: undefined,
  budget: undefined,
  userImport: {
    maxvCpus: 4,
    size: { cpu: 512, memory: Size.gibibytes(1) },
    timeout: Duration.hours(1),
    schedule: undefined,
    databaseVariable: undefined,
    settings: undefined,
  },
  jobs: undefined,
  workers: undefined,
  officeHours: {
    start: '09:00',
    stop: '22:00',
    days: 'every-day',
    databaseStartup: Duration.minutes(15),
  },
};
