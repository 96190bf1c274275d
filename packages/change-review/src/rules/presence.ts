import { wordsOf } from '../messages';
import type { Presence } from '../model/entry';
import type { Effect } from '../model/finding';
import { IAM_POLICY } from '../read/iam-types';
import { type LeveledMessage, messageOf } from './rule';
import { DELETING_CALL } from './running';

/** Key of an alarm that does more than notify: it may be added only with a look at its actions. */
export const ALARM_WITH_ACTIONS = 'AWS::CloudWatch::Alarm that acts';

/** Policies whose rights are compared on both sides, whichever resource holds them. */
const REPORTED_AS_RIGHTS = /^AWS::(Lambda::Permission|SQS::QueuePolicy|SNS::TopicPolicy|S3::BucketPolicy)$/;

/** Types and sections that may be removed without a look: rights and network paths report what they allowed. */
const HARMLESS_IF_REMOVED: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'Conditions',
  // The values that readers get instead are reported.
  'Mappings',
  // The readers of a parameter decide how urgent its removal is.
  'Parameters',
]);

/** Types and sections that may be added without a look: they do nothing alone, or rights and network paths report them. */
const HARMLESS_IF_ADDED: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'Conditions',
  'Mappings',
  'Outputs',
  'Parameters',
]);

/** Names of types that do nothing alone. What they are used for is reported where they are used. */
const PASSIVE_NAMES = [
  '\\w*Bucket',
  '\\w*CachePolicy',
  '\\w*LayerVersion',
  '\\w*LaunchConfiguration',
  '\\w*LaunchTemplate',
  '\\w*OptionGroup',
  '\\w*ParameterGroup',
  '\\w*Queue',
  '\\w*Repository',
  '\\w*RequestValidator',
  '\\w*SecurityGroup',
  '\\w*SubnetGroup',
  '\\w*Table',
  '\\w*TargetGroup',
  'Alias',
  'AppSync::DataSource',
  'ApiGateway(V2)?::Deployment',
  'ECS::Cluster',
  'ConfigurationSet',
  'EventBus',
  'Index',
  'Key',
  'Kinesis::Stream',
  'Lambda::Version',
  'Logs::QueryDefinition',
  'OriginAccessControl',
  'Parameter',
  'RestApi|ApiGateway::(Model|Resource)',
  'Secret',
  'Subnet',
  'Topic',
  'VPC',
];
const PASSIVE = new RegExp(`^AWS::(\\w+::)?(${PASSIVE_NAMES.join('|')})$`);

const CUSTOM_RESOURCE = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

const EMPTY_TEXT = '""';

/** Message on a resource, or another entry of a template, that is added or removed. */
interface PresenceRule extends LeveledMessage {
  readonly type: RegExp;
  /** Properties that the message names, by its places: `Target.Arn`. */
  readonly values?: Readonly<Record<string, string>>;
  /** Properties that must be set. */
  readonly required?: readonly string[];
  /** Property whose value the rule is for. */
  readonly onlyIf?: { readonly property: string; readonly value: RegExp };
  /** Property by whose value the resource was off, and did nothing. */
  readonly switchedOffBy?: { readonly property: string; readonly value: string };
}

/** Types that have an address of their own. */
const ADDRESS =
  /^AWS::(ApiGatewayV2::Api|AppSync::GraphQLApi|CloudFront::Distribution|ElasticLoadBalancing(V2)?::LoadBalancer|\w+::DomainName)$/;

/** Types that answer certain requests, and the property that says which. */
const REQUESTS: readonly Required<Pick<PresenceRule, 'type' | 'values'>>[] = [
  { type: /^AWS::AppSync::Resolver$/, values: { now: 'FieldName' } },
  { type: /^AWS::ApiGateway::Method$/, values: { now: 'HttpMethod' } },
  { type: /^AWS::ApiGatewayV2::Route$/, values: { now: 'RouteKey' } },
  { type: /^AWS::ApiGateway(V2)?::(BasePath|Api)Mapping$/, values: { now: 'DomainName' } },
  { type: /^AWS::ElasticLoadBalancingV2::ListenerRule$/, values: { now: 'Conditions' } },
];

/** Policies that change the capacity of others. */
const SCALING_POLICY = /^AWS::(Application)?AutoScaling::ScalingPolicy$/;

/** Rules on what is added. The first one of a type applies. */
export const ADDED: readonly PresenceRule[] = [
  {
    type: /^AWS::IAM::AccessKey$/,
    weaker: 'new.accessKey',
    values: { now: 'UserName' },
  },
  { type: /^AWS::IAM::(User|LoginProfile)$/, weaker: 'new.user' },
  { type: /^AWS::IAM::UserToGroupAddition$/, weaker: 'membership' },
  {
    type: /^AWS::IAM::OIDCProvider$/,
    weaker: 'new.provider',
    values: { now: 'Url' },
  },
  { type: /^AWS::IAM::SAMLProvider$/, weaker: 'new.samlProvider' },
  {
    type: /^AWS::IAM::InstanceProfile$/,
    weaker: 'instanceProfile',
    values: { now: 'Roles' },
  },
  {
    type: /^AWS::SSO::Assignment$/,
    weaker: 'new.assignment',
    values: { who: 'PrincipalId', rights: 'PermissionSetArn', account: 'TargetId' },
  },
  { type: /^AWS::EC2::NatGateway$/, weaker: 'new.outbound' },
  { type: /^AWS::EC2::(EIP|InternetGateway|Instance)$/, weaker: 'new.address' },
  { type: /^AWS::EC2::NetworkAclEntry$/, weaker: 'networkAcl' },
  {
    type: /^AWS::Lambda::Url$/,
    look: 'new.url',
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener$/,
    look: 'new.listener',
    values: { now: 'Port' },
  },
  {
    type: /^AWS::SNS::Subscription$/,
    look: 'new.unconfirmedSubscription',
    onlyIf: { property: 'Protocol', value: /^(email(-json)?|https?)$/ },
    values: { now: 'Endpoint' },
  },
  {
    type: /^AWS::SNS::Subscription$/,
    look: 'new.subscription',
    values: { now: 'Endpoint' },
  },
  {
    type: /^AWS::Logs::SubscriptionFilter$/,
    weaker: 'new.logCopy',
    values: { now: 'DestinationArn' },
  },
  {
    type: /^AWS::Scheduler::Schedule$/,
    lost: 'scheduleDeletes',
    onlyIf: { property: 'Target.Arn', value: DELETING_CALL },
    values: { now: 'Target.Arn' },
  },
  {
    type: /^AWS::Scheduler::Schedule$/,
    look: 'scheduleNew',
    required: ['Target.Input'],
    values: { target: 'Target.Arn', when: 'ScheduleExpression', input: 'Target.Input' },
  },
  {
    type: /^AWS::Scheduler::Schedule$/,
    look: 'new.schedule',
    values: { target: 'Target.Arn', when: 'ScheduleExpression' },
  },
  {
    type: /^AWS::Events::Rule$/,
    look: 'new.events',
    required: ['EventPattern', 'Targets'],
    values: { target: 'Targets.Arn' },
  },
  {
    type: /^AWS::Events::Rule$/,
    look: 'new.schedule',
    required: ['ScheduleExpression', 'Targets'],
    values: { target: 'Targets.Arn', when: 'ScheduleExpression' },
  },
  {
    type: /^AWS::Lambda::EventSourceMapping$/,
    look: 'new.source',
    required: ['EventSourceArn'],
    values: { target: 'FunctionName', source: 'EventSourceArn' },
  },
  {
    type: /^AWS::Pipes::Pipe$/,
    look: 'new.source',
    values: { target: 'Target', source: 'Source' },
  },
  {
    type: CUSTOM_RESOURCE,
    weaker: 'new.foreignHandler',
    onlyIf: { property: 'ServiceToken', value: /^arn:.*?:lambda:/ },
    values: { now: 'ServiceToken' },
  },
  { type: CUSTOM_RESOURCE, look: 'new.custom' },
  { type: /^(?!AWS::)\w+::/, look: 'new.thirdParty' },
  { type: /^AWS::ECS::(Service|TaskDefinition)$/, look: 'new.code' },
  { type: /^AWS::(Lambda::Function|Batch::JobDefinition|CodeBuild::Project)$/, look: 'new.code' },
  { type: /^AWS::(StepFunctions::StateMachine|Glue::Job|AppRunner::Service)$/, look: 'new.code' },
  {
    type: /^AWS::CloudFormation::Stack$/,
    weaker: 'new.nested',
    // Without it, the nested template is reviewed like another stack's.
    required: ['TemplateURL'],
  },
  { type: /^AWS::(RDS|DocDB|Neptune)::DB(Instance|Cluster)$/, look: 'new.data' },
  { type: SCALING_POLICY, look: 'new.scaling' },
  {
    type: /^AWS::ApplicationAutoScaling::ScalableTarget$/,
    look: 'new.scalableTarget',
    values: { min: 'MinCapacity', max: 'MaxCapacity' },
  },
  { type: ADDRESS, look: 'new.endpoint' },
  ...REQUESTS.map(({ type, values }): PresenceRule => ({ type, look: 'new.requests', values })),
  {
    type: /^AWS::Route53::RecordSet$/,
    look: 'new.name',
    values: { now: 'Name' },
  },
];

/** Rules on what is removed. The first one of a type applies. */
export const REMOVED: readonly PresenceRule[] = [
  {
    type: /^AWS::CloudWatch::(Composite)?Alarm$/,
    weaker: 'gone.alarm',
    required: ['AlarmActions'],
    values: { now: 'AlarmActions' },
    switchedOffBy: { property: 'ActionsEnabled', value: 'false' },
  },
  { type: /^AWS::CloudWatch::(Composite)?Alarm$/, look: 'gone.silentAlarm' },
  {
    type: /^AWS::Events::Rule$/,
    weaker: 'gone.events',
    required: ['EventPattern'],
    switchedOffBy: { property: 'State', value: 'DISABLED' },
  },
  {
    type: /^AWS::Events::Rule$/,
    look: 'gone.schedule',
    required: ['ScheduleExpression'],
    switchedOffBy: { property: 'State', value: 'DISABLED' },
  },
  {
    type: /^AWS::SNS::Subscription$/,
    weaker: 'gone.subscription',
    values: { now: 'Endpoint' },
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener$/,
    weaker: 'gone.https',
    onlyIf: { property: 'Protocol', value: /^HTTPS$/ },
    values: { now: 'Port' },
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener$/,
    weaker: 'gone.listener',
    values: { now: 'Port' },
  },
  {
    type: /^AWS::Scheduler::Schedule$/,
    look: 'gone.schedule',
    switchedOffBy: { property: 'State', value: 'DISABLED' },
  },
  {
    type: /^AWS::Route53::RecordSet$/,
    weaker: 'gone.name',
    values: { now: 'Name' },
  },
  { type: /^AWS::ApplicationAutoScaling::ScalableTarget$/, look: 'gone.scalableTarget' },
  { type: SCALING_POLICY, look: 'gone.scalingPolicy' },
  { type: /^AWS::IAM::InstanceProfile$/, look: 'gone.profile' },
  { type: /^AWS::EC2::SecurityGroup$/, look: 'gone.group' },
  { type: /^AWS::EC2::NetworkAclEntry$/, weaker: 'networkAcl' },
  {
    type: /^AWS::Lambda::EventSourceMapping$/,
    look: 'gone.source',
    required: ['EventSourceArn'],
    values: { target: 'FunctionName', source: 'EventSourceArn' },
  },
  {
    type: /^AWS::Pipes::Pipe$/,
    look: 'gone.source',
    values: { target: 'Target', source: 'Source' },
  },
  { type: ADDRESS, look: 'gone.address' },
  ...REQUESTS.map(({ type, values }): PresenceRule => ({ type, look: 'gone.requests', values })),
  { type: /^AWS::EC2::VPCEndpoint$/, look: 'gone.endpoint' },
  { type: /^AWS::SecretsManager::RotationSchedule$/, weaker: 'gone.rotation' },
  { type: /^AWS::WAFv2::LoggingConfiguration$/, weaker: 'gone.firewallLog' },
  { type: /^AWS::(WAF|NetworkFirewall)/, weaker: 'gone.firewall' },
  { type: /^AWS::(GuardDuty|CloudTrail|Config|SecurityHub)::/, weaker: 'gone.monitoring' },
  { type: /^AWS::Backup::Backup(Plan|Selection)$/, weaker: 'gone.backup' },
  { type: /^AWS::(ECS::Service|Lambda::Function|StepFunctions::StateMachine)$/, look: 'gone.runs' },
  { type: /^Outputs$/, look: 'gone.output' },
  { type: /^Rules$/, weaker: 'gone.rule' },
];

export function isHarmlessIfAdded(type: string): boolean {
  return HARMLESS_IF_ADDED.has(type) || IAM_POLICY.test(type) || REPORTED_AS_RIGHTS.test(type) || PASSIVE.test(type);
}

export function isHarmlessIfRemoved(type: string): boolean {
  return HARMLESS_IF_REMOVED.has(type) || IAM_POLICY.test(type) || REPORTED_AS_RIGHTS.test(type);
}

/**
 * Effects of an entry that is added or removed.
 * @param valueOf - Reads a property of the entry, at a path such as `Target.Arn`, as a text.
 */
export function effectsOfPresence(
  type: string,
  presence: Presence,
  valueOf: (path: string) => string | undefined,
): Effect[] {
  const rules = presence === 'added' ? ADDED : REMOVED;
  const rule = rules.find((candidate) => {
    const { required = [], onlyIf, switchedOffBy } = candidate;
    const isOff = switchedOffBy !== undefined && valueOf(switchedOffBy.property) === switchedOffBy.value;
    const isFor = onlyIf === undefined || onlyIf.value.test(String(valueOf(onlyIf.property)));
    const applies = isFor && required.every((property) => valueOf(property) !== undefined);
    return applies && !isOff && candidate.type.test(type);
  });
  const leveledMessage = rule && messageOf(rule);
  if (!leveledMessage) return effectsWithoutRule(type, presence);
  const { level, message } = leveledMessage;
  const values: [string, string][] = [];
  for (const [place, path] of Object.entries(rule.values ?? {})) {
    values.push([place, valueOf(path) ?? EMPTY_TEXT]);
  }
  return [{ level, sentence: wordsOf(message, Object.fromEntries(values)) }];
}

/** Effects of a type without a rule: one that does nothing alone matters only to its users. */
function effectsWithoutRule(type: string, presence: Presence): Effect[] {
  if (!PASSIVE.test(type)) return [];
  return presence === 'added'
    ? [{ level: 'other', sentence: wordsOf('new.passive') }]
    : [{ level: 'look', sentence: wordsOf('gone.unused') }];
}
