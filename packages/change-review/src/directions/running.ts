import { rules } from './rules';
import * as is from './tests';

const CONTAINER = String.raw`^(ContainerDefinitions\[[^\]]*\]|ContainerProperties)\.`;
const notTrue: is.Test = (_, after) => !JSON.stringify(after ?? '').includes('true');
const inContainer = (property: string) => new RegExp(`${CONTAINER}${property}`);

/** Rules for what runs, how users reach it, and who is notified. */
export const RUNNING = [
  rules(
    /^AWS::(ECS::TaskDefinition|Batch::JobDefinition)$/,
    { path: /^(ContainerDefinitions\[[^\]]*\]\.)?(Cpu|Memory|MemoryReservation)$/, harmless: is.sized },
    { path: /^ContainerProperties\.ResourceRequirements\[(VCPU|MEMORY)\]\.Value$/, harmless: is.sized },
    { path: /^Timeout\.AttemptDurationSeconds$/, harmless: is.more },
    { path: /^(Timeout|RetryStrategy)\b/, look: 'timeout' },
    { path: inContainer('Image$'), look: 'code' },
    { path: inContainer('(Command|EntryPoint)\\b'), look: 'command' },
    { path: inContainer('(Privileged|User|LinuxParameters\\b.*)$'), weaker: 'privileged' },
    { path: inContainer('Readonly(Root|root)Filesystem$'), when: is.off, weaker: 'privileged' },
    { path: inContainer('LogConfiguration\\b'), when: is.gone, weaker: 'noLogs' },
    { path: inContainer('LogConfiguration\\b'), look: 'noLogs' },
    {
      path: inContainer('Environment\\[NODE_TLS_REJECT_UNAUTHORIZED\\]'),
      when: is.becomes(/^0$|"0"/),
      weaker: 'noTls',
    },
    { path: inContainer('Environment'), look: 'variable' },
    { path: inContainer('Secrets\\b'), look: 'secretGiven' },
    { path: inContainer('(PortMappings|HealthCheck)\\b'), look: 'requests' },
    { path: /\bRuntimePlatform\b/, look: 'processor' },
  ),
  rules(
    /^AWS::ECS::Service$/,
    { path: /^DesiredCount$/, harmless: is.more, when: is.zero, weaker: 'noTasks' },
    { path: /^DesiredCount$/, when: is.less, look: 'fewer' },
    { path: /^DesiredCount$/, look: 'number' },
    { path: /^EnableExecuteCommand$/, harmless: is.off, when: is.on, weaker: 'shell' },
    {
      path: /^DeploymentConfiguration\.(DeploymentCircuitBreaker|Alarms)\b/,
      when: (...values) => !is.on(...values),
      weaker: 'noRollback',
    },
    { path: /^(DeploymentConfiguration\b|HealthCheckGracePeriodSeconds$)/, look: 'releasing' },
    { path: /^LoadBalancers\b/, look: 'requests' },
    { path: /\bAssignPublicIp$/, when: is.on, weaker: 'publicAddress' },
    { path: /^TaskDefinition$/, look: 'code' },
  ),
  rules(
    /^AWS::(ECS::Cluster|Batch::(ComputeEnvironment|JobQueue)|ApplicationAutoScaling::\w+|Lambda::Function)$/,
    { path: /^ClusterSettings\[containerInsights\]\.Value$/, harmless: is.on, look: 'lessInsight' },
    { path: /^(ComputeResources\.MaxvCpus|M(in|ax)Capacity)$/, harmless: is.more, when: is.less, look: 'fewer' },
    { path: /^(ReservedConcurrentExecutions|ComputeEnvironmentOrder\b.*)$/, look: 'fewer' },
    { path: /^(TargetTrackingScaling|StepScaling)PolicyConfiguration\b/, look: 'scaling' },
    { path: /^MemorySize$/, harmless: is.sized },
    { path: /^Timeout$/, harmless: is.more, look: 'timeout' },
    { path: /^Code\.S3Key$/, harmless: is.hash },
    { path: /^(Code\b.*|Handler|Runtime|Layers\b.*|ImageUri|Environment\b.*)$/, look: 'code' },
  ),
  rules(
    /^AWS::CloudWatch::(Composite)?Alarm$/,
    { path: /^ActionsEnabled$/, harmless: is.onByDefault, weaker: 'alarmSilent' },
    { path: /^AlarmActions$/, when: (_, after) => [after].flat().filter(Boolean).length === 0, weaker: 'alarmSilent' },
    { path: /^AlarmActions\[/, when: is.gone, weaker: 'alarmSilent' },
    { path: /^(Alarm|OK|InsufficientData)Actions\b/, look: 'alarmTold' },
    { path: /^(?!AlarmDescription|Tags)/, look: 'alarmOther' },
  ),
  rules(/^AWS::SNS::Subscription$/, { path: /./, weaker: 'subscriber' }),
  rules(
    /^AWS::Events::Rule$/,
    { path: /^State$/, when: is.notOn, weaker: 'switchedOff' },
    { path: /^(EventPattern|Targets)\b/, look: 'events' },
    { path: /^ScheduleExpression/, look: 'schedule' },
  ),
  rules(
    /^AWS::Scheduler::Schedule$/,
    { path: /^Target\.Arn$/, weaker: 'scheduleTarget' },
    { path: /^Target\.(Input|EcsParameters|SqsParameters|\w+Parameters)\b/, look: 'scheduleInput' },
    { path: /^(ScheduleExpression\w*|StartDate|EndDate|FlexibleTimeWindow\b.*)$/, look: 'schedule' },
    { path: /^Target\.RetryPolicy\b/, look: 'timeout' },
  ),
  rules(
    /^AWS::ElasticLoadBalancingV2::LoadBalancer$/,
    {
      path: /^LoadBalancerAttributes\[deletion_protection\.enabled\]/,
      harmless: is.on,
      when: is.either(is.off, is.gone),
      weaker: 'deletionProtectionOff',
    },
    { path: /^LoadBalancerAttributes\[routing\.http\.drop_invalid/, when: notTrue, weaker: 'badHeaders' },
    { path: /^LoadBalancerAttributes\[(access|connection)_logs\.s3\.enabled/, when: notTrue, weaker: 'noLogs' },
    { path: /^LoadBalancerAttributes\b/, look: 'targetSettings' },
  ),
  rules(
    /^AWS::ElasticLoadBalancingV2::Listener(Rule|Certificate)?$/,
    { path: /^Protocol$/, when: is.becomes(/^(HTTP|TCP)$/), weaker: 'clearText' },
    { path: /^SslPolicy$/, when: is.becomes(/undefined|2015|2016|TLS-1-0|TLS-1-1|TLS13-1-[01]-/), weaker: 'oldTls' },
    { path: /^SslPolicy$/, look: 'otherTls' },
    { path: /^Certificates\b/, look: 'certificate' },
    {
      path: /^(DefaultActions|Actions)\b/,
      when: (before, after) =>
        /redirect|HTTPS/.test(JSON.stringify(before ?? '')) && !/redirect|HTTPS/.test(JSON.stringify(after ?? '')),
      weaker: 'noRedirect',
    },
    { path: /^(DefaultActions|Actions|Conditions|Port)\b/, look: 'requests' },
  ),
  rules(
    /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
    { path: /^(HealthCheck|Healthy|Unhealthy|Matcher)/, look: 'health' },
    { path: /^TargetGroupAttributes\b/, look: 'targetSettings' },
  ),
  rules(
    /^AWS::(Route53::RecordSet|CertificateManager::Certificate)$/,
    { path: /^(AliasTarget|ResourceRecords|Name|Weight|Failover|SetIdentifier|HostedZone\w+)\b/, weaker: 'dns' },
    { path: /^(DomainName|DomainValidationOptions|SubjectAlternativeNames|ValidationMethod)\b/, look: 'certificate' },
  ),
  rules(
    /^AWS::EC2::/,
    { path: /^MapPublicIpOnLaunch$/, when: is.on, weaker: 'publicAddress' },
    { path: /^RouteTableIds\b/, look: 'routes' },
    { path: /^EnableDns(Support|Hostnames)$/, when: is.off, look: 'names' },
    { path: /^SecurityGroup(In|E)gress\[[^\]]*\]\.Description$/, harmless: is.always },
  ),
];
