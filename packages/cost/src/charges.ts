import { type NamedResource, referencedIds, type Resources } from '@infra/common/template';
import { isTrue, objectsOf, valueAtPath } from '@infra/common/values';
import type { CostPart } from './parts';
import { exactly, multiplyRange, type Range } from './range';
import { HOURS_PER_MONTH, runningHours } from './running-hours';
import type { Usage } from './usage';

/** A usage that AWS charges. */
export interface Charge {
  readonly part: CostPart;
  /** Usage type on AWS's bill, without the region's code. */
  readonly usageType: string;
  /** Units in a month: NaN if the template's property is no number, `undefined` if nothing says how many. */
  readonly quantity: Range | undefined;
  /** True if the quantity is that of usage.ts, since no template has it. */
  readonly isAssumed: boolean;
}

/** The charges of a resource depend on these, besides its own properties. */
interface Surroundings {
  /** Resources of the whole template, in which conditions and functions have been resolved. */
  readonly resources: Resources;
  /** Usage that is assumed for the environment; `undefined` if none is. */
  readonly usage: Usage | undefined;
}

type Pricer = (resource: NamedResource, surroundings: Surroundings) => Iterable<Charge>;

/** Rules for the charges of a resource, by its type. Usage types are those of AWS's price list. */
export const PRICERS: ReadonlyMap<string, Pricer> = new Map(
  Object.entries<Pricer>({
    'AWS::ApplicationAutoScaling::ScalingPolicy': priceScalingPolicy,
    'AWS::Backup::BackupVault': () => [unmeasured('RDS', 'RDS:ChargedBackupUsage')],
    'AWS::Backup::RestoreTestingSelection': priceRestoreTest,
    'AWS::Batch::JobDefinition': priceImportJobs,
    'AWS::CloudFront::Distribution': (_, { usage }) => [
      assumed('CloudFront', 'JP-DataTransfer-Out-Bytes', usage?.dataOut.toGibibytes()),
      unmeasured('CloudFront', 'JP-Requests-Tier2-HTTPS'),
    ],
    'AWS::CloudWatch::Alarm': priceAlarm,
    'AWS::CloudWatch::Dashboard': () => [charge('Alarms, dashboard', 'DashboardsUsageHour-Basic', 1)],
    'AWS::EC2::EIP': () => [charge('Public IPv4', PUBLIC_IPV4, HOURS_PER_MONTH)],
    'AWS::EC2::NatGateway': () => [
      charge('NAT gateway', 'NatGateway-Hours', HOURS_PER_MONTH),
      unmeasured('NAT gateway', 'NatGateway-Bytes'),
    ],
    'AWS::EC2::VPCEndpoint': priceEndpoint,
    'AWS::ECR::Repository': (_, { usage }) => [assumed('ECR', STORAGE, usage?.images.toGibibytes())],
    'AWS::ECS::Cluster': listContainerInsights,
    'AWS::ECS::Service': priceService,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': priceLoadBalancer,
    'AWS::KMS::Key': () => [charge('KMS', 'KMS-Keys', 1), unmeasured('KMS', 'KMS-Requests')],
    'AWS::Logs::LogGroup': priceLogGroup,
    'AWS::RDS::DBInstance': priceDatabase,
    'AWS::Route53::HostedZone': () => [charge('Route 53', 'HostedZone', 1)],
    'AWS::Route53::RecordSet': priceRecord,
    'AWS::S3::Bucket': (_, { usage }) => [assumed('S3', STORAGE, usage?.files.toGibibytes())],
    'AWS::SecretsManager::Secret': () => [charge('Secrets', 'AWSSecretsManager-Secrets', 1)],
    'AWS::WAFv2::WebACL': priceWebAcl,
  }),
);

const PUBLIC_IPV4 = 'PublicIPv4:InUseAddress';
/** Storage of S3, ECR and CloudWatch Logs. */
const STORAGE = 'TimedStorage-ByteHrs';
const ALARM = 'CW:AlarmMonitorUsage';

/** CPU units, by which ECS counts, in one vCPU. */
const CPU_UNITS_PER_VCPU = 1024;
const MIB_PER_GIB = 1024;

/** Instance classes such as db.t4g.micro: their CPU has a baseline, and AWS charges for more than that. */
const BURSTABLE_CLASS = /^db\.t\d/;

/** RDS stripes a gp3 volume of this size, or a larger one, over four volumes, whose baseline is higher. */
const STRIPED_FROM_GIB = 400;

/** Days for which CloudFormation keeps backups unless a template says otherwise. */
const DEFAULT_BACKUP_DAYS = 1;

/** Days of a month for stored logs. */
const DAYS_PER_MONTH = 30;

/** Alarms that Application Auto Scaling creates for each policy: one for more load, one for less. */
const ALARMS_PER_TARGET_TRACKING_POLICY = 2;

/** A usage whose quantity is in the template. */
function charge(part: CostPart, usageType: string, quantity: number | Range): Charge {
  const range = typeof quantity === 'number' ? exactly(quantity) : quantity;
  return { part, usageType, quantity: range, isAssumed: false };
}

/** A usage whose quantity is assumed; `undefined` if no usage is assumed for the environment. */
function assumed(part: CostPart, usageType: string, quantity: number | undefined): Charge {
  return { part, usageType, quantity: quantity === undefined ? undefined : exactly(quantity), isAssumed: true };
}

/** A usage whose quantity is neither in the template nor assumed. */
function unmeasured(part: CostPart, usageType: string): Charge {
  return { part, usageType, quantity: undefined, isAssumed: false };
}

function* priceDatabase(database: NamedResource, { resources }: Surroundings): Iterable<Charge> {
  const { BackupRetentionPeriod = DEFAULT_BACKUP_DAYS, DBInstanceClass, Engine, MultiAZ } = database.properties;
  const instanceClass = String(DBInstanceClass);
  const start = isTrue(MultiAZ) ? 'Multi-AZUsage' : 'InstanceUsage';
  // AWS has the same usage types for each engine, with other prices: prices.json has those of PostgreSQL.
  const end = Engine === 'postgres' ? '' : ` (${String(Engine)})`;
  yield charge('RDS', `${start}:${instanceClass}${end}`, runningHours(database, resources));
  yield* priceDatabaseStorage(database);
  if (Number(BackupRetentionPeriod) > 0) yield unmeasured('RDS', 'RDS:ChargedBackupUsage');
  if (BURSTABLE_CLASS.test(instanceClass)) yield unmeasured('RDS', 'CPUCredits');
}

/** Storage, and the IOPS and the throughput that do not come with it. */
function* priceDatabaseStorage({ properties }: NamedResource): Iterable<Charge> {
  const { AllocatedStorage, Iops = 0, MultiAZ, StorageThroughput = 0, StorageType = 'gp2' } = properties;
  const zones = isTrue(MultiAZ) ? 'Multi-AZ-' : '';
  const usageType = `RDS:${zones}${String(StorageType).toUpperCase()}`;
  const size = Number(AllocatedStorage);
  yield charge('RDS', `${usageType}-Storage`, size);

  const included = size >= STRIPED_FROM_GIB ? { iops: 12_000, throughput: 500 } : { iops: 3_000, throughput: 125 };
  const excessIops = Number(Iops) - included.iops;
  const excessThroughput = Number(StorageThroughput) - included.throughput;
  if (excessIops > 0) yield charge('RDS', `${usageType}-PIOPS`, excessIops);
  if (excessThroughput > 0) yield charge('RDS', `${usageType}-Throughput`, excessThroughput);
}

/** A test a month: its copy runs until it is deleted. The fee of AWS Backup for a test is in no source (prices.json). */
function* priceRestoreTest({ properties }: NamedResource): Iterable<Charge> {
  const instanceClass = String(valueAtPath(properties, 'RestoreMetadataOverrides', 'dbInstanceClass'));
  yield charge('RDS', `InstanceUsage:${instanceClass}`, Number(properties.ValidationWindowHours));
  yield unmeasured('Backup', 'restore test');
}

function* priceService(service: NamedResource, { resources }: Surroundings): Iterable<Charge> {
  const { LaunchType, NetworkConfiguration, TaskDefinition } = service.properties;
  const ids = referencedIds(TaskDefinition);
  const { Cpu, Memory, RuntimePlatform } = resources.all.find(({ id }) => ids.includes(id))?.properties ?? {};
  const tasks = LaunchType === 'FARGATE' ? numberOfTasks(service, resources) : exactly(NaN);
  const hours = multiplyRange(tasks, runningHours(service, resources));
  const usageTypes = fargateUsageTypes(RuntimePlatform);
  yield charge('Fargate', usageTypes.vcpu, multiplyRange(hours, Number(Cpu) / CPU_UNITS_PER_VCPU));
  yield charge('Fargate', usageTypes.memory, multiplyRange(hours, Number(Memory) / MIB_PER_GIB));

  const network = valueAtPath(NetworkConfiguration, 'AwsvpcConfiguration');
  if (valueAtPath(network, 'AssignPublicIp') === 'ENABLED') yield charge('Public IPv4', PUBLIC_IPV4, hours);
  const subnets = referencedIds(valueAtPath(network, 'Subnets'));
  if (subnets.length > 1) yield unmeasured('Transfer', 'DataTransfer-Regional-Bytes');
}

/**
 * Number of tasks that a service may run: the bounds of its automatic scaling, or its desired count without scaling; NaN
 * if it is no number.
 */
function numberOfTasks({ id, properties }: NamedResource, resources: Resources): Range {
  const scalableTargets = resources.ofType('AWS::ApplicationAutoScaling::ScalableTarget');
  const target = scalableTargets.find(({ properties: { ResourceId } }) => referencedIds(ResourceId).includes(id));
  const { DesiredCount = 1 } = properties;
  const { MinCapacity, MaxCapacity } = target?.properties ?? { MinCapacity: DesiredCount, MaxCapacity: DesiredCount };
  return { from: Number(MinCapacity), to: Number(MaxCapacity) };
}

function fargateUsageTypes(platform: unknown): { readonly vcpu: string; readonly memory: string } {
  const isArm = valueAtPath(platform, 'CpuArchitecture') === 'ARM64';
  const processor = isArm ? 'Fargate-ARM' : 'Fargate';
  return { vcpu: `${processor}-vCPU-Hours:perCPU`, memory: `${processor}-GB-Hours` };
}

/** Import jobs, which AWS Batch runs on Fargate. */
function* priceImportJobs({ properties }: NamedResource, { usage }: Surroundings): Iterable<Charge> {
  const container = valueAtPath(properties, 'ContainerProperties');
  const requirements = objectsOf(valueAtPath(container, 'ResourceRequirements'));
  const requirement = (type: string) => Number(requirements.find(({ Type }) => Type === type)?.Value);
  const hours = usage && usage.imports.toMinutes() / 60;
  const usageTypes = fargateUsageTypes(valueAtPath(container, 'RuntimePlatform'));
  yield assumed('Batch', usageTypes.vcpu, hours && hours * requirement('VCPU'));
  yield assumed('Batch', usageTypes.memory, hours && (hours * requirement('MEMORY')) / MIB_PER_GIB);
  if (valueAtPath(container, 'NetworkConfiguration', 'AssignPublicIp') === 'ENABLED') {
    yield assumed('Public IPv4', PUBLIC_IPV4, hours);
  }
}

function* priceLoadBalancer({ properties }: NamedResource, { usage }: Surroundings): Iterable<Charge> {
  const { Scheme, Subnets, Type = 'application' } = properties;
  // AWS has the same usage types for network load balancers, with other prices.
  const type = Type === 'application' ? '' : ` (${String(Type)})`;
  yield charge('Load balancer', `LoadBalancerUsage${type}`, HOURS_PER_MONTH);
  yield assumed('Load balancer', `LCUUsage${type}`, usage && usage.loadBalancerUnits * HOURS_PER_MONTH);
  if (Scheme === 'internet-facing') {
    // One address in each subnet.
    const addresses = Array.isArray(Subnets) ? Subnets.length : NaN;
    yield charge('Public IPv4', PUBLIC_IPV4, addresses * HOURS_PER_MONTH);
    yield assumed('Transfer', 'DataTransfer-Out-Bytes', usage?.dataOut.toGibibytes());
  }
}

/** Gateway endpoints, which exist for S3 and DynamoDB, are free. */
function* priceEndpoint({ properties }: NamedResource): Iterable<Charge> {
  const { SubnetIds, VpcEndpointType = 'Gateway' } = properties;
  if (VpcEndpointType === 'Gateway') return;
  const zones = Array.isArray(SubnetIds) ? SubnetIds.length : NaN;
  yield charge('VPC endpoints', 'VpcEndpoint-Hours', zones * HOURS_PER_MONTH);
  yield unmeasured('VPC endpoints', 'VpcEndpoint-Bytes');
}

/** A group without a retention keeps its logs for ever, so that no month costs what the next one does. */
function* priceLogGroup({ properties }: NamedResource, { usage }: Surroundings): Iterable<Charge> {
  const { RetentionInDays } = properties;
  const gigabytes = usage?.logs.toGibibytes();
  yield assumed('Logs', 'DataProcessing-Bytes', gigabytes);
  const months = RetentionInDays === undefined ? undefined : Number(RetentionInDays) / DAYS_PER_MONTH;
  yield assumed('Logs', STORAGE, gigabytes && months && gigabytes * months);
}

/** An alarm costs by its metrics: those of its expression, or the one that it names directly. */
function priceAlarm({ properties }: NamedResource): Iterable<Charge> {
  const metrics = objectsOf(properties.Metrics).filter(({ MetricStat }) => MetricStat !== undefined);
  return [charge('Alarms, dashboard', ALARM, Math.max(metrics.length, 1))];
}

function* priceScalingPolicy({ properties }: NamedResource): Iterable<Charge> {
  if (properties.PolicyType !== 'TargetTrackingScaling') return;
  yield charge('Alarms, dashboard', ALARM, ALARMS_PER_TARGET_TRACKING_POLICY);
}

/** AWS records metrics for Container Insights, and more of them with each task: some USD 10 a month for a service. */
function* listContainerInsights({ properties }: NamedResource): Iterable<Charge> {
  const settings = objectsOf(properties.ClusterSettings);
  const insights = settings.find(({ Name }) => Name === 'containerInsights')?.Value ?? 'disabled';
  if (insights !== 'disabled') yield unmeasured('Alarms, dashboard', 'CW:MetricMonitorUsage (Container Insights)');
}

/** The hosted zone in which records are, which exists already, is paid for once. */
function* priceRecord(record: NamedResource, { resources }: Surroundings): Iterable<Charge> {
  const zone = zoneOf(record);
  const records = resources.ofType(record.type);
  const firstRecord = records.find((candidate) => zoneOf(candidate) === zone);
  if (firstRecord === record) yield charge('Route 53', 'HostedZone', 1);
}

/** A text that identifies the hosted zone of a record. */
function zoneOf({ properties }: NamedResource): string {
  return JSON.stringify(properties.HostedZoneId ?? properties.HostedZoneName);
}

/** A managed group counts as one rule. */
function* priceWebAcl({ properties: { Rules = [] } }: NamedResource): Iterable<Charge> {
  yield charge('Firewall', 'WebACLV2', 1);
  yield charge('Firewall', 'RuleV2', Array.isArray(Rules) ? Rules.length : NaN);
  yield unmeasured('Firewall', 'RequestV2-Tier1');
}
