/*
 * The names by which packages and tests find what an environment has. The app declares parameters, outputs and variables
 * with them, so that a renamed one no longer compiles where it is read. It cannot declare constructs with their paths:
 * test/app/parts.test.ts finds each part in the templates, and fails if a construct was renamed.
 */

/**
 * A resource that a tool, a row of the guide or a test refers to. The CDK writes the path into the metadata of each
 * resource (`aws:cdk:path`), so that a part is found although a team adds further resources of its type.
 */
export interface StackPart {
  /** Path of its construct below the stack, without the CDK's own `Resource` and `Default` at the end. */
  readonly path: string;
  readonly type: string;
}

/** The parts of a stack. An environment lacks those of what its config switches off. */
export const Part = {
  vpc: { path: 'Network/Vpc', type: 'AWS::EC2::VPC' },
  internetGateway: { path: 'Network/Vpc/IGW', type: 'AWS::EC2::InternetGateway' },
  defaultSecurityGroup: {
    path: 'Network/Vpc/RestrictDefaultSecurityGroupCustomResource',
    type: 'Custom::VpcRestrictDefaultSG',
  },
  s3Endpoint: { path: 'Network/Vpc/S3', type: 'AWS::EC2::VPCEndpoint' },

  loadBalancer: { path: 'LoadBalancer', type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
  targetGroup: { path: 'LoadBalancer/TargetGroup', type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  httpListener: { path: 'LoadBalancer/Resource/Http', type: 'AWS::ElasticLoadBalancingV2::Listener' },
  httpsListener: { path: 'LoadBalancer/Resource/Https', type: 'AWS::ElasticLoadBalancingV2::Listener' },
  certificate: { path: 'LoadBalancer/Domain/Certificate', type: 'AWS::CertificateManager::Certificate' },
  domainRecord: { path: 'LoadBalancer/Domain/Alias', type: 'AWS::Route53::RecordSet' },

  firewall: { path: 'Firewall/WebAcl', type: 'AWS::WAFv2::WebACL' },
  firewallAssociation: { path: 'Firewall/Association', type: 'AWS::WAFv2::WebACLAssociation' },
  firewallLogGroup: { path: 'Firewall/Logs', type: 'AWS::Logs::LogGroup' },
  firewallLogging: { path: 'Firewall/Logging', type: 'AWS::WAFv2::LoggingConfiguration' },

  database: { path: 'Database/Instance', type: 'AWS::RDS::DBInstance' },
  databaseSubnetGroup: { path: 'Database/SubnetGroup', type: 'AWS::RDS::DBSubnetGroup' },
  masterSecret: { path: 'Database/MasterSecret', type: 'AWS::SecretsManager::Secret' },
  connectionUrlSecret: { path: 'Database/ConnectionUrl', type: 'AWS::SecretsManager::Secret' },

  bucket: { path: 'FileStorage/Bucket', type: 'AWS::S3::Bucket' },
  emptiedBucket: {
    path: 'FileStorage/Bucket/AutoDeleteObjectsCustomResource',
    type: 'Custom::S3AutoDeleteObjects',
  },
  appRepository: { path: 'AppRegistry/Repository', type: 'AWS::ECR::Repository' },
  batchRepository: { path: 'BatchRegistry/Repository', type: 'AWS::ECR::Repository' },
  settingsSecret: { path: 'Settings/Secret', type: 'AWS::SecretsManager::Secret' },

  computeEnvironment: { path: 'UserImport/ComputeEnvironment', type: 'AWS::Batch::ComputeEnvironment' },
  jobQueue: { path: 'UserImport/JobQueue', type: 'AWS::Batch::JobQueue' },
  jobDefinition: { path: 'UserImport/JobDefinition', type: 'AWS::Batch::JobDefinition' },
  jobsQueue: { path: 'Jobs/JobQueue', type: 'AWS::Batch::JobQueue' },
  importSchedule: { path: 'UserImport/Schedule', type: 'AWS::Scheduler::Schedule' },
  importLogGroup: { path: 'UserImport/Logs', type: 'AWS::Logs::LogGroup' },
  importExecutionRole: { path: 'UserImport/Roles/ExecutionRole', type: 'AWS::IAM::Role' },
  importTaskRole: { path: 'UserImport/Roles/TaskRole', type: 'AWS::IAM::Role' },

  cluster: { path: 'Web/Cluster', type: 'AWS::ECS::Cluster' },
  webService: { path: 'Web/Service/Service', type: 'AWS::ECS::Service' },
  webTaskDefinition: { path: 'Web/TaskDefinition', type: 'AWS::ECS::TaskDefinition' },
  migration: { path: 'Web/Migration', type: 'AWS::ECS::TaskDefinition' },
  webLogGroup: { path: 'Web/Logs', type: 'AWS::Logs::LogGroup' },
  webExecutionRole: { path: 'Web/Roles/ExecutionRole', type: 'AWS::IAM::Role' },
  webTaskRole: { path: 'Web/Roles/TaskRole', type: 'AWS::IAM::Role' },
  sessionSecret: { path: 'Web/SessionSecret', type: 'AWS::SecretsManager::Secret' },
  scalableTarget: {
    path: 'Web/Service/TaskCount/Target',
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  },
  cpuScalingPolicy: {
    path: 'Web/Service/TaskCount/Target/Cpu',
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  },

  webCpuAlarm: { path: 'Alarms/ecs-cpu-high', type: 'AWS::CloudWatch::Alarm' },
  alarmTopic: { path: 'Alarms/Topic', type: 'AWS::SNS::Topic' },
  dashboard: { path: 'Alarms/Dashboard', type: 'AWS::CloudWatch::Dashboard' },
  restoreTestPlan: { path: 'RestoreTest/Plan', type: 'AWS::Backup::RestoreTestingPlan' },
  budget: { path: 'Budget', type: 'AWS::Budgets::Budget' },

  startDatabase: { path: 'OfficeHours/StartDatabase', type: 'AWS::Scheduler::Schedule' },
  startTasks: { path: 'OfficeHours/StartTasks', type: 'AWS::Scheduler::Schedule' },
  stopTasks: { path: 'OfficeHours/StopTasks', type: 'AWS::Scheduler::Schedule' },
  stopDatabase: { path: 'OfficeHours/StopDatabase', type: 'AWS::Scheduler::Schedule' },
  taskSchedulerRole: { path: 'OfficeHours/ServiceSchedulerRole', type: 'AWS::IAM::Role' },
} as const satisfies Readonly<Record<string, StackPart>>;

export type PartName = keyof typeof Part;

/** The job definition of a configured job. */
export function jobPart(name: string): StackPart {
  return { path: `Jobs/${name}/JobDefinition`, type: Part.jobDefinition.type };
}

/** The log group of a configured job. */
export function jobLogPart(name: string): StackPart {
  return { path: `Jobs/${name}/Logs`, type: Part.webLogGroup.type };
}

/** The service of a configured worker. */
export function workerPart(name: string): StackPart {
  return { path: `Worker-${name}/Service/Service`, type: Part.webService.type };
}

/** The stack's parameters (docs/decisions/0002); the last two exist where a migration is configured (0017). */
export const Parameter = {
  appImageTag: 'AppImageTag',
  batchImageTag: 'BatchImageTag',
  migrationImageTag: 'MigrationImageTag',
  migratedImageTag: 'MigratedImageTag',
} as const;

/** The stack's outputs that a tool reads; others are commands for people (lib/outputs.ts). */
export const Output = {
  applicationUrl: 'ApplicationUrl',
  appRepositoryUri: 'AppRepositoryUri',
  batchRepositoryUri: 'BatchRepositoryUri',
  bucketName: 'BucketName',
  settingsSecretArn: 'SettingsSecretArn',
} as const;

export type ParameterName = (typeof Parameter)[keyof typeof Parameter];
/** Output of a stack; one of a disabled feature is missing there. */
export type OutputName = (typeof Output)[keyof typeof Output];

/** The web container (guide 7-3). */
export const CONTAINER_NAME = 'prooflink-app';

/** Container beside the migration. It exits once the migration's timeout is over, which stops the task. */
export const TIME_LIMIT_CONTAINER_NAME = 'time-limit';

/** Prefix of the log streams of web tasks. */
export const WEB_LOG_PREFIX = 'ecs';

/** Prefix of the log streams of a worker, in the log group of the web tasks. */
export function workerLogPrefix(name: string): string {
  return `worker-${name}`;
}

/** Prefix of the log streams of migrations. */
export const MIGRATION_LOG_PREFIX = 'migration';

/** The port of a web task (guide 2-2, 7-3, 9-1). */
export const APPLICATION_PORT = 3000;

/** Path of the load balancer's health checks (guide 9-1). */
export const HEALTH_CHECK_PATH = '/api/health';

/** Prefix of NextAuth's paths, sign-ins among others. */
export const SIGN_IN_PATH = '/api/auth/';

/** The port of PostgreSQL (guide 2-3, 3-2). */
export const DATABASE_PORT = 5432;

/** Variables that a container gets from the stack and that a tool reads or overrides (guide 7-3, 12-9). */
export const Variable = { databaseUrl: 'DATABASE_URL', importFileKey: 'IMPORT_FILE_KEY' } as const;

/** Default command of the import's image (guide 12-9). */
export const IMPORT_COMMAND = ['node', 'dist/batch/user-import.js'] as const;

/** The folder of the bucket with the files of imports (guide 4-3, 12). */
export const IMPORTS_PREFIX = 'imports/';
