import type { Reported } from './rules';

/** Message on a resource, or another entry of a template, that is added or removed. */
export interface Presence extends Reported {
  readonly type: RegExp;
  /** The property that the message names. */
  readonly names?: string;
}

/** Types that may be added without a look: they do nothing by themselves, or rights and paths report it. */
export const HARMLESS_NEW =
  /^(AWS::(Logs::LogGroup|CloudWatch::(Alarm|Dashboard)|CDK::Metadata|IAM::(Role|\w*Policy)|EC2::SecurityGroup(Ingress|Egress))|Outputs|Parameters|Conditions|Mappings)$/;
/** Types that may be removed without a look. */
export const HARMLESS_GONE =
  /^(AWS::(CDK::Metadata|CloudWatch::Dashboard|IAM::\w*Policy|EC2::SecurityGroup(Ingress|Egress))|Conditions)$/;

export const COMES: readonly Presence[] = [
  { type: /^AWS::IAM::AccessKey$/, weaker: 'new.accessKey', names: 'UserName' },
  { type: /^AWS::IAM::(User|LoginProfile)$/, weaker: 'new.user' },
  { type: /^AWS::IAM::(OIDC|SAML)Provider$/, weaker: 'new.provider', names: 'Url' },
  { type: /^AWS::IAM::InstanceProfile$/, weaker: 'instanceProfile', names: 'Roles' },
  { type: /^AWS::(EC2::(EIP|InternetGateway|NatGateway|Instance)|Lambda::Url)$/, weaker: 'new.address' },
  { type: /^AWS::ElasticLoadBalancingV2::Listener$/, look: 'new.listener', names: 'Port' },
  { type: /^AWS::SNS::Subscription$/, look: 'new.subscription', names: 'Endpoint' },
  { type: /^AWS::Logs::SubscriptionFilter$/, weaker: 'new.logCopy', names: 'DestinationArn' },
  { type: /^AWS::Scheduler::Schedule$/, look: 'scheduleNew' },
  { type: /^(Custom::|AWS::CloudFormation::CustomResource$)/, look: 'new.custom' },
  {
    type: /^AWS::(Lambda::Function|ECS::(Service|TaskDefinition)|Batch::JobDefinition|CodeBuild::Project)$/,
    look: 'new.code',
  },
];

export const GOES: readonly Presence[] = [
  { type: /^AWS::CloudWatch::(Composite)?Alarm$/, weaker: 'gone.alarm' },
  { type: /^AWS::Events::Rule$/, weaker: 'gone.alarm' },
  { type: /^AWS::SNS::Subscription$/, weaker: 'gone.subscription', names: 'Endpoint' },
  { type: /^AWS::ElasticLoadBalancingV2::Listener$/, weaker: 'gone.listener', names: 'Port' },
  { type: /^AWS::Scheduler::Schedule$/, look: 'gone.schedule' },
  { type: /^AWS::Route53::RecordSet$/, weaker: 'gone.name', names: 'Name' },
  { type: /^AWS::ApplicationAutoScaling::/, look: 'gone.scaling' },
  { type: /^AWS::EC2::VPCEndpoint$/, look: 'gone.endpoint' },
  { type: /^AWS::(WAF|NetworkFirewall|GuardDuty|CloudTrail|Config|Backup|SecurityHub)/, weaker: 'gone.firewall' },
  { type: /^AWS::(ECS::Service|Lambda::\w+|Batch::\w+)$/, look: 'gone.runs' },
  { type: /^Outputs$/, look: 'gone.output' },
  { type: /^Rules$/, weaker: 'gone.rule' },
];
