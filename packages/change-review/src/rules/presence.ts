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
    type: CUSTOM_RESOURCE,
    weaker: 'new.foreignHandler',
    onlyIf: { property: 'ServiceToken', value: /^arn:.*?:lambda:/ },
    values: { now: 'ServiceToken' },
  },
  { type: CUSTOM_RESOURCE, look: 'new.custom' },
  { type: /^AWS::ECS::(Service|TaskDefinition)$/, look: 'new.code' },
  { type: /^AWS::(Lambda::Function|Batch::JobDefinition|CodeBuild::Project|Glue::Job)$/, look: 'new.code' },
  {
    type: /^AWS::CloudFormation::Stack$/,
    weaker: 'new.nested',
    // Without it, the nested template is reviewed like another stack's.
    required: ['TemplateURL'],
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
  {
    type: /^AWS::Events::Rule$/,
    weaker: 'gone.events',
    required: ['EventPattern'],
    switchedOffBy: { property: 'State', value: 'DISABLED' },
  },
  {
    type: /^AWS::SNS::Subscription$/,
    weaker: 'gone.subscription',
    values: { now: 'Endpoint' },
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener$/,
    weaker: 'gone.listener',
    values: { now: 'Port', protocol: 'Protocol' },
  },
  {
    type: /^AWS::Route53::RecordSet$/,
    weaker: 'gone.name',
    values: { now: 'Name' },
  },
  { type: /^AWS::EC2::NetworkAclEntry$/, weaker: 'networkAcl' },
  { type: /^AWS::SecretsManager::RotationSchedule$/, weaker: 'gone.rotation' },
  { type: /^AWS::WAFv2::LoggingConfiguration$/, weaker: 'gone.firewallLog' },
  { type: /^AWS::(WAF|NetworkFirewall)/, weaker: 'gone.firewall' },
  { type: /^AWS::(GuardDuty|CloudTrail|Config|SecurityHub)::/, weaker: 'gone.monitoring' },
  { type: /^AWS::Backup::Backup(Plan|Selection)$/, weaker: 'gone.backup' },
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
  if (!leveledMessage) return [];
  const { level, message } = leveledMessage;
  const values: [string, string][] = [];
  for (const [place, path] of Object.entries(rule.values ?? {})) {
    values.push([place, valueOf(path) ?? EMPTY_TEXT]);
  }
  return [{ level, sentence: wordsOf(message, Object.fromEntries(values)) }];
}
