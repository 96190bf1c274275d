import { type Duration, RemovalPolicy, type Size } from 'aws-cdk-lib/core';
import type { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** A safeguard that is switched off: the reason stands where a reviewer reads the value. */
export interface SwitchedOff {
  readonly off: string;
}

/** A safeguard: on, or off with a written reason. */
export type Safeguard = 'on' | SwitchedOff;

/** A time of day in 24-hour notation, `09:00`. */
export type TimeOfDay = `${number}:${number}`;

/** A weekday as RDS writes it. */
export type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun';

/** One subnet (guide 1-1). */
export interface SubnetConfig {
  /** Which IPv4 range does the subnet get? It lies inside the VPC's and overlaps no other subnet. */
  readonly cidr: string;
}

/** The VPC (guide 1-1). There is no NAT gateway: what needs the internet stands in a public subnet. */
export interface NetworkConfig {
  /** Which private IPv4 range (RFC 1918, /16 to /28) does the VPC get? */
  readonly cidr: string;
  /** In which zones of the region? Two or more, since a load balancer and a DB subnet group need two. */
  readonly availabilityZones: readonly string[];
  /** Where do the load balancer, the web tasks and the import jobs stand? One subnet per zone, in their order. */
  readonly publicSubnets: readonly SubnetConfig[];
  /** Where does the database stand? One subnet per zone, in their order. */
  readonly privateSubnets: readonly SubnetConfig[];
}

/** Backups of the database; its windows are in UTC, as RDS wants them. */
export interface BackupConfig {
  /** How many days back can the database be restored? 1 to 35 whole days, or off with the reason. */
  readonly retention: Duration | SwitchedOff;
  /** When does the daily backup begin and end, in UTC? At least 30 minutes, while the database runs. */
  readonly window: `${TimeOfDay}-${TimeOfDay}`;
}

/** RDS for PostgreSQL (guide 3-2). */
export interface DatabaseConfig {
  /** Which instance class? */
  readonly instanceType: InstanceType;
  /** How much gp3 storage at first? IOPS (3000) and throughput are gp3's own below 400 GiB. */
  readonly allocatedStorage: Size;
  /** Up to how much does RDS enlarge the storage by itself? `undefined`: never. */
  readonly maxAllocatedStorage: Size | undefined;
  /** How many IOPS beyond gp3's own? Only from 400 GiB on; `undefined`: gp3's own. */
  readonly iops: number | undefined;
  /** How much throughput (MiB/s) beyond gp3's own? Only from 400 GiB on; `undefined`: gp3's own. */
  readonly storageThroughput: number | undefined;
  /** Is there a standby in the second zone? `false`: one instance, in the first zone. */
  readonly multiAz: boolean;
  /** What is the first database called? */
  readonly databaseName: string;
  /** How is TLS asked for in DATABASE_URL? The server refuses clear text in any case (runbook, "TLS"). */
  readonly sslMode: 'require' | 'verify-ca' | 'verify-full';
  readonly backups: BackupConfig;
  /** When may RDS restart the database for maintenance, in UTC? At least 30 minutes, while the database runs. */
  readonly maintenanceWindow: `${Weekday}:${TimeOfDay}-${Weekday}:${TimeOfDay}`;
  /** Is the storage encrypted? Cannot be changed later without replacing the database. */
  readonly encryption: Safeguard;
  /** Does RDS refuse to delete the database? */
  readonly deletionProtection: Safeguard;
  /** Are Performance Insights kept, for 7 days, through Database Insights standard? */
  readonly performanceInsights: boolean;
}

/** The bucket for uploaded files (guide 4-1 to 4-3, 5.4). */
export interface FileStorageConfig {
  /** Do overwritten and deleted files stay as old versions? */
  readonly versioning: Safeguard;
  /** After how many days do old versions end? Without versioning there are none. */
  readonly noncurrentVersionExpiration: Duration;
  /** After how many days are files below `imports/` deleted? `undefined`: never. */
  readonly importExpiration: Duration | undefined;
  /** Which browser origins may use the bucket beside the application's own URL? */
  readonly extraCorsOrigins: readonly string[];
}

/** Both ECR repositories (guide 6-1, 12-5). */
export interface ImageRegistryConfig {
  /** Is a pushed tag fixed for ever? */
  readonly immutableTags: Safeguard;
  /** Are images scanned for known vulnerabilities when pushed? */
  readonly scanOnPush: Safeguard;
  /** How many of the newest tagged images are kept? The running one is kept beside them. */
  readonly keptImages: number;
  /** After how many days are images without a tag deleted? */
  readonly untaggedExpiration: Duration;
}

/** A Fargate size; AWS allows each CPU its own range of memory. */
export interface FargateSizeConfig {
  /** How many CPU units? 1024 are one vCPU. */
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096 | 8192 | 16384;
  /** How much memory? */
  readonly memory: Size;
}

/** A constant number of web tasks. */
export interface FixedTasksConfig {
  readonly mode: 'fixed';
  /** How many web tasks run? */
  readonly desiredCount: number;
}

/** A number of web tasks that follows the load. */
export interface ScaledTasksConfig {
  readonly mode: 'scaled';
  /** How many web tasks run at least? */
  readonly minCapacity: number;
  /** How many web tasks run at most? */
  readonly maxCapacity: number;
  /** Which average CPU utilization, in percent, does scaling aim at? */
  readonly targetCpuPercent: number;
}

/** ECS cluster, task definition and service (guide 7-1 to 7-3). */
export interface WebServiceConfig<Tasks = FixedTasksConfig | ScaledTasksConfig> {
  readonly size: FargateSizeConfig;
  readonly tasks: Tasks;
  /** Do tasks run in the first zone only (cheap, beside a database in one zone) or in all of them? */
  readonly zones: 'first' | 'all';
  /** Does the cluster report Container Insights? */
  readonly containerInsights: boolean;
  /** May a person open a shell in a running task (ECS Exec), and through it reach the database? */
  readonly executeCommand: boolean;
  /** How long may a new task take to start before its health checks count? */
  readonly healthCheckGracePeriod: Duration;
}

/** The public name of the application (guide 8-1, 10-1). */
export interface DomainConfig {
  /** Under which name do users reach the application? */
  readonly domainName: string;
  /** Which Route 53 public hosted zone holds the name? */
  readonly hostedZoneName: string;
  /** Which id has that zone (`Z…`, Route 53 console)? */
  readonly hostedZoneId: string;
  /** Which TLS policy? The guide's, or a stricter one. */
  readonly sslPolicy: SslPolicy;
}

/** The application load balancer (guide 2-1, 9-1, 9-2). */
export interface LoadBalancerConfig {
  /** Which ports does its security group admit from the internet? */
  readonly openPorts: readonly (80 | 443)[];
  /** How long may a task that is replaced finish its requests? */
  readonly deregistrationDelay: Duration;
  /** Name and certificate. `undefined`: plain HTTP on the load balancer's own DNS name. */
  readonly domain: DomainConfig | undefined;
}

/** CloudWatch alarms and the dashboard (guide 11-1). */
export interface AlarmsConfig {
  /** Who is told? The address gets one message to confirm first. */
  readonly email: string;
  /** Above which average CPU utilization of the web service, in percent? */
  readonly webCpuPercent: number;
  /** From how many 5xx answers in five minutes, counted for load balancer and application each? */
  readonly http5xxCount: number;
  /** Above which average CPU utilization of the database, in percent? */
  readonly databaseCpuPercent: number;
  /** Below how much free storage of the database? */
  readonly databaseFreeStorage: Size;
  /** Above how many connections to the database? PostgreSQL's limit follows the instance class. */
  readonly databaseConnections: number;
}

/** The import of users through AWS Batch (guide 12). */
export interface UserImportConfig {
  /** How many vCPU may all running jobs use together? */
  readonly maxvCpus: number;
  readonly size: FargateSizeConfig;
  /** After how long is a running job stopped? */
  readonly timeout: Duration;
}

/** When an environment runs (guide 5.2); outside these hours there is no database and no web task. */
export interface OfficeHoursConfig {
  /** When does the database start, in Japan's time? */
  readonly start: TimeOfDay;
  /** When do web tasks and then the database stop, in Japan's time? */
  readonly stop: TimeOfDay;
  /** On which days do they run? */
  readonly days: 'every-day' | 'weekdays';
  /** How long does the database take to be available, before the web tasks start? */
  readonly databaseStartup: Duration;
}

/** What all environments say. */
export interface CommonConfig {
  /** Which AWS account (12 digits)? Where set, other credentials cannot deploy; `undefined`: the credentials' own. */
  readonly account: string | undefined;
  /** Which region? */
  readonly region: string;
  /** Does CloudFormation refuse to delete the stack? */
  readonly terminationProtection: Safeguard;
  /** What becomes of database, files, images, secrets and logs when the stack is deleted? Off: they go with it. */
  readonly keepData: RemovalPolicy.RETAIN | RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE | SwitchedOff;
  /** How long are logs kept? */
  readonly logRetention: RetentionDays;
  readonly network: NetworkConfig;
  readonly database: DatabaseConfig;
  readonly fileStorage: FileStorageConfig;
  readonly imageRegistry: ImageRegistryConfig;
  readonly loadBalancer: LoadBalancerConfig;
  /** Who is told of trouble, and when? `undefined`: no alarms and no dashboard. */
  readonly alarms: AlarmsConfig | undefined;
  /** Can users be imported from CSV files? `undefined`: nothing of AWS Batch is made. */
  readonly userImport: UserImportConfig | undefined;
}

/** An environment that may stop at night. */
export interface FixedConfig extends CommonConfig {
  readonly webService: WebServiceConfig<FixedTasksConfig>;
  /** Is the environment stopped outside office hours? `undefined`: it always runs. */
  readonly officeHours: OfficeHoursConfig | undefined;
}

/** An environment that follows the load: scaling would start at once what office hours stop. */
export interface ScaledConfig extends CommonConfig {
  readonly webService: WebServiceConfig<ScaledTasksConfig>;
  readonly officeHours: undefined;
}

/**
 * Everything in which environments may differ. Every field is written in every environment, `undefined` included,
 * so that two environments can be read side by side.
 */
export type EnvironmentConfig = FixedConfig | ScaledConfig;

/** True where a safeguard is on. */
export function isOn(safeguard: Safeguard): boolean {
  return safeguard === 'on';
}

/** Why a safeguard is off; `undefined` where it is on. */
export function whyOff(safeguard: Safeguard | RemovalPolicy | Duration): string | undefined {
  return typeof safeguard === 'object' && 'off' in safeguard ? safeguard.off : undefined;
}

/** Turns `keepData` into the removal policy of everything that holds data. */
export function dataRemovalPolicy(keepData: EnvironmentConfig['keepData']): RemovalPolicy {
  return typeof keepData === 'object' ? RemovalPolicy.DESTROY : keepData;
}
