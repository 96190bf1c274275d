import { stableJson } from '@infra/common/values';
import { strength } from '../data';
import { rules } from './rules';
import * as is from './tests';

/** A policy for the day that a resource goes. */
const keepsLess = (before: unknown, after: unknown) => strength(after) < strength(before);

const anyAccount = (environment: unknown) => String(environment).replace(/\d{12}/, 'unknown-account');
const hasNoAccount = (environment: unknown) => String(environment).includes('unknown-account');

/** Rights, the stack itself, and the sections of its template. */
export const STACK = [
  rules(
    /^AWS::IAM::/,
    { path: /^PermissionsBoundary$/, when: is.had, weaker: 'boundary' },
    { path: /^MaxSessionDuration$/, when: is.more, weaker: 'session' },
    { path: /^(Url|ClientIdList|ThumbprintList|SamlMetadataDocument)\b/, weaker: 'issuer' },
  ),
  rules(/^AWS::IAM::InstanceProfile$/, { path: /^Roles\b/, weaker: 'instanceProfile' }),
  rules(/^Custom::/, { path: /^(Create|Update|Delete)\b/, look: 'apiCall' }),
  rules(/^AWS::CDK::Metadata$/, { path: /./, harmless: is.always }),
  rules(/^AWS::CloudWatch::Dashboard$/, { path: /^DashboardBody\b/, harmless: is.always }),
  rules(/^AWS::(?!CloudFormation::|CDK::)/, { path: /^(Description|AlarmDescription)$/, harmless: is.always }),
  rules(
    /^(AWS|Custom)::/,
    { path: /^Tags(\.|\[)(?!aws-cdk:)/, harmless: is.there },
    { path: /^Tags\b/, look: 'tags' },
    { path: /^(DeletionProtection|MultiAZ|EnablePerformanceInsights|EnableExecuteCommand)$/, harmless: is.stillOff },
  ),
  rules(
    /^attribute/,
    { path: /^Metadata\.(aws:cdk:|aws:asset:|cdk_nag|cfn-lint|guard)/, harmless: is.always },
    { path: /^DependsOn\b/, harmless: is.added, look: 'waits' },
    { path: /^DependsOn$/, harmless: (before, after) => stableJson([before].flat()) === stableJson([after].flat()) },
    { path: /^(Deletion|UpdateReplace)Policy$/, harmless: (before, after) => !keepsLess(before, after) },
  ),
  rules(/^attribute$/, { path: /^(Deletion|UpdateReplace)Policy$/, look: 'keptLess' }),
  rules(
    /^attribute of data$/,
    { path: /^DeletionPolicy$/, when: keepsLess, risk: 'keptLess' },
    { path: /^UpdateReplacePolicy$/, when: keepsLess, risk: 'keptLessReplaced' },
  ),
  rules(/^manifest$/, {
    path: /^(minimumCliVersion|runtime|artifacts\.(Tree|aws-cdk-lib\/feature-flag-report))\b/,
    harmless: is.always,
  }),
  rules(
    /^stack/,
    { path: /^terminationProtection$/, harmless: is.on, when: is.off, risk: 'terminationProtectionOff' },
    {
      path: /^environment$/,
      when: (before, after) => anyAccount(before) !== anyAccount(after) || ![before, after].some(hasNoAccount),
      risk: 'moves',
    },
    { path: /^environment$/, look: 'accountNamed' },
    { path: /^tags\./, harmless: is.there },
    { path: /^(templateFile|displayName|additionalMetadataFile|metadata)\b/, harmless: is.always },
    { path: /^stackTemplateAssetObjectUrl$|^assets\b/, harmless: is.hash },
    { path: /^assets\b.*assumeRole/, when: is.had, weaker: 'assetRole' },
    { path: /^(stackTemplateAssetObjectUrl$|assets\b)/, look: 'upload' },
    { path: /^(?!assets\b).*RoleArn$|^(lookupRole|assumeRole|cloudFormationExecutionRole)/, weaker: 'deployRole' },
  ),
  rules(/^stack with Batch$/, { path: /^tags\b/, when: is.always, risk: 'batchTags' }),
  rules(/^template$/, { path: /^Description$/, harmless: is.always }, { path: /^Transform\b/, weaker: 'macro' }),
  rules(/^Mappings$/, { path: /./, harmless: is.added }),
  rules(
    /^Conditions$/,
    { path: /^CDKMetadataAvailable\b/, harmless: is.always },
    { path: /./, look: 'conditionChanges' },
  ),
  rules(/^Outputs$/, { path: /^[^.[]+\.Description$/, harmless: is.always }, { path: /./, look: 'output' }),
  rules(
    /^Parameters$/,
    { path: /^[^.[]+\.(Constraint)?Description$/, harmless: is.always },
    { path: /^[^.[]+\.Default$/, look: 'default' },
    { path: /./, look: 'parameter' },
  ),
  rules(/^Rules$/, { path: /./, look: 'rules' }),
];

/** Rules by the property's name, for any type. They apply if no rule of the type itself has a message. */
export const BY_NAME = [
  rules(
    /^(AWS|Custom)::/,
    { path: /(\b|[a-z])(Role|Role(Arn|ARN)|RoleName)$/, when: is.had, weaker: 'role' },
    { path: /(Encrypt|SSE|ServerSide)/, when: is.either(is.gone, is.turnedOff), weaker: 'unencrypted' },
    { path: /Kms\w*(Id|Arn|ID)?$/i, look: 'otherKey' },
    { path: /(Logging|LogConfig|AccessLog|FlowLog|LogsExports|LogPublishing|Tracing)/, when: is.had, weaker: 'noLogs' },
    {
      path: /(Public|AuthType|AuthorizationType|Unauthenticated|CidrIp|IpRange|AllowAll)\w*$/,
      when: is.either(is.on, is.becomes(/NONE|0\.0\.0\.0|::\/0|^\*$/)),
      weaker: 'openedUp',
    },
    {
      path: /(Protect|Safe|Lock|Block|Restrict|Validat|Verif|Scan|Backup|Recovery|Rotation|Retention|Versioning|Guard|Firewall|WebAcl|Mfa)/i,
      when: is.either(is.less, is.gone, (...values) => is.had(...values) && is.turnedOff(...values)),
      weaker: 'safeguardOff',
    },
    { path: /^(State|Status|Enabled|\w+Enabled|Enable\w+)$/, when: is.turnedOff, weaker: 'switchedOff' },
    { path: /(SecurityGroup(s|Ids|Id)|VPCSecurityGroups)\b/, look: 'otherGroups' },
    { path: /(Subnet(s|Ids|Id|GroupName)|VpcId|VpcConfig)\b/, look: 'otherNetwork' },
    { path: /(Image(Uri|Id)?|S3Key|S3Bucket|ZipFile|TemplateURL|Script|UserData|BuildSpec)$/, look: 'code' },
    { path: /(Command|EntryPoint|Entrypoint|Arguments)\b/, look: 'command' },
    { path: /(Schedule|Cron)\w*$/, look: 'schedule' },
    { path: /(Endpoint|Url|URL|Uri|TargetArn|DestinationArn|TopicArn|FunctionArn)$/, look: 'requests' },
    { path: /(Timeout|Retry|Attempts)\w*$/i, look: 'timeout' },
    { path: /(Capacity|Concurren\w+|DesiredCount|MaxvCpus|Size)$/, when: is.less, look: 'fewer' },
  ),
];
