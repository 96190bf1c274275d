import { stableJson } from '@infra/common/values';
import { isRetained, strengthWithSnapshots } from '../read/value';
import {
  always,
  becomes,
  becomesForeign,
  becomesOn,
  type Condition,
  increases,
  isAdded,
  isSetAfter,
  isSetBefore,
  onlyHashChanges,
  staysOff,
  turnsOff,
} from './conditions';
import { rulesFor } from './rule';

/** A DeletionPolicy or an UpdateReplacePolicy becomes weaker. */
const keepsLess: Condition = (before, after) => strengthWithSnapshots(after) < strengthWithSnapshots(before);
const keepsAsMuch: Condition = (before, after) => strengthWithSnapshots(after) >= strengthWithSnapshots(before);

/** The same for a type without snapshots, of which the policy `Snapshot` keeps nothing. */
const stopsRetaining: Condition = (before, after) => isRetained(before) && !isRetained(after);
const keepsAsMuchWithoutSnapshot: Condition = (before, after) => {
  return after !== 'Snapshot' && !stopsRetaining(before, after);
};

/** Start of a construct's path: the name of the stack. */
const STACK_OF_PATH = /^[^/]*/;

/** A construct's path without its stack; one side may have none. */
const keepsPath: Condition = (before, after) => {
  if (before === undefined || after === undefined) return true;
  return stableJson(before).replace(STACK_OF_PATH, '') === stableJson(after).replace(STACK_OF_PATH, '');
};

const UNKNOWN_ACCOUNT = 'unknown-account';

/** Another account or region, and not only that one side does not name the account. */
const isOtherEnvironment: Condition = (before, after) => {
  const namesBothAccounts = namesAccount(before) && namesAccount(after);
  return namesBothAccounts || withoutAccount(before) !== withoutAccount(after);
};

function namesAccount(environment: unknown): boolean {
  return !String(environment).includes(UNKNOWN_ACCOUNT);
}

function withoutAccount(environment: unknown): string {
  return String(environment).replace(/\d{12}/, UNKNOWN_ACCOUNT);
}

/** Roles in the manifest by which the CDK deploys a stack. */
const DEPLOYING_ROLE = /^(?!assets\b).*RoleArn$|^(lookupRole|assumeRole|cloudFormationExecutionRole)/;

/** Rights, the stack itself, and the sections of its template. */
export const STACK = [
  rulesFor(
    /^AWS::IAM::/,
    {
      path: /^PermissionsBoundary$/,
      reportIf: isSetBefore,
      weaker: 'boundary',
    },
    {
      path: /^MaxSessionDuration$/,
      reportIf: increases,
      weaker: 'session',
    },
    { path: /^(Url|ClientIdList|ThumbprintList|SamlMetadataDocument)\b/, weaker: 'issuer' },
  ),
  rulesFor(/^AWS::IAM::User(ToGroupAddition)?$/, {
    path: /^(Groups|Users|GroupName)\b/,
    reportIf: isSetAfter,
    weaker: 'membership',
  }),
  rulesFor(/^AWS::SSO::PermissionSet$/, {
    path: /^ManagedPolicies\b/,
    reportIf: becomes(/AdministratorAccess/),
    weaker: 'administrator',
  }),
  rulesFor(/^AWS::IAM::InstanceProfile$/, { path: /^Roles\b/, weaker: 'instanceProfile' }),
  rulesFor(
    /^AWS::CloudWatch::Dashboard$/,
    { path: /^DashboardBody\b.*\bendpoint$/, reportIf: becomesForeign, weaker: 'foreignTarget' },
    { path: /^DashboardBody\b/, harmlessIf: always },
  ),
  rulesFor(/^AWS::(?!CloudFormation::|CDK::)/, { path: /^(Description|AlarmDescription)$/, harmlessIf: always }),
  rulesFor(
    /^(AWS|Custom)::/,
    { path: /^Tags(\.|\[)(?!aws-cdk:)/, harmlessIf: isSetAfter },
    { path: /^(DeletionProtection|MultiAZ|EnablePerformanceInsights|EnableExecuteCommand)$/, harmlessIf: staysOff },
  ),
  rulesFor(
    /^attribute/,
    { path: /^Metadata\.aws:cdk:path$/, harmlessIf: keepsPath },
    { path: /^Metadata\.(aws:cdk:(?!path$)|aws:asset:|cdk_nag|cfn-lint|guard)/, harmlessIf: always },
    { path: /^DependsOn\b/, harmlessIf: isAdded },
    { path: /^Fn::Transform\b/, reportIf: isSetAfter, weaker: 'macro' },
  ),
  rulesFor(/^attribute$/, {
    path: /^(Deletion|UpdateReplace)Policy$/,
    harmlessIf: keepsAsMuch,
    look: 'keptLess',
  }),
  rulesFor(
    /^attribute of data$/,
    {
      path: /^DeletionPolicy$/,
      harmlessIf: keepsAsMuch,
      reportIf: keepsLess,
      lost: 'keptLess',
    },
    {
      path: /^UpdateReplacePolicy$/,
      harmlessIf: keepsAsMuch,
      reportIf: keepsLess,
      lost: 'keptLessReplaced',
    },
  ),
  rulesFor(
    /^attribute of data without snapshots$/,
    {
      path: /^(Deletion|UpdateReplace)Policy$/,
      harmlessIf: keepsAsMuchWithoutSnapshot,
      reportIf: becomes(/^Snapshot$/),
      lost: 'noSnapshot',
    },
    {
      path: /^DeletionPolicy$/,
      reportIf: stopsRetaining,
      lost: 'keptLess',
    },
    {
      path: /^UpdateReplacePolicy$/,
      reportIf: stopsRetaining,
      lost: 'keptLessReplaced',
    },
  ),
  rulesFor(
    /^manifest$/,
    { path: /^(minimumCliVersion|runtime)\b/, harmlessIf: always },
    { path: /^artifacts\.(Tree|aws-cdk-lib\/feature-flag-report)\b/, harmlessIf: always },
  ),
  rulesFor(
    /^stack/,
    {
      path: /^terminationProtection$/,
      harmlessIf: becomesOn,
      reportIf: turnsOff,
      lost: 'terminationProtectionOff',
    },
    {
      path: /^environment$/,
      reportIf: isOtherEnvironment,
      left: 'moves',
    },
    { path: /^tags\./, harmlessIf: isSetAfter },
    { path: /^(templateFile|displayName|additionalMetadataFile|metadata)\b/, harmlessIf: always },
    { path: /^stackTemplateAssetObjectUrl$|^assets\b/, harmlessIf: onlyHashChanges },
    {
      path: /^assets\b.*assumeRole/,
      reportIf: isSetBefore,
      weaker: 'assetRole',
    },
    { path: DEPLOYING_ROLE, weaker: 'deployRole' },
  ),
  rulesFor(/^stack with Batch$/, {
    path: /^tags\b/,
    reportIf: always,
    fails: 'batchTags',
  }),
  rulesFor(
    /^template$/,
    // CloudFormation keeps the metadata, and does nothing with it.
    { path: /^(Description|Metadata|AWSTemplateFormatVersion)\b/, harmlessIf: always },
    { path: /^Transform\b/, reportIf: isSetAfter, weaker: 'macro' },
    { path: /^Fn::ForEach\b/, look: 'loop' },
  ),
  rulesFor(/^Mappings$/, { path: /./, harmlessIf: isAdded }),
  rulesFor(/^Conditions$/, { path: /^CDKMetadataAvailable\b/, harmlessIf: always }),
  rulesFor(
    /^Outputs$/,
    { path: /^[^.[]+\.Description$/, harmlessIf: always },
    { path: /^[^.[]+\.Value\b/, look: 'output' },
  ),
  rulesFor(
    /^Parameters$/,
    { path: /^[^.[]+\.Default$/, reportIf: (_, after) => after === undefined, look: 'parameterMissing' },
    { path: /^[^.[]+\.(Constraint)?Description$/, harmlessIf: always },
    { path: /^(?![^.[]+\.Default$)/, look: 'parameter' },
  ),
  rulesFor(/^Rules$/, { path: /\.AssertDescription$/, harmlessIf: always }),
];
