import { stable } from '@infra/common/values';
import { strength } from '../data';
import { added, always, becomes, gone, hash, isOn, less, more, off, on, type Rules, stillOff, there } from './tests';

/** A policy for the day that a resource goes. */
const keepsLess = (before: unknown, after: unknown) => strength(after) < strength(before);
const isOffNow = (_: unknown, after: unknown) => /^(false|disabled|off|none|suspended|0)$/i.test(String(after));

const anyAccount = (environment: unknown) => String(environment).replace(/\d{12}/, 'unknown-account');
const hasNoAccount = (environment: unknown) => String(environment).includes('unknown-account');

/** Rights, the stack itself, and the sections of its template. */
export const STACK: readonly Rules[] = [
  {
    type: /^AWS::IAM::/,
    directions: [
      { path: /^PermissionsBoundary$/, when: (before) => before !== undefined, level: 'weaker', says: 'boundary' },
      { path: /^MaxSessionDuration$/, when: more, level: 'weaker', says: 'session' },
      { path: /^(Url|ClientIdList|ThumbprintList|SamlMetadataDocument)\b/, level: 'weaker', says: 'issuer' },
    ],
  },
  { type: /^AWS::IAM::InstanceProfile$/, directions: [{ path: /^Roles\b/, level: 'weaker', says: 'instanceProfile' }] },
  { type: /^Custom::/, directions: [{ path: /^(Create|Update|Delete)\b/, says: 'apiCall' }] },
  { type: /^AWS::CDK::Metadata$/, directions: [{ path: /./, harmless: always }] },
  { type: /^AWS::CloudWatch::Dashboard$/, directions: [{ path: /^DashboardBody\b/, harmless: always }] },
  {
    type: /^AWS::(?!CloudFormation::|CDK::)/,
    directions: [{ path: /^(Description|AlarmDescription)$/, harmless: always }],
  },
  {
    type: /^(AWS|Custom)::/,
    directions: [
      { path: /^Tags(\.|\[)(?!aws-cdk:)/, harmless: there },
      { path: /^Tags\b/, says: 'tags' },
      { path: /^(DeletionProtection|MultiAZ|EnablePerformanceInsights|EnableExecuteCommand)$/, harmless: stillOff },
    ],
  },
  {
    type: /^attribute/,
    directions: [
      { path: /^Metadata\.(aws:cdk:|aws:asset:|cdk_nag|cfn-lint|guard)/, harmless: always },
      { path: /^DependsOn\b/, harmless: added, says: 'waits' },
      { path: /^DependsOn$/, harmless: (before, after) => stable([before].flat()) === stable([after].flat()) },
      { path: /^(Deletion|UpdateReplace)Policy$/, harmless: (before, after) => !keepsLess(before, after) },
    ],
  },
  { type: /^attribute$/, directions: [{ path: /^(Deletion|UpdateReplace)Policy$/, says: 'keptLess' }] },
  {
    type: /^attribute of data$/,
    directions: [
      { path: /^DeletionPolicy$/, when: keepsLess, level: 'risk', says: 'keptLess' },
      { path: /^UpdateReplacePolicy$/, when: keepsLess, level: 'risk', says: 'keptLessReplaced' },
    ],
  },
  {
    type: /^manifest$/,
    directions: [
      { path: /^(minimumCliVersion|runtime|artifacts\.(Tree|aws-cdk-lib\/feature-flag-report))\b/, harmless: always },
    ],
  },
  {
    type: /^stack/,
    directions: [
      { path: /^terminationProtection$/, harmless: on, when: off, level: 'risk', says: 'terminationProtectionOff' },
      {
        ...{ path: /^environment$/, level: 'risk', says: 'moves' },
        when: (before, after) => anyAccount(before) !== anyAccount(after) || ![before, after].some(hasNoAccount),
      },
      { path: /^environment$/, says: 'accountNamed' },
      { path: /^tags\./, harmless: there },
      { path: /^(templateFile|displayName|additionalMetadataFile|metadata)\b/, harmless: always },
      { path: /^stackTemplateAssetObjectUrl$|^assets\b/, harmless: hash },
      { path: /^assets\b.*assumeRole/, when: (before) => before !== undefined, level: 'weaker', says: 'assetRole' },
      { path: /^(stackTemplateAssetObjectUrl$|assets\b)/, says: 'upload' },
      {
        path: /^(?!assets\b).*RoleArn$|^(lookupRole|assumeRole|cloudFormationExecutionRole)/,
        ...{ level: 'weaker', says: 'deployRole' },
      },
    ],
  },
  { type: /^stack with Batch$/, directions: [{ path: /^tags\b/, when: always, level: 'risk', says: 'batchTags' }] },
  {
    type: /^template$/,
    directions: [
      { path: /^Description$/, harmless: always },
      { path: /^Transform\b/, level: 'weaker', says: 'macro' },
    ],
  },
  { type: /^Mappings$/, directions: [{ path: /./, harmless: added }] },
  {
    type: /^Conditions$/,
    directions: [
      { path: /^CDKMetadataAvailable\b/, harmless: always },
      { path: /./, says: 'conditionChanges' },
    ],
  },
  {
    type: /^Outputs$/,
    directions: [
      { path: /^[^.[]+\.Description$/, harmless: always },
      { path: /./, says: 'output' },
    ],
  },
  {
    type: /^Parameters$/,
    directions: [
      { path: /^[^.[]+\.(Constraint)?Description$/, harmless: always },
      { path: /^[^.[]+\.Default$/, says: 'default' },
      { path: /./, says: 'parameter' },
    ],
  },
  { type: /^Rules$/, directions: [{ path: /./, says: 'rules' }] },
];

/** What a property's name says in any type. Asked where no rule of the type itself has a word. */
export const BY_NAME: readonly Rules[] = [
  {
    type: /^(AWS|Custom)::/,
    directions: [
      {
        path: /(\b|[a-z])(Role|Role(Arn|ARN)|RoleName)$/,
        when: (before) => before !== undefined,
        level: 'weaker',
        says: 'role',
      },
      {
        path: /(Encrypt|SSE|ServerSide)/,
        when: (before, after) => gone(before, after) || isOffNow(before, after),
        level: 'weaker',
        says: 'unencrypted',
      },
      { path: /Kms\w*(Id|Arn|ID)?$/i, says: 'otherKey' },
      {
        path: /(Logging|LogConfig|AccessLog|FlowLog|LogsExports|LogPublishing|Tracing)/,
        when: (before) => before !== undefined,
        level: 'weaker',
        says: 'noLogs',
      },
      {
        path: /(Public|AuthType|AuthorizationType|Unauthenticated|CidrIp|IpRange|AllowAll)\w*$/,
        when: (_, after) => isOn(after) || becomes(/NONE|0\.0\.0\.0|::\/0|^\*$/)(_, after),
        level: 'weaker',
        says: 'openedUp',
      },
      {
        path: /(Protect|Safe|Lock|Block|Restrict|Validat|Verif|Scan|Backup|Recovery|Rotation|Retention|Versioning|Guard|Firewall|WebAcl|Mfa)/i,
        when: (before, after) =>
          (before !== undefined && isOffNow(before, after)) || gone(before, after) || less(before, after),
        level: 'weaker',
        says: 'safeguardOff',
      },
      {
        path: /^(State|Status|Enabled|\w+Enabled|Enable\w+)$/,
        when: (before, after) => isOffNow(before, after),
        level: 'weaker',
        says: 'switchedOff',
      },
      { path: /(SecurityGroup(s|Ids|Id)|VPCSecurityGroups)\b/, says: 'otherGroups' },
      { path: /(Subnet(s|Ids|Id|GroupName)|VpcId|VpcConfig)\b/, says: 'otherNetwork' },
      { path: /(Image(Uri|Id)?|S3Key|S3Bucket|ZipFile|TemplateURL|Script|UserData|BuildSpec)$/, says: 'code' },
      { path: /(Command|EntryPoint|Entrypoint|Arguments)\b/, says: 'command' },
      { path: /(Schedule|Cron)\w*$/, says: 'schedule' },
      { path: /(Endpoint|Url|URL|Uri|TargetArn|DestinationArn|TopicArn|FunctionArn)$/, says: 'requests' },
      { path: /(Timeout|Retry|Attempts)\w*$/i, says: 'timeout' },
      { path: /(Capacity|Concurren\w+|DesiredCount|MaxvCpus|Size)$/, when: less, says: 'fewer' },
    ],
  },
];
