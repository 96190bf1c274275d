import { stable } from '@infra/common/values';
import { strength } from './data';
import type { Level } from './model';

type Test = (before: unknown, after: unknown) => boolean;
/** A kind of change whose meaning is known: where it is harmless, where it is not, and what happens then. */
type Direction = readonly [type: RegExp, path: RegExp, harmless: Test, worse?: Test, level?: Level, says?: string];

const number = (value: unknown): number => (/^\d+(\.\d+)?$/.test(String(value)) ? Number(value) : NaN);
const more: Test = (before, after) => number(after) > number(before);
const less: Test = (before, after) => more(after, before);
const isOn = (value: unknown): boolean => /^(true|Enabled|IMMUTABLE|enabled|enhanced)$/.test(String(value));
const on: Test = (_, after) => isOn(after);
/** Off as it was: what is not set is off. */
const stillOff: Test = (before, after) => [before, after].every((each) => /^(undefined|false)$/.test(String(each)));
const off: Test = (before, after) => isOn(before) && !isOn(after);
const added: Test = (before, after) => before === undefined && after !== undefined;
const there: Test = (_, after) => after !== undefined;
/** A size, before and after: nothing is lost by either way. */
const sized: Test = (before, after) => number(before ?? after) > 0 && number(after) > 0;
const always: Test = () => true;
const never: Test = () => false;
/** A policy for the day that a resource goes. */
const keepsLess: Test = (before, after) => strength(after) < strength(before);
/** Where nothing is set, this is. */
const unset =
  (value: number, test: Test): Test =>
  (before, after) =>
    test(before ?? value, after ?? value);

/** The hash of an asset with its name: what is in it was reviewed as code. */
const hash: Test = (before, after) => {
  const [old = '', now] = [before, after].map((each) => String(each).replace(/[0-9a-f]{64}/, '#'));
  return old === now && old.includes('#');
};
const older: Test = (before, after) => {
  const [old, now] = [String(before).split('.').map(Number), String(after).split('.').map(Number)];
  const at = old.findIndex((part, index) => part !== (now[index] ?? part));
  return at >= 0 && Number(now[at]) < Number(old[at]);
};

const DATABASE = /^AWS::RDS::DB(Instance|Cluster)$/;
const BUCKET = /^AWS::S3::Bucket$/;
const REGISTRY = /^AWS::ECR::Repository$/;

/** All of what is folded away is here, beside what is dangerous the other way round. What is not here is shown. */
// prettier-ignore
export const DIRECTIONS: readonly Direction[] = [
  [/./, /^(DeletionProtection|MultiAZ|EnablePerformanceInsights|EnableExecuteCommand)$/, stillOff],
  [DATABASE, /^DeletionProtection$/, on, off, 'risk', 'Its deletion protection is switched off.'],
  [DATABASE, /^BackupRetentionPeriod$/, unset(1, more), (_, after) => number(after) === 0, 'risk', 'Its automated backups are switched off, and those that there are get deleted.'],
  [DATABASE, /^BackupRetentionPeriod$/, never, unset(1, (before, after) => less(before, after) && number(after) > 0), 'weaker', 'Its backups reach back less far.'],
  [DATABASE, /^PubliclyAccessible$/, off, on, 'weaker', 'It gets an address on the internet.'],
  [DATABASE, /^MultiAZ$/, on, off, 'weaker', 'It no longer survives the loss of its zone.'],
  [DATABASE, /^AvailabilityZone$/, never, added, 'risk', 'RDS refuses to give it a zone: the deployment would fail.'],
  [DATABASE, /^AllocatedStorage$/, more, less, 'risk', 'RDS refuses to make storage smaller: the deployment would fail.'],
  [DATABASE, /^MaxAllocatedStorage$/, more],
  [DATABASE, /^(EnablePerformanceInsights|CopyTagsToSnapshot)$/, on],
  [DATABASE, /^PerformanceInsightsRetentionPeriod$/, more],
  [DATABASE, /^EngineVersion$/, never, older, 'risk', 'There is no way back to an older engine: the deployment would fail.'],
  [DATABASE, /^EngineVersion$/, never, always, 'weaker', 'The engine changes: the database is away meanwhile, and there is no way back but a snapshot.'],
  [/^AWS::Logs::LogGroup$/, /^RetentionInDays$/, unset(Infinity, (before, after) => Number(after) > Number(before)), unset(Infinity, (before, after) => !(Number(after) >= Number(before))), 'weaker', 'Log events older than the new retention are deleted.'],
  [BUCKET, /^VersioningConfiguration\.Status$/, on, off, 'weaker', 'It no longer keeps earlier versions of what is overwritten or deleted.'],
  [BUCKET, /^PublicAccessBlockConfiguration\.\w+$/, on, off, 'weaker', 'Less of what would make it public is blocked.'],
  [BUCKET, /^LifecycleConfiguration\.Rules\[[^\]]*\]\.(ExpirationInDays|Noncurrent\w+\.?\w*Days)$/, more],
  [BUCKET, /^LifecycleConfiguration\.Rules\[[^\]]*\]\.AbortIncompleteMultipartUpload\b/, always],
  [REGISTRY, /^LifecyclePolicy\.LifecyclePolicyText\.rules\[[^\]]*\]\.selection\.countNumber$/, more],
  [REGISTRY, /^LifecyclePolicy\.LifecyclePolicyText\.rules\[[^\]]*\]\.description$/, always],
  [REGISTRY, /^EmptyOnDelete$/, off, on, 'weaker', 'Images no longer keep it from being deleted.'],
  [REGISTRY, /^ImageScanningConfiguration\.ScanOnPush$/, on, off, 'weaker', 'Its images are no longer scanned.'],
  [REGISTRY, /^ImageTagMutability$/, on, off, 'weaker', 'Its tags may be moved to other images.'],
  [/^AWS::SecretsManager::Secret$/, /^(GenerateSecretString\b|SecretString$)/, never, always, 'weaker', 'Its value is made anew: what still uses the old one, such as a database password, no longer fits.'],
  [/^AWS::ElasticLoadBalancingV2::LoadBalancer$/, /^LoadBalancerAttributes\[deletion_protection\.enabled\]/, on, off, 'weaker', 'Its deletion protection is switched off.'],
  [/^AWS::ECS::TaskDefinition$/, /^(ContainerDefinitions\[[^\]]*\]\.)?(Cpu|Memory|MemoryReservation)$/, sized],
  [/^AWS::Batch::JobDefinition$/, /^ContainerProperties\.ResourceRequirements\[(VCPU|MEMORY)\]\.Value$/, sized],
  [/^AWS::Batch::JobDefinition$/, /^Timeout\.AttemptDurationSeconds$/, more],
  [/^AWS::Batch::ComputeEnvironment$/, /^ComputeResources\.MaxvCpus$/, more],
  [/^AWS::Lambda::Function$/, /^MemorySize$/, sized],
  [/^AWS::Lambda::Function$/, /^Timeout$/, more],
  [/^AWS::Lambda::Function$/, /^Code\.S3Key$/, hash],
  [/^AWS::ECS::Service$/, /^DesiredCount$/, more],
  [/^AWS::ECS::Service$/, /^EnableExecuteCommand$/, off, on, 'weaker', 'Whoever may use ECS Exec gets a shell in its tasks.'],
  [/^AWS::ECS::Cluster$/, /^ClusterSettings\[containerInsights\]\.Value$/, on],
  [/^AWS::CloudWatch::Alarm$/, /^ActionsEnabled$/, (_, after) => isOn(after ?? true)],
  [/^AWS::ApplicationAutoScaling::ScalableTarget$/, /^M(in|ax)Capacity$/, more],
  [/^AWS::IAM::/, /^PermissionsBoundary$/, never, (before) => before !== undefined, 'weaker', 'Another boundary, or none, limits what it may do.'],
  [/^AWS::CloudWatch::Dashboard$/, /^DashboardBody\b/, always],
  [/^AWS::(?!CloudFormation::|CDK::)/, /^(Description|AlarmDescription)$/, always],
  [/^AWS::EC2::SecurityGroup$/, /^SecurityGroup(In|E)gress\[[^\]]*\]\.Description$/, always],
  [/^AWS::CDK::Metadata$/, /./, always],
  [/^attribute/, /^Metadata\.(aws:cdk:|aws:asset:|cdk_nag|cfn-lint|guard)/, always],
  [/^attribute/, /^DependsOn\b/, added],
  [/^attribute/, /^DependsOn$/, (before, after) => stable([before].flat()) === stable([after].flat())],
  [/^attribute/, /^(Deletion|UpdateReplace)Policy$/, (before, after) => !keepsLess(before, after)],
  [/^attribute of data$/, /^DeletionPolicy$/, never, keepsLess, 'risk', 'It is kept less well on the day that it is removed from the stack.'],
  [/^attribute of data$/, /^UpdateReplacePolicy$/, never, keepsLess, 'risk', 'It is kept less well on the day that it is replaced.'],
  [/^AWS::|^Custom::/, /^Tags(\.|\[)(?!aws-cdk:)/, there],
  [/^manifest$/, /^(minimumCliVersion|runtime|artifacts\.(Tree|aws-cdk-lib\/feature-flag-report))\b/, always],
  [/^stack/, /^terminationProtection$/, on, off, 'risk', 'Its termination protection is switched off: one command may delete it.'],
  [/^stack/, /^environment$/, never, always, 'risk', 'It moves to another account or region: a deployment makes everything anew there, without data, and leaves the old stack behind.'],
  [/^stack/, /^tags\./, there],
  [/^stack with Batch$/, /^tags\b/, never, always, 'risk', "CloudFormation passes a stack's tags on to its resources, and AWS Batch replaces a compute environment or a queue for any tag: a named one cannot be replaced, and the deployment would fail."],
  [/^stack/, /^(templateFile|displayName|additionalMetadataFile|metadata)\b/, always],
  [/^stack/, /^stackTemplateAssetObjectUrl$|^assets\b/, hash],
  [/^stack/, /RoleArn$|^(lookupRole|assumeRole|cloudFormationExecutionRole)/, never, always, 'weaker', 'Another role deploys it: see what that may do.'],
  [/^template$/, /^Description$/, always],
  [/^Mappings$/, /./, added],
  [/^Conditions$/, /^CDKMetadataAvailable\b/, always],
  [/^Outputs$/, /^[^.[]+\.Description$/, always],
  [/^Parameters$/, /^[^.[]+\.(Constraint)?Description$/, always],
  [/^Parameters$/, /^[^.[]+\.Default$/, never, always, 'look', 'A stack that is there keeps the value that it has.'],
];

/** What may come without a look: it does nothing by itself, or what it does is told as an outcome. */
export const HARMLESS_NEW =
  /^(AWS::(Logs::LogGroup|CloudWatch::(Alarm|Dashboard)|CDK::Metadata|IAM::(Role|\w*Policy)|EC2::SecurityGroup(Ingress|Egress))|Outputs|Parameters|Conditions|Mappings)$/;
/** And what may go. */
export const HARMLESS_GONE =
  /^(AWS::(CDK::Metadata|CloudWatch::Dashboard|IAM::\w*Policy|EC2::SecurityGroup(Ingress|Egress))|Conditions)$/;

/** Lists that are sets: AWS reads no order from them, and an empty one is none. */
export const SETS =
  /(^|[.\]])(Tags|DependsOn|Environment|Secrets|SecurityGroup(Ingress|Egress|s|Ids)|VPCSecurityGroups|Subnets|SubnetIds|RouteTableIds|ManagedPolicyArns|Policies|Roles|(Alarm|OK|InsufficientData)Actions|Dimensions|\w+Attributes|ResourceRequirements|LifecyclePolicyText\.rules|LifecycleConfiguration\.Rules|(Allowed|Exposed)(Methods|Origins|Headers))$|^EventPattern\./;
