import {
  anyOf,
  becomes,
  becomesOffByAnyWord,
  becomesOn,
  decreases,
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
const SAFEGUARD = new RegExp(SAFEGUARD_WORDS.join('|'), 'i');

/** On, without authentication, or for every address. */
const becomesOpen = anyOf(becomesOn, becomes(/NONE|0\.0\.0\.0|::\/0|^\*$/));

/** Rules by the property's name, for any type. They apply if no rule of the type itself has a message. */
export const BY_PROPERTY_NAME = [
  rulesFor(
    /^(AWS|Custom)::/,
    {
      path: /(\b|[a-z])(Role|Role(Arn|ARN)|RoleName)$/,
      reportIf: isSetBefore,
      weaker: 'role',
    },
    {
      path: /(Encrypt|SSE|ServerSide)/,
      reportIf: anyOf(isRemoved, becomesOffByAnyWord),
      weaker: 'unencrypted',
    },
    { path: /Kms\w*(Id|Arn|ID)?$/i, look: 'otherKey' },
    {
      path: /(Logging|LogConfig|AccessLog|FlowLog|LogsExports|LogPublishing|Tracing)/,
      reportIf: isSetBefore,
      weaker: 'noLogs',
    },
    {
      path: /(Public|AuthType|AuthorizationType|Unauthenticated)\w*$/,
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
      reportIf: anyOf(decreases, isRemoved, turnsOffByAnyWord),
      weaker: 'safeguardOff',
    },
    {
      path: /^(State|Status|Enabled|\w+Enabled|Enable\w+)$/,
      reportIf: becomesOffByAnyWord,
      weaker: 'switchedOff',
    },
    { path: /(SecurityGroup(s|Ids|Id)|VPCSecurityGroups)\b/, look: 'otherGroups' },
    { path: /(Subnet(s|Ids|Id|GroupName)|VpcId|VpcConfig)\b/, look: 'otherNetwork' },
    { path: /(ZipFile|Script|UserData|BuildSpec)$/, look: 'script' },
    { path: /Template(URL|Url|FromURL)$/, look: 'otherTemplate' },
    { path: /(Image(Uri|Id)?|S3Key|S3Bucket)$/, look: 'code' },
    { path: /(Command|EntryPoint|Entrypoint|Arguments)\b/, look: 'command' },
    { path: /(Schedule|Cron)\w*$/, look: 'schedule' },
    { path: /(Redrive|DeadLetter)/, look: 'deadLetters' },
    { path: /(Endpoint|Url|URL|Uri|TargetArn|DestinationArn|TopicArn|FunctionArn)$/, look: 'requests' },
    { path: /(Timeout|Retry|Attempts)\w*$/i, look: 'timeout' },
    {
      path: /(Capacity|Concurren\w+|DesiredCount|MaxvCpus|Size)$/,
      reportIf: decreases,
      look: 'fewer',
    },
  ),
];
