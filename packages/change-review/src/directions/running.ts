import { always, becomes, gone, hash, isOn, less, more, off, on, type Rules, sized, zero } from './tests';

const CONTAINER = String.raw`^(ContainerDefinitions\[[^\]]*\]|ContainerProperties)\.`;
const inContainer = (property: string) => new RegExp(`${CONTAINER}${property}`);

/** What runs, how users reach it, and who is told. */
export const RUNNING: readonly Rules[] = [
  {
    type: /^AWS::(ECS::TaskDefinition|Batch::JobDefinition)$/,
    directions: [
      { path: /^(ContainerDefinitions\[[^\]]*\]\.)?(Cpu|Memory|MemoryReservation)$/, harmless: sized },
      { path: /^ContainerProperties\.ResourceRequirements\[(VCPU|MEMORY)\]\.Value$/, harmless: sized },
      { path: /^Timeout\.AttemptDurationSeconds$/, harmless: more },
      { path: /^(Timeout|RetryStrategy)\b/, says: 'timeout' },
      { path: inContainer('Image$'), says: 'code' },
      { path: inContainer('(Command|EntryPoint)\\b'), says: 'command' },
      { path: inContainer('(Privileged|User|LinuxParameters\\b.*)$'), level: 'weaker', says: 'privileged' },
      { path: inContainer('Readonly(Root|root)Filesystem$'), when: off, level: 'weaker', says: 'privileged' },
      { path: inContainer('LogConfiguration\\b'), when: gone, level: 'weaker', says: 'noLogs' },
      { path: inContainer('LogConfiguration\\b'), says: 'noLogs' },
      {
        path: inContainer('Environment\\[NODE_TLS_REJECT_UNAUTHORIZED\\]'),
        when: becomes(/^0$|"0"/),
        level: 'weaker',
        says: 'noTls',
      },
      { path: inContainer('Environment'), says: 'variable' },
      { path: inContainer('Secrets\\b'), says: 'secretGiven' },
      { path: inContainer('(PortMappings|HealthCheck)\\b'), says: 'requests' },
      { path: /\bRuntimePlatform\b/, says: 'processor' },
    ],
  },
  {
    type: /^AWS::ECS::Service$/,
    directions: [
      { path: /^DesiredCount$/, harmless: more, when: zero, level: 'weaker', says: 'noTasks' },
      { path: /^DesiredCount$/, when: less, says: 'fewer' },
      { path: /^DesiredCount$/, says: 'number' },
      { path: /^EnableExecuteCommand$/, harmless: off, when: on, level: 'weaker', says: 'shell' },
      {
        path: /^DeploymentConfiguration\.(DeploymentCircuitBreaker|Alarms)\b/,
        when: (_, after) => !isOn(after),
        level: 'weaker',
        says: 'noRollback',
      },
      { path: /^(DeploymentConfiguration\b|HealthCheckGracePeriodSeconds$)/, says: 'releasing' },
      { path: /^LoadBalancers\b/, says: 'requests' },
      { path: /\bAssignPublicIp$/, when: on, level: 'weaker', says: 'publicAddress' },
      { path: /^TaskDefinition$/, says: 'code' },
    ],
  },
  {
    type: /^AWS::(ECS::Cluster|Batch::(ComputeEnvironment|JobQueue)|ApplicationAutoScaling::\w+|Lambda::Function)$/,
    directions: [
      { path: /^ClusterSettings\[containerInsights\]\.Value$/, harmless: on, says: 'lessInsight' },
      { path: /^(ComputeResources\.MaxvCpus|M(in|ax)Capacity)$/, harmless: more, when: less, says: 'fewer' },
      { path: /^(ReservedConcurrentExecutions|ComputeEnvironmentOrder\b.*)$/, says: 'fewer' },
      { path: /^(TargetTrackingScaling|StepScaling)PolicyConfiguration\b/, says: 'scaling' },
      { path: /^MemorySize$/, harmless: sized },
      { path: /^Timeout$/, harmless: more, says: 'timeout' },
      { path: /^Code\.S3Key$/, harmless: hash },
      { path: /^(Code\b.*|Handler|Runtime|Layers\b.*|ImageUri|Environment\b.*)$/, says: 'code' },
    ],
  },
  {
    type: /^AWS::CloudWatch::(Composite)?Alarm$/,
    directions: [
      { path: /^ActionsEnabled$/, harmless: (_, after) => isOn(after ?? true), level: 'weaker', says: 'alarmSilent' },
      {
        path: /^AlarmActions$/,
        when: (_, after) => [after].flat().filter(Boolean).length === 0,
        level: 'weaker',
        says: 'alarmSilent',
      },
      { path: /^AlarmActions\[/, when: gone, level: 'weaker', says: 'alarmSilent' },
      { path: /^(Alarm|OK|InsufficientData)Actions\b/, says: 'alarmTold' },
      { path: /^(?!AlarmDescription|Tags)/, says: 'alarmOther' },
    ],
  },
  { type: /^AWS::SNS::Subscription$/, directions: [{ path: /./, level: 'weaker', says: 'subscriber' }] },
  {
    type: /^AWS::Events::Rule$/,
    directions: [
      { path: /^State$/, when: (_, after) => !isOn(after ?? 'ENABLED'), level: 'weaker', says: 'switchedOff' },
      { path: /^(EventPattern|Targets)\b/, says: 'events' },
      { path: /^ScheduleExpression/, says: 'schedule' },
    ],
  },
  {
    type: /^AWS::Scheduler::Schedule$/,
    directions: [
      { path: /^Target\.Arn$/, level: 'weaker', says: 'scheduleTarget' },
      { path: /^Target\.(Input|EcsParameters|SqsParameters|\w+Parameters)\b/, says: 'scheduleInput' },
      { path: /^(ScheduleExpression\w*|StartDate|EndDate|FlexibleTimeWindow\b.*)$/, says: 'schedule' },
      { path: /^Target\.RetryPolicy\b/, says: 'timeout' },
    ],
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::LoadBalancer$/,
    directions: [
      {
        path: /^LoadBalancerAttributes\[deletion_protection\.enabled\]/,
        harmless: on,
        when: (...values) => off(...values) || gone(...values),
        level: 'weaker',
        says: 'deletionProtectionOff',
      },
      {
        path: /^LoadBalancerAttributes\[routing\.http\.drop_invalid/,
        when: (_, after) => !JSON.stringify(after ?? '').includes('true'),
        level: 'weaker',
        says: 'badHeaders',
      },
      {
        path: /^LoadBalancerAttributes\[(access|connection)_logs\.s3\.enabled/,
        when: (_, after) => !JSON.stringify(after ?? '').includes('true'),
        level: 'weaker',
        says: 'noLogs',
      },
      { path: /^LoadBalancerAttributes\b/, says: 'targetSettings' },
    ],
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener(Rule|Certificate)?$/,
    directions: [
      { path: /^Protocol$/, when: becomes(/^(HTTP|TCP)$/), level: 'weaker', says: 'clearText' },
      {
        path: /^SslPolicy$/,
        when: becomes(/undefined|2015|2016|TLS-1-0|TLS-1-1|TLS13-1-[01]-/),
        level: 'weaker',
        says: 'oldTls',
      },
      { path: /^SslPolicy$/, says: 'otherTls' },
      { path: /^Certificates\b/, says: 'certificate' },
      {
        ...{ path: /^(DefaultActions|Actions)\b/, level: 'weaker', says: 'noRedirect' },
        when: (before, after) =>
          /redirect|HTTPS/.test(JSON.stringify(before ?? '')) && !/redirect|HTTPS/.test(JSON.stringify(after ?? '')),
      },
      { path: /^(DefaultActions|Actions|Conditions|Port)\b/, says: 'requests' },
    ],
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
    directions: [
      { path: /^(HealthCheck|Healthy|Unhealthy|Matcher)/, says: 'health' },
      { path: /^TargetGroupAttributes\b/, says: 'targetSettings' },
    ],
  },
  {
    type: /^AWS::(Route53::RecordSet|CertificateManager::Certificate)$/,
    directions: [
      {
        path: /^(AliasTarget|ResourceRecords|Name|Weight|Failover|SetIdentifier|HostedZone\w+)\b/,
        level: 'weaker',
        says: 'dns',
      },
      { path: /^(DomainName|DomainValidationOptions|SubjectAlternativeNames|ValidationMethod)\b/, says: 'certificate' },
    ],
  },
  {
    type: /^AWS::EC2::/,
    directions: [
      { path: /^MapPublicIpOnLaunch$/, when: on, level: 'weaker', says: 'publicAddress' },
      { path: /^RouteTableIds\b/, says: 'routes' },
      { path: /^EnableDns(Support|Hostnames)$/, when: off, says: 'names' },
      { path: /^SecurityGroup(In|E)gress\[[^\]]*\]\.Description$/, harmless: always },
    ],
  },
];
