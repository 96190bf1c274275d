import {
  anyOf,
  becomes,
  becomesOffByAnyWord,
  becomesOn,
  decreases,
  growsMuch,
  isRemoved,
  isSetBefore,
  turnsOffByAnyWord,
} from './conditions';
import { rulesFor } from './rule';

/** Beginnings of words in the names of properties that protect something. */
const SAFEGUARD_WORDS = [
  'Backup',
  'Block',
  'Firewall',
  'Guard',
  'Lock',
  'Mfa',
  'Protect',
  'Recovery',
  'Restrict',
  'Retention',
  'Rotation',
  'Safe',
  'Scan',
  'Validat',
  'Verif',
  'Versioning',
  'WebAcl',
];
/** Durations; `Stage` and `AgentId` are none. */
const DURATION =
  /(Delay|Wait|Interval|Period|Cooldown|Warmup|T(TL|tl)|Age(?![a-z])|Seconds|Minutes|Hours|Days)\w*$|\b(interval|ttl)\w*$/;

/** Words that only look like one of them. */
const NO_SAFEGUARD = [
  'BlockDevice',
  'BlockSize',
  'CidrBlock',
  'Clock',
  'Validation(Method|Settings)',
  'VerificationMessage',
];
const SAFEGUARD = new RegExp(`^(?!.*(${NO_SAFEGUARD.join('|')})).*(${SAFEGUARD_WORDS.join('|')})`, 'i');

/** Numbers of what runs. The size of a batch, of a key or of a page is none. */
const CAPACITY = /(Capacity|Concurren\w+|DesiredCount|MaxvCpus|(Cluster|Fleet|Group|Max|Min|Pool|Volume)Size|\bSize)$/;

const ROLE = /(\b|[a-z])(Role|Role(Arn|ARN)|RoleName)$/;

/** Part of the names of properties that are about logs. */
const LOGS = /(Logging|LogConfig|AccessLog|FlowLog|LogsExports|LogPublishing|Tracing)/;

/** Such a property as a whole, or an item of its list. */
const WHOLE_LOGS = new RegExp(`${LOGS.source}\\w*(\\[\\])?$`);

/** Name of a property that grants something to everybody, and not of one that forbids it, such as `BlockPublicAcls`. */
const PUBLIC = /^(?!.*(Block|Deny|Ignore|Prevent|Restrict)).*(Public|AuthType|AuthorizationType|Unauthenticated)\w*$/;

/** On, without authentication, or for every address. */
const becomesOpen = anyOf(becomesOn, becomes(/NONE|0\.0\.0\.0|::\/0|^\*$/));

/** Rules by the property's name, for any type. They apply if no rule of the type itself has a message. */
export const BY_PROPERTY_NAME = [
  // The name of a role is no role that it uses.
  rulesFor(
    /^(AWS::(?!IAM::)|Custom::)/,
    {
      path: ROLE,
      reportIf: isRemoved,
      look: 'roleUnset',
    },
    {
      path: ROLE,
      reportIf: isSetBefore,
      weaker: 'role',
    },
  ),
  rulesFor(
    /^(AWS|Custom)::/,
    {
      path: /(Encrypt|SSE|ServerSide)/,
      reportIf: becomesOffByAnyWord,
      weaker: 'unencrypted',
    },
    {
      path: /(Encrypt|SSE|ServerSide)/,
      reportIf: isRemoved,
      weaker: 'encryptionUnset',
    },
    { path: /Kms\w*(Id|Arn|ID)?$/i, look: 'otherKey' },
    {
      path: WHOLE_LOGS,
      reportIf: isRemoved,
      weaker: 'noLogs',
      isForWhole: true,
    },
    {
      path: LOGS,
      reportIf: turnsOffByAnyWord,
      weaker: 'noLogs',
    },
    {
      path: LOGS,
      reportIf: isSetBefore,
      look: 'logTarget',
    },
    {
      path: /PublicIp\w*$/,
      reportIf: becomesOn,
      weaker: 'publicAddress',
    },
    {
      path: PUBLIC,
      reportIf: becomesOpen,
      weaker: 'openedUp',
    },
    {
      path: /(CidrIp|IpRange|AllowAll)\w*$/,
      reportIf: becomesOpen,
      weaker: 'openedUp',
    },
    {
      path: SAFEGUARD,
      reportIf: turnsOffByAnyWord,
      weaker: 'safeguardOff',
    },
    {
      path: SAFEGUARD,
      reportIf: decreases,
      weaker: 'safeguardLess',
    },
    {
      path: SAFEGUARD,
      reportIf: isRemoved,
      weaker: 'safeguardUnset',
    },
    {
      path: /^(State|Status|Enabled|\w+Enabled|Enable\w+)$/,
      reportIf: becomesOffByAnyWord,
      weaker: 'switchedOff',
    },
    { path: /(SecurityGroup(s|Ids|Id)|VPCSecurityGroups)\b/, look: 'otherGroups' },
    { path: /(Subnet(s|Ids|Id|GroupName)|VpcId|VpcConfig)\b/, look: 'otherNetwork' },
    { path: /(ZipFile|Script|UserData|BuildSpec|MappingTemplate|DefinitionString)$/, look: 'script' },
    { path: /Template(URL|Url|FromURL)$/, look: 'otherTemplate' },
    { path: /(Image(Uri|Id)?|S3Key|S3Bucket)$/, look: 'code' },
    { path: /(Command|EntryPoint|Entrypoint|Arguments)\b/, look: 'command' },
    { path: /(Schedule|Cron)\w*$/, look: 'schedule' },
    { path: /(Redrive|DeadLetter)/, look: 'deadLetters' },
    { path: /(Endpoint|Url|URL|Uri|TargetArn|DestinationArn|TopicArn|FunctionArn)$/, look: 'requests' },
    { path: /(Timeout|Retry|Attempts)\w*$/i, look: 'timeout' },
    {
      path: CAPACITY,
      reportIf: decreases,
      look: 'fewer',
    },
    {
      path: CAPACITY,
      reportIf: growsMuch,
      look: 'muchMore',
    },
    { path: /(Capacity|Concurren\w+|(Desired|Instance|Task|Node)Count|Factor|M(in|ax)Size)$/, look: 'capacity' },
    { path: /Retention\w*$/, look: 'retention' },
    { path: DURATION, look: 'duration' },
    { path: /Architectures?\b/, look: 'processor' },
    { path: /(Port|Protocol)$/, look: 'requests' },
    { path: /(Threshold|Alarm|Metric\w*|Statistic)$/, look: 'measure' },
    { path: /(InstanceType|InstanceClass|NodeType)$/, look: 'machine' },
    {
      path: /\bTags\b/,
      reportIf: isRemoved,
      look: 'tagGone',
    },
    { path: /\bTags\b/, look: 'tags' },
  ),
];
