import type { MessageId } from '../messages';
import type { Level } from '../model';

/** What it means that a resource, or something else of a template, comes or goes. */
export interface Presence {
  readonly type: RegExp;
  readonly level?: Level;
  readonly says: MessageId;
  /** The property that the message names. */
  readonly names?: string;
}

/** What may come without a look: it does nothing by itself, or what it does is told as an outcome. */
export const HARMLESS_NEW =
  /^(AWS::(Logs::LogGroup|CloudWatch::(Alarm|Dashboard)|CDK::Metadata|IAM::(Role|\w*Policy)|EC2::SecurityGroup(Ingress|Egress))|Outputs|Parameters|Conditions|Mappings)$/;
/** And what may go. */
export const HARMLESS_GONE =
  /^(AWS::(CDK::Metadata|CloudWatch::Dashboard|IAM::\w*Policy|EC2::SecurityGroup(Ingress|Egress))|Conditions)$/;

export const COMES: readonly Presence[] = [
  { type: /^AWS::IAM::AccessKey$/, level: 'weaker', says: 'new.accessKey', names: 'UserName' },
  { type: /^AWS::IAM::(User|LoginProfile)$/, level: 'weaker', says: 'new.user' },
  { type: /^AWS::IAM::(OIDC|SAML)Provider$/, level: 'weaker', says: 'new.provider', names: 'Url' },
  { type: /^AWS::IAM::InstanceProfile$/, level: 'weaker', says: 'instanceProfile', names: 'Roles' },
  { type: /^AWS::(EC2::(EIP|InternetGateway|NatGateway|Instance)|Lambda::Url)$/, level: 'weaker', says: 'new.address' },
  { type: /^AWS::ElasticLoadBalancingV2::Listener$/, says: 'new.listener', names: 'Port' },
  { type: /^AWS::SNS::Subscription$/, says: 'new.subscription', names: 'Endpoint' },
  { type: /^AWS::Logs::SubscriptionFilter$/, level: 'weaker', says: 'new.logCopy', names: 'DestinationArn' },
  { type: /^AWS::Scheduler::Schedule$/, says: 'scheduleNew' },
  { type: /^(Custom::|AWS::CloudFormation::CustomResource$)/, says: 'new.custom' },
  {
    type: /^AWS::(Lambda::Function|ECS::(Service|TaskDefinition)|Batch::JobDefinition|CodeBuild::Project)$/,
    says: 'new.code',
  },
];

export const GOES: readonly Presence[] = [
  { type: /^AWS::CloudWatch::(Composite)?Alarm$/, level: 'weaker', says: 'gone.alarm' },
  { type: /^AWS::Events::Rule$/, level: 'weaker', says: 'gone.alarm' },
  { type: /^AWS::SNS::Subscription$/, level: 'weaker', says: 'gone.subscription', names: 'Endpoint' },
  { type: /^AWS::ElasticLoadBalancingV2::Listener$/, level: 'weaker', says: 'gone.listener', names: 'Port' },
  { type: /^AWS::Scheduler::Schedule$/, says: 'gone.schedule' },
  { type: /^AWS::Route53::RecordSet$/, level: 'weaker', says: 'gone.name', names: 'Name' },
  { type: /^AWS::ApplicationAutoScaling::/, says: 'gone.scaling' },
  { type: /^AWS::EC2::VPCEndpoint$/, says: 'gone.endpoint' },
  {
    type: /^AWS::(WAF|NetworkFirewall|GuardDuty|CloudTrail|Config|Backup|SecurityHub)/,
    level: 'weaker',
    says: 'gone.firewall',
  },
  { type: /^AWS::(ECS::Service|Lambda::\w+|Batch::\w+)$/, says: 'gone.runs' },
  { type: /^Outputs$/, says: 'gone.output' },
  { type: /^Rules$/, level: 'weaker', says: 'gone.rule' },
];
