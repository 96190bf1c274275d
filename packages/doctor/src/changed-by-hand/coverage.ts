import { JOB_DEFINITION, JOB_QUEUE } from './batch';
import { BUCKET_POLICY } from './bucket-policy';
import type { AdditionReader, Comparison } from './comparison';
import { INLINE_POLICY, readAddedPolicies } from './iam';
import { readAddedHealthCheckPort, readAddedListenerRules, WEB_ACL_ASSOCIATION } from './load-balancer';
import { GATEWAY_ATTACHMENT, ROUTE, ROUTE_TABLE_ASSOCIATION } from './routes';
import { SCALABLE_TARGET, SCALING_POLICY } from './scaling';
import { SCHEDULE } from './schedule';
import { INGRESS_RULE, readAddedIngressRules } from './security-groups';
import { SUBSCRIPTION, TOPIC_POLICY } from './topics';
import { VPC_ENDPOINT } from './vpc-endpoint';

/**
 * Reader of the changes by hand of a type; docs/decisions/0018 has the reasons.
 * - `CloudFormation`: `DetectStackResourceDrift`, and the change set of `revert-drift`.
 * - `change set`: that change set alone, since `doctor` would read a secret's value by the comparison.
 * - `doctor`: a comparison of this package. People change these by hand, and CloudFormation does not compare them.
 * - `nothing`: CloudFormation is not known to compare them.
 */
type ComparedBy = 'CloudFormation' | 'change set' | 'doctor' | 'nothing';

/** Consequence of a reversal for web tasks, the database, users or data, beyond the value that is put back. */
export type Effect =
  | 'closesConnections'
  | 'deletesBackups'
  | 'deletesFiles'
  | 'deletesImages'
  | 'deletesLogLines'
  | 'interruptsDatabase'
  | 'movesRequests'
  | 'newAddress'
  | 'refusesRequests'
  | 'replacesTasks'
  | 'setsTaskCount'
  | 'signsUsersOut'
  | 'startsEmpty';

/** Values of a property before and after a reversal. */
interface ReversedValues {
  readonly actual: unknown;
  readonly expected: unknown;
}

/** Effect of putting back any of some properties. */
interface PropertyEffect {
  readonly properties: readonly string[];
  readonly effect: Effect;
  /** True for the values that have the effect; all have it unless given. */
  readonly applies?: (values: ReversedValues) => boolean;
}

/** Coverage of a resource type: the readers of its changes by hand, and what taking them back does. */
export interface Coverage {
  readonly comparedBy: ComparedBy;
  /** The comparison, of a type that `doctor` compares. */
  readonly comparison?: Comparison;
  /** Reads what CloudFormation overlooks: what was added by hand. */
  readonly additions?: AdditionReader;
  /** Effects of putting properties back; properties without one are put back unnoticed. */
  readonly reverting?: readonly PropertyEffect[];
  /** Effect of creating a deleted resource again. */
  readonly creating?: Effect;
}

const BY_CLOUDFORMATION: Coverage = { comparedBy: 'CloudFormation' };
const BY_NOTHING: Coverage = { comparedBy: 'nothing' };

/** Coverage of a type that CloudFormation compares, and of whose reversal there is something to say. */
function byCloudFormation(row: Pick<Coverage, 'additions' | 'reverting' | 'creating'>): Coverage {
  return { ...BY_CLOUDFORMATION, ...row };
}

function byDoctor(comparison: Comparison): Coverage {
  return { comparedBy: 'doctor', comparison };
}

function isLess({ actual, expected }: ReversedValues): boolean {
  return Number(expected) < Number(actual);
}

/** True if a log group, which keeps its lines for ever without a retention, keeps them for a shorter time. */
function isShorter({ actual, expected }: ReversedValues): boolean {
  if (expected === undefined) return false;
  return actual === undefined || isLess({ actual, expected });
}

/** True if automated backups are switched on or off, which suspends I/O for seconds to minutes. */
function switchesBackups({ actual, expected }: ReversedValues): boolean {
  return Number(actual) === 0 || Number(expected) === 0;
}

/** Coverage of each type that an environment has. */
export const COVERAGE: Readonly<Record<string, Coverage>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': byDoctor(SCALABLE_TARGET),
  'AWS::ApplicationAutoScaling::ScalingPolicy': byDoctor(SCALING_POLICY),
  'AWS::Backup::BackupPlan': BY_CLOUDFORMATION,
  'AWS::Backup::BackupSelection': BY_CLOUDFORMATION,
  'AWS::Backup::BackupVault': BY_CLOUDFORMATION,
  'AWS::Backup::RestoreTestingPlan': BY_CLOUDFORMATION,
  'AWS::Backup::RestoreTestingSelection': BY_CLOUDFORMATION,
  'AWS::Batch::ComputeEnvironment': BY_CLOUDFORMATION,
  'AWS::Batch::JobDefinition': byDoctor(JOB_DEFINITION),
  'AWS::Batch::JobQueue': byDoctor(JOB_QUEUE),
  'AWS::Budgets::Budget': BY_NOTHING,
  'AWS::CertificateManager::Certificate': BY_NOTHING,
  'AWS::Chatbot::SlackChannelConfiguration': BY_CLOUDFORMATION,
  'AWS::CloudFront::Distribution': BY_CLOUDFORMATION,
  'AWS::CloudFront::VpcOrigin': BY_NOTHING,
  'AWS::CloudWatch::Alarm': BY_CLOUDFORMATION,
  'AWS::CloudWatch::Dashboard': BY_CLOUDFORMATION,
  'AWS::EC2::InternetGateway': BY_CLOUDFORMATION,
  'AWS::EC2::Route': byDoctor(ROUTE),
  'AWS::EC2::RouteTable': BY_CLOUDFORMATION,
  'AWS::EC2::SecurityGroup': byCloudFormation({
    additions: readAddedIngressRules,
    reverting: [{ properties: ['SecurityGroupEgress', 'SecurityGroupIngress'], effect: 'closesConnections' }],
  }),
  'AWS::EC2::SecurityGroupIngress': byDoctor(INGRESS_RULE),
  'AWS::EC2::Subnet': BY_CLOUDFORMATION,
  'AWS::EC2::SubnetRouteTableAssociation': byDoctor(ROUTE_TABLE_ASSOCIATION),
  'AWS::EC2::VPC': BY_CLOUDFORMATION,
  'AWS::EC2::VPCEndpoint': byDoctor(VPC_ENDPOINT),
  'AWS::EC2::VPCGatewayAttachment': byDoctor(GATEWAY_ATTACHMENT),
  'AWS::ECR::Repository': byCloudFormation({
    reverting: [{ properties: ['LifecyclePolicy'], effect: 'deletesImages' }],
    creating: 'startsEmpty',
  }),
  'AWS::ECS::Cluster': BY_CLOUDFORMATION,
  'AWS::ECS::Service': byCloudFormation({
    reverting: [
      { properties: ['DesiredCount'], effect: 'setsTaskCount' },
      // "This parameter triggers a new service deployment" (API reference, UpdateService).
      {
        properties: ['LoadBalancers', 'NetworkConfiguration', 'PlatformVersion', 'TaskDefinition'],
        effect: 'replacesTasks',
      },
    ],
    creating: 'replacesTasks',
  }),
  'AWS::ECS::TaskDefinition': byCloudFormation({ creating: 'replacesTasks' }),
  'AWS::ElasticLoadBalancingV2::Listener': byCloudFormation({
    additions: readAddedListenerRules,
    reverting: [
      { properties: ['Certificates', 'DefaultActions', 'Port', 'Protocol', 'SslPolicy'], effect: 'movesRequests' },
    ],
  }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': byCloudFormation({
    reverting: [{ properties: ['SecurityGroups', 'Subnets'], effect: 'closesConnections' }],
    creating: 'newAddress',
  }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': byCloudFormation({
    additions: readAddedHealthCheckPort,
    creating: 'replacesTasks',
  }),
  'AWS::Events::Rule': BY_CLOUDFORMATION,
  'AWS::IAM::ManagedPolicy': BY_CLOUDFORMATION,
  'AWS::IAM::Policy': byDoctor(INLINE_POLICY),
  'AWS::IAM::Role': byCloudFormation({ additions: readAddedPolicies }),
  'AWS::Lambda::Function': BY_CLOUDFORMATION,
  'AWS::Logs::LogGroup': byCloudFormation({
    reverting: [{ properties: ['RetentionInDays'], effect: 'deletesLogLines', applies: isShorter }],
    creating: 'startsEmpty',
  }),
  'AWS::RDS::DBInstance': byCloudFormation({
    reverting: [
      // RDS user guide, "Settings for DB instances": CloudFormation applies them at once.
      {
        properties: ['CACertificateIdentifier', 'DBInstanceClass', 'EngineVersion', 'Port', 'StorageType'],
        effect: 'interruptsDatabase',
      },
      { properties: ['BackupRetentionPeriod'], effect: 'interruptsDatabase', applies: switchesBackups },
      { properties: ['BackupRetentionPeriod'], effect: 'deletesBackups', applies: isLess },
      { properties: ['PubliclyAccessible', 'VPCSecurityGroups'], effect: 'closesConnections' },
    ],
  }),
  'AWS::RDS::DBSubnetGroup': BY_NOTHING,
  'AWS::Route53::RecordSet': BY_NOTHING,
  'AWS::S3::Bucket': byCloudFormation({
    reverting: [
      { properties: ['LifecycleConfiguration'], effect: 'deletesFiles' },
      { properties: ['CorsConfiguration', 'PublicAccessBlockConfiguration'], effect: 'refusesRequests' },
    ],
    creating: 'startsEmpty',
  }),
  'AWS::S3::BucketPolicy': byDoctor(BUCKET_POLICY),
  'AWS::SNS::Subscription': byDoctor(SUBSCRIPTION),
  'AWS::SNS::Topic': BY_CLOUDFORMATION,
  'AWS::SNS::TopicPolicy': byDoctor(TOPIC_POLICY),
  'AWS::Scheduler::Schedule': byDoctor(SCHEDULE),
  'AWS::SecretsManager::Secret': { comparedBy: 'change set' },
  'AWS::SecretsManager::SecretTargetAttachment': BY_NOTHING,
  'AWS::WAFv2::LoggingConfiguration': BY_NOTHING,
  'AWS::WAFv2::WebACL': byCloudFormation({
    reverting: [{ properties: ['Rules'], effect: 'refusesRequests' }],
  }),
  'AWS::WAFv2::WebACLAssociation': byDoctor(WEB_ACL_ASSOCIATION),
};

/** Coverage of a type. CloudFormation is asked to compare one without a row, such as one that a team has added. */
export function coverageOf(type: string): Coverage {
  const row = COVERAGE[type];
  if (row) return row;
  // The second one is the CDK's telemetry, and nothing in AWS.
  return /^(?:Custom::|AWS::CDK::Metadata$)/.test(type) ? BY_NOTHING : BY_CLOUDFORMATION;
}

/** True if `doctor` and `drift` ask CloudFormation to compare the resources of a type. */
export function isComparedByCloudFormation(type: string): boolean {
  return coverageOf(type).comparedBy === 'CloudFormation';
}

/**
 * True if `revert-drift` takes changes of a type back, as its change set compares it. Those that `doctor` compares have a
 * command of their service; the others need a person.
 */
export function isHealedByRevertDrift(type: string): boolean {
  const { comparedBy } = coverageOf(type);
  return comparedBy === 'CloudFormation' || comparedBy === 'change set';
}
