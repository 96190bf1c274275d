import { wordsOf } from '../messages';
import type { Presence } from '../model/entry';
import type { Effect } from '../model/finding';
import { IAM_POLICY } from '../read/iam-types';
import { type LeveledMessage, messageOf } from './rule';

/** Key of an alarm that does more than notify: it may be added only with a look at its actions. */
export const ALARM_WITH_ACTIONS = 'AWS::CloudWatch::Alarm that acts';

/** Types and sections that may be removed without a look: rights and network paths report what they allowed. */
const HARMLESS_IF_REMOVED: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'Conditions',
  // The readers of a parameter decide how urgent its removal is.
  'Parameters',
]);

/** Types and sections that may be added without a look: they do nothing alone, or rights and network paths report them. */
const HARMLESS_IF_ADDED: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'Conditions',
  'Mappings',
  'Outputs',
  'Parameters',
]);

/** Message on a resource, or another entry of a template, that is added or removed. */
interface PresenceRule extends LeveledMessage {
  readonly type: RegExp;
  /** Property that the message names. */
  readonly namedProperty?: string;
  /** Property that must be set. */
  readonly requiredProperty?: string;
  /** Property by whose value the resource was off, and did nothing. */
  readonly switchedOffBy?: { readonly property: string; readonly value: string };
}

/** Rules on what is added. The first one of a type applies. */
export const ADDED: readonly PresenceRule[] = [
  {
    type: /^AWS::IAM::AccessKey$/,
    weaker: 'new.accessKey',
    namedProperty: 'UserName',
  },
  { type: /^AWS::IAM::(User|LoginProfile)$/, weaker: 'new.user' },
  {
    type: /^AWS::IAM::OIDCProvider$/,
    weaker: 'new.provider',
    namedProperty: 'Url',
  },
  { type: /^AWS::IAM::SAMLProvider$/, weaker: 'new.samlProvider' },
  {
    type: /^AWS::IAM::InstanceProfile$/,
    weaker: 'instanceProfile',
    namedProperty: 'Roles',
  },
  { type: /^AWS::EC2::(EIP|InternetGateway|NatGateway|Instance)$/, weaker: 'new.address' },
  {
    type: /^AWS::Lambda::Url$/,
    weaker: 'new.url',
    namedProperty: 'AuthType',
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener$/,
    look: 'new.listener',
    namedProperty: 'Port',
  },
  {
    type: /^AWS::SNS::Subscription$/,
    look: 'new.subscription',
    namedProperty: 'Endpoint',
  },
  {
    type: /^AWS::Logs::SubscriptionFilter$/,
    weaker: 'new.logCopy',
    namedProperty: 'DestinationArn',
  },
  { type: /^AWS::WAFv2::WebACLAssociation$/, look: 'new.firewall' },
  { type: /^AWS::Scheduler::Schedule$/, look: 'scheduleNew' },
  { type: /^(Custom::|AWS::CloudFormation::CustomResource$)/, look: 'new.custom' },
  { type: /^AWS::ECS::(Service|TaskDefinition)$/, look: 'new.code' },
  { type: /^AWS::(Lambda::Function|Batch::JobDefinition|CodeBuild::Project)$/, look: 'new.code' },
  {
    type: /^AWS::CloudFormation::Stack$/,
    look: 'new.nested',
    // Without it, the nested template is reviewed like another stack's.
    requiredProperty: 'TemplateURL',
  },
];

/** Rules on what is removed. The first one of a type applies. */
export const REMOVED: readonly PresenceRule[] = [
  {
    type: /^AWS::CloudWatch::(Composite)?Alarm$/,
    weaker: 'gone.alarm',
    requiredProperty: 'AlarmActions',
    switchedOffBy: { property: 'ActionsEnabled', value: 'false' },
  },
  {
    type: /^AWS::Events::Rule$/,
    weaker: 'gone.events',
    requiredProperty: 'EventPattern',
    switchedOffBy: { property: 'State', value: 'DISABLED' },
  },
  {
    type: /^AWS::Events::Rule$/,
    look: 'gone.schedule',
    requiredProperty: 'ScheduleExpression',
    switchedOffBy: { property: 'State', value: 'DISABLED' },
  },
  {
    type: /^AWS::SNS::Subscription$/,
    weaker: 'gone.subscription',
    namedProperty: 'Endpoint',
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener$/,
    weaker: 'gone.listener',
    namedProperty: 'Port',
  },
  {
    type: /^AWS::Scheduler::Schedule$/,
    look: 'gone.schedule',
    switchedOffBy: { property: 'State', value: 'DISABLED' },
  },
  {
    type: /^AWS::Route53::RecordSet$/,
    weaker: 'gone.name',
    namedProperty: 'Name',
  },
  { type: /^AWS::ApplicationAutoScaling::/, look: 'gone.scaling' },
  { type: /^AWS::EC2::VPCEndpoint$/, look: 'gone.endpoint' },
  { type: /^AWS::WAFv2::LoggingConfiguration$/, weaker: 'gone.firewallLog' },
  { type: /^AWS::(WAF|NetworkFirewall)/, weaker: 'gone.firewall' },
  { type: /^AWS::(GuardDuty|CloudTrail|Config|SecurityHub)::/, weaker: 'gone.monitoring' },
  { type: /^AWS::Backup::Backup(Plan|Selection)$/, weaker: 'gone.backup' },
  { type: /^AWS::(ECS::Service|Lambda::Function)$/, look: 'gone.runs' },
  { type: /^Outputs$/, look: 'gone.output' },
  { type: /^Rules$/, weaker: 'gone.rule' },
];

export function isHarmlessIfAdded(type: string): boolean {
  return HARMLESS_IF_ADDED.has(type) || IAM_POLICY.test(type);
}

export function isHarmlessIfRemoved(type: string): boolean {
  return HARMLESS_IF_REMOVED.has(type) || IAM_POLICY.test(type);
}

/**
 * Effects of an entry that is added or removed.
 * @param valueOf - Reads a property of the entry, at a path of names, as a text.
 * @param isSet - True if the entry has a property.
 */
export function effectsOfPresence(
  type: string,
  presence: Presence,
  valueOf: (...path: readonly string[]) => string,
  isSet: (property: string) => boolean,
): Effect[] {
  const rules = presence === 'added' ? ADDED : REMOVED;
  const rule = rules.find((candidate) => {
    const { requiredProperty, switchedOffBy } = candidate;
    const applies = requiredProperty === undefined || isSet(requiredProperty);
    const isOff = switchedOffBy !== undefined && valueOf(switchedOffBy.property) === switchedOffBy.value;
    return applies && !isOff && candidate.type.test(type);
  });
  const leveledMessage = rule && messageOf(rule);
  if (!leveledMessage) return [];
  const { level, message } = leveledMessage;
  const isHttpsListener = message === 'gone.listener' && valueOf('Protocol') === 'HTTPS';
  const sentence = wordsOf(isHttpsListener ? 'gone.https' : message, {
    now: valueOf(rule.namedProperty ?? ''),
    target: valueOf('Target', 'Arn'),
    when: valueOf('ScheduleExpression'),
    input: valueOf('Target', 'Input'),
  });
  return [{ level, sentence }];
}
