import {
  always,
  anyOf,
  areReferences,
  areEmpty,
  areReordered,
  becomes,
  becomesForeign,
  becomesOffDespiteDefault,
  becomesOn,
  becomesOnByDefault,
  becomesZero,
  type Condition,
  decreases,
  growsModerately,
  growsMuch,
  increases,
  isAdded,
  isRemoved,
  isSetAfter,
  mayTurnOff,
  onlyHashChanges,
  staysOff,
  staysPositive,
  turnsOff,
  weakensTls,
} from './conditions';
import { rulesFor } from './rule';

const CONTAINER = String.raw`^(ContainerDefinitions\[[^\]]*\]|ContainerProperties)\.`;

/** Path of a property of a container, in a task definition or a job definition. */
function inContainer(property: string): RegExp {
  return new RegExp(`${CONTAINER}${property}`);
}

const WHOLE_CONTAINER = /^ContainerDefinitions\[[^\]]*\]$/;

/** The user of the image, if none is set, may be root, too. */
const ROOT_OR_DEFAULT_USER = /^(undefined|root|0)(:|$)/;

/** Types whose capacity is set, and functions. */
const WITH_CAPACITY = anyType([
  'AWS::ECS::Cluster',
  'AWS::Batch::ComputeEnvironment',
  'AWS::Batch::JobQueue',
  'AWS::ApplicationAutoScaling::\\w+',
  'AWS::Lambda::Function',
]);

function anyType(types: readonly string[]): RegExp {
  return new RegExp(`^(${types.join('|')})$`);
}

/** Alarms that roll back a release. */
const ROLLBACK_ALARMS = /^DeploymentConfiguration\.Alarms\.AlarmNames\b/;

/** A size that is set, or becomes larger. */
const getsNoSmaller: Condition = (before, after) => staysPositive(before, after) && !decreases(before, after);

/** One attempt, set or by default. */
const isTriedOnce: Condition = (before = 1, after = 1) => Number(before) === 1 && Number(after) === 1;

/** The architecture and the operating system that ECS and AWS Batch take where none is set. */
const DEFAULT_PLATFORM = /^(undefined|X86_64|LINUX)$/;

const isDefaultPlatform: Condition = (before, after) => {
  return DEFAULT_PLATFORM.test(String(before)) && DEFAULT_PLATFORM.test(String(after));
};

/** Other code outside the template: that of an asset was reviewed. */
const isOtherCode: Condition = (before, after) => isSetAfter(before, after) && !onlyHashChanges(before, after);

/** A time limit that is set, and not a longer one. */
const isShortened: Condition = (before, after) => isSetAfter(before, after) && !increases(before, after);

/** Policies of TLS that accept version 1.0 or 1.1, or whichever AWS chooses. */
const OLD_TLS = /undefined|2015|2016|TLS-1-0|TLS-1-1|TLS13-1-[01]-/;

const acceptsOldTls: Condition = (before, after) => !OLD_TLS.test(String(before)) && OLD_TLS.test(String(after));

const stopsEncrypting: Condition = (before, after) => /^(HTTPS|TLS)$/.test(String(before)) && before !== after;

const stopsRedirecting: Condition = (before, after) => before === 'HTTPS' && after !== 'HTTPS';

/** A call of AWS's API by which a schedule deletes something. */
export const DELETING_CALL = /:aws-sdk:\w+:(\w*[dD]elet|terminate|purge)/;

/** Rules for what runs, how users reach it, and who is notified. */
export const RUNNING = [
  rulesFor(
    /^AWS::(ECS::TaskDefinition|Batch::JobDefinition)$/,
    {
      path: /^(ContainerDefinitions\[[^\]]*\]\.)?(Cpu|Memory|MemoryReservation)$/,
      harmlessIf: getsNoSmaller,
      reportIf: decreases,
      look: 'smaller',
    },
    {
      path: /^ContainerProperties\.ResourceRequirements\[(VCPU|MEMORY)\]\.Value$/,
      harmlessIf: getsNoSmaller,
      reportIf: decreases,
      look: 'smaller',
    },
    { path: /^Timeout\.AttemptDurationSeconds$/, harmlessIf: increases },
    { path: /^Timeout\b/, reportIf: isShortened, look: 'runsAtMost' },
    { path: /^Timeout\b/, reportIf: isRemoved, look: 'noTimeout' },
    { path: /^RetryStrategy\.Attempts$/, reportIf: isSetAfter, look: 'attempts' },
    { path: /^RetryStrategy\.Attempts$/, harmlessIf: isTriedOnce, look: 'triedOnce' },
    {
      path: WHOLE_CONTAINER,
      reportIf: isAdded,
      look: 'containerAdded',
      isForWhole: true,
    },
    {
      path: WHOLE_CONTAINER,
      reportIf: isRemoved,
      look: 'containerRemoved',
      isForWhole: true,
    },
    {
      path: inContainer('Privileged$'),
      reportIf: becomesOn,
      weaker: 'privileged',
    },
    {
      path: inContainer('User$'),
      reportIf: becomes(ROOT_OR_DEFAULT_USER),
      weaker: 'privileged',
    },
    {
      path: inContainer('LinuxParameters\\.(Capabilities\\.Add|Devices)\\b'),
      reportIf: isSetAfter,
      weaker: 'privileged',
    },
    {
      path: inContainer('Readonly(Root|root)Filesystem$'),
      harmlessIf: becomesOn,
      reportIf: turnsOff,
      weaker: 'privileged',
    },
    {
      path: inContainer('LogConfiguration$'),
      reportIf: isRemoved,
      weaker: 'noLogs',
      isForWhole: true,
    },
    {
      path: inContainer('Environment\\[NODE_TLS_REJECT_UNAUTHORIZED\\]'),
      reportIf: becomes(/^0$|"0"/),
      weaker: 'noTls',
    },
    {
      path: inContainer('Environment'),
      reportIf: weakensTls,
      weaker: 'sslMode',
    },
    { path: inContainer('Environment'), look: 'variable' },
    { path: inContainer('Image$'), look: 'code' },
    { path: inContainer('(Command|EntryPoint)\\b'), look: 'command' },
    { path: /\bRuntimePlatform\.\w+$/, harmlessIf: isDefaultPlatform, look: 'processor' },
  ),
  rulesFor(
    /^AWS::ECS::Service$/,
    {
      path: /^DesiredCount$/,
      harmlessIf: growsModerately,
      reportIf: becomesZero,
      weaker: 'noTasks',
    },
    {
      path: /^DesiredCount$/,
      reportIf: growsMuch,
      look: 'muchMore',
    },
    {
      path: /^DesiredCount$/,
      reportIf: decreases,
      look: 'fewer',
    },
    {
      path: /^EnableExecuteCommand$/,
      harmlessIf: turnsOff,
      reportIf: becomesOn,
      weaker: 'shell',
    },
    {
      path: /^DeploymentConfiguration\.(DeploymentCircuitBreaker|Alarms)\.(Enable|Rollback)$/,
      reportIf: turnsOff,
      weaker: 'noRollback',
    },
    { path: /^DeploymentConfiguration\.Alarms\.(Enable|Rollback)$/, harmlessIf: staysOff },
    { path: ROLLBACK_ALARMS, harmlessIf: anyOf(areReordered, areEmpty) },
  ),
  rulesFor(
    WITH_CAPACITY,
    { path: /^ClusterSettings\[containerInsights\]\.Value$/, harmlessIf: becomesOn },
    { path: /^(ComputeResources\.MaxvCpus|M(in|ax)Capacity)$/, harmlessIf: growsModerately },
    {
      path: /^ReservedConcurrentExecutions$/,
      reportIf: decreases,
      look: 'fewer',
    },
    {
      path: /^MemorySize$/,
      harmlessIf: getsNoSmaller,
      reportIf: decreases,
      look: 'smaller',
    },
    {
      path: /^Timeout$/,
      harmlessIf: increases,
      reportIf: isShortened,
      look: 'runsAtMost',
    },
    { path: /^Code\.S3Key$/, harmlessIf: onlyHashChanges },
    { path: /^Environment\b/, look: 'settings' },
    { path: /^Runtime$/, reportIf: isSetAfter, look: 'runtime' },
    { path: /^Code\.ZipFile$/, reportIf: isSetAfter, look: 'script' },
    { path: /^Handler$/, reportIf: isSetAfter, look: 'handler' },
    { path: /^(Code\.(?!ZipFile).*|Layers\b.*)$/, reportIf: isOtherCode, look: 'code' },
  ),
  rulesFor(
    /^AWS::CloudWatch::(Composite)?Alarm$/,
    { path: /^ActionsEnabled$/, harmlessIf: becomesOnByDefault },
    // The name of a line in the graph.
    { path: /^Metrics\[[^\]]*\]\.(MetricStat\.)?Label$/, harmlessIf: always },
  ),
  rulesFor(
    /^AWS::SNS::Subscription$/,
    { path: /^Endpoint$/, weaker: 'subscriber' },
    { path: /^(Protocol|TopicArn|Region)$/, weaker: 'subscriptionMoves' },
    { path: /^FilterPolicy/, weaker: 'subscriptionFilter' },
  ),
  rulesFor(/^AWS::ApiGateway(V2)?::Stage$/, { path: /^DeploymentId$/, harmlessIf: areReferences }),
  rulesFor(/^AWS::(Events::Rule|Scheduler::Schedule)$/, {
    path: /^State$/,
    reportIf: becomesOffDespiteDefault,
    weaker: 'scheduleOff',
  }),
  rulesFor(
    /^AWS::Scheduler::Schedule$/,
    { path: /^Target\.Arn$/, reportIf: becomes(DELETING_CALL), lost: 'scheduleDeletes' },
    { path: /^Target\.Arn$/, weaker: 'scheduleTarget' },
    { path: /^Target\.(Input|EcsParameters|SqsParameters|\w+Parameters)\b/, look: 'scheduleInput' },
    { path: /^(ScheduleExpression\w*|StartDate|EndDate|FlexibleTimeWindow\b.*)$/, look: 'schedule' },
    { path: /^Target\.RetryPolicy\b/, look: 'scheduleRetries' },
  ),
  rulesFor(
    /^AWS::ElasticLoadBalancingV2::LoadBalancer$/,
    {
      path: /^LoadBalancerAttributes\[deletion_protection\.enabled\]/,
      harmlessIf: anyOf(becomesOn, staysOff),
      reportIf: mayTurnOff,
      weaker: 'deletionProtectionOff',
    },
    {
      path: /^LoadBalancerAttributes\[routing\.http\.drop_invalid_header_fields\.enabled\]/,
      harmlessIf: staysOff,
      reportIf: mayTurnOff,
      weaker: 'badHeaders',
    },
    {
      path: /^LoadBalancerAttributes\[\w+_logs\.s3\.enabled\]/,
      harmlessIf: anyOf(becomesOn, staysOff),
      reportIf: mayTurnOff,
      weaker: 'noLogs',
    },
  ),
  rulesFor(
    /^AWS::ElasticLoadBalancingV2::Listener(Rule|Certificate)?$/,
    {
      path: /^Protocol$/,
      reportIf: stopsEncrypting,
      weaker: 'clearText',
    },
    {
      path: /^SslPolicy$/,
      reportIf: acceptsOldTls,
      weaker: 'oldTls',
    },
    { path: /^SslPolicy$/, look: 'otherTls' },
    {
      path: /^(DefaultActions|Actions)\[authenticate-[\w-]+\]$/,
      reportIf: isRemoved,
      weaker: 'noSignIn',
      isForWhole: true,
    },
    { path: /\bRedirectConfig\.Protocol$/, reportIf: stopsRedirecting, weaker: 'noRedirect' },
    { path: /\b(TargetGroupArn|RedirectConfig\.Host)$/, reportIf: becomesForeign, weaker: 'foreignTarget' },
  ),
  rulesFor(
    /^AWS::(Route53::RecordSet|CertificateManager::Certificate)$/,
    { path: /^(AliasTarget\.DNSName|ResourceRecords\b.*)$/, weaker: 'dns' },
    { path: /^(AliasTarget|Name|HostedZone\w+|Weight|Failover|SetIdentifier)\b/, weaker: 'dnsSettings' },
  ),
  rulesFor(/^AWS::CloudFront::Distribution$/, {
    path: /\bViewerProtocolPolicy$/,
    reportIf: becomes(/^allow-all$/),
    weaker: 'clearTextAllowed',
  }),
  rulesFor(/^AWS::EC2::VPCEndpoint$/, {
    path: /^PolicyDocument$/,
    reportIf: isRemoved,
    weaker: 'defaultPolicy',
    isForWhole: true,
  }),
  rulesFor(/^AWS::EC2::/, { path: /^SecurityGroup(In|E)gress\[[^\]]*\]\.Description$/, harmlessIf: always }),
];
