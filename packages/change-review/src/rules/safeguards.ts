import {
  anyOf,
  becomes,
  becomesOffByAnyWord,
  becomesOn,
  type Condition,
  decreases,
  isRemoved,
  isSetAfter,
  isSetBefore,
  turnsOffByAnyWord,
} from './conditions';
import { type LeveledMessage, type RuleSet, rulesFor } from './rule';

/** A property of some types, as a regular expression of its path. */
interface Property {
  readonly type: RegExp;
  readonly path: RegExp;
}

/** Switches of encryption. */
const ENCRYPTION: readonly Property[] = [
  { type: /^AWS::(RDS::DB(Instance|Cluster)|DocDB::DBCluster|Neptune::DBCluster)$/, path: /^StorageEncrypted$/ },
  { type: /^AWS::(EFS::FileSystem|EC2::Volume|Redshift::Cluster)$/, path: /^Encrypted$/ },
  {
    type: /^AWS::(EC2::(Instance|LaunchTemplate)|AutoScaling::LaunchConfiguration)$/,
    path: /^(LaunchTemplateData\.)?BlockDeviceMappings\[[^\]]*\]\.Ebs\.Encrypted$/,
  },
  { type: /^AWS::ElastiCache::(ReplicationGroup|CacheCluster)$/, path: /^(AtRest|Transit)EncryptionEnabled$/ },
  { type: /^AWS::MemoryDB::Cluster$/, path: /^TLSEnabled$/ },
  {
    type: /^AWS::(OpenSearchService|Elasticsearch)::Domain$/,
    path: /^((EncryptionAtRest|NodeToNodeEncryption)Options\.Enabled|DomainEndpointOptions\.EnforceHTTPS)$/,
  },
];

/** Keys of encryption. S3 encrypts with a key of its own if none is set. */
const KEYS: readonly Property[] = [
  { type: /^AWS::S3::Bucket$/, path: /^BucketEncryption\b.*(SSEAlgorithm|KMSMasterKeyID)$/ },
  { type: /^AWS::(SQS::Queue|SNS::Topic)$/, path: /^KmsMasterKeyId$/ },
  { type: /^AWS::(Logs::LogGroup|SecretsManager::Secret)$/, path: /^KmsKeyId$/ },
  { type: /^AWS::(Lambda::Function|StepFunctions::StateMachine)$/, path: /^(KmsKeyArn|EncryptionConfiguration\b.*)$/ },
  { type: /^AWS::Kinesis::Stream$/, path: /^StreamEncryption\b/ },
  { type: /^AWS::DynamoDB::(Global)?Table$/, path: /^SSESpecification\.(SSEEnabled|KMSMasterKeyId)$/ },
];

/** A value that is no key of AWS's own goes. */
const losesKey: Condition = (before, after) => isRemoved(before, after) && !/^(AES256|false)$/.test(String(before));

/** Logs and traces, each as a whole. */
const LOGS: readonly Property[] = [
  { type: /^AWS::(S3::Bucket|StepFunctions::StateMachine)$/, path: /^(Logging|Tracing)Configuration$/ },
  { type: /^AWS::CloudFront::Distribution$/, path: /^DistributionConfig\.Logging$/ },
  { type: /^AWS::ApiGateway(V2)?::Stage$/, path: /^AccessLogSettings?$/ },
  { type: /^AWS::(RDS::DB(Instance|Cluster)|DocDB::DBCluster)$/, path: /^EnableCloudwatchLogsExports(\[\d*\])?$/ },
  { type: /^AWS::CodeBuild::Project$/, path: /^LogsConfig$/ },
  { type: /^AWS::Lambda::Function$/, path: /^TracingConfig$/ },
  { type: /^AWS::(OpenSearchService|Elasticsearch)::Domain$/, path: /^LogPublishingOptions$/ },
  { type: /^AWS::MSK::Cluster$/, path: /^LoggingInfo$/ },
  { type: /^AWS::CloudTrail::Trail$/, path: /^IsLogging$/ },
];

const PUBLIC_ADDRESSES: readonly Property[] = [
  { type: /^AWS::ECS::Service$/, path: /\bAssignPublicIp$/ },
  { type: /^AWS::EC2::Subnet$/, path: /^MapPublicIpOnLaunch$/ },
  {
    type: /^AWS::(EC2::(Instance|LaunchTemplate)|AutoScaling::LaunchConfiguration)$/,
    path: /\bAssociatePublicIpAddress$/,
  },
];

/** Switches that let everybody in. */
const OPENED: readonly Property[] = [
  { type: /^AWS::RAM::ResourceShare$/, path: /^AllowExternalPrincipals$/ },
  { type: /^AWS::(Redshift::Cluster|DMS::ReplicationInstance)$/, path: /^PubliclyAccessible$/ },
  { type: /^AWS::Lambda::Url$/, path: /^AuthType$/ },
  { type: /^AWS::ApiGateway(V2)?::(Method|Route)$/, path: /^AuthorizationType$/ },
  { type: /^AWS::AppSync::GraphQLApi$/, path: /\bAuthenticationType$/ },
  { type: /^AWS::Cognito::IdentityPool$/, path: /^AllowUnauthenticatedIdentities$/ },
  { type: /^AWS::MSK::Cluster$/, path: /\b(Unauthenticated\.Enabled|PublicAccess\.Type)$/ },
  { type: /^AWS::EKS::Cluster$/, path: /^ResourcesVpcConfig\.(EndpointPublicAccess|PublicAccessCidrs\b.*)$/ },
];

const opens = anyOf(becomesOn, becomes(/^(NONE|API_KEY|SERVICE_PROVIDED_EIPS|0\.0\.0\.0\/0|::\/0)$/));

/** Restrictions that let everybody in once they are off. */
const RESTRICTIONS: readonly Property[] = [
  { type: /^AWS::Cognito::UserPool$/, path: /^AdminCreateUserConfig\.AllowAdminCreateUserOnly$/ },
  { type: /^AWS::CloudFront::Distribution$/, path: /\bTrustedKeyGroups(\[\d*\])?$/ },
  { type: /^AWS::EC2::VPCEndpointService$/, path: /^AcceptanceRequired$/ },
  { type: /^AWS::ApiGateway(V2)?::(Method|Route)$/, path: /^ApiKeyRequired$/ },
];

/** Switches, times and names that protect something. */
const SAFEGUARDS: readonly Property[] = [
  { type: /^AWS::(DocDB|Neptune)::DBCluster$/, path: /^(BackupRetentionPeriod|DeletionProtection)$/ },
  { type: /^AWS::(MemoryDB|ElastiCache)::\w+$/, path: /^SnapshotRetentionLimit$/ },
  { type: /^AWS::Redshift::Cluster$/, path: /^AutomatedSnapshotRetentionPeriod$/ },
  { type: /^AWS::DynamoDB::(Global)?Table$/, path: /\b(DeletionProtectionEnabled|PointInTimeRecoveryEnabled)$/ },
  { type: /^AWS::KMS::(Replica)?Key$/, path: /^(EnableKeyRotation|PendingWindowInDays)$/ },
  { type: /^AWS::EFS::FileSystem$/, path: /^BackupPolicy\.Status$/ },
  { type: /^AWS::Backup::BackupVault$/, path: /^LockConfiguration\b/ },
  { type: /^AWS::EC2::Instance$/, path: /^DisableApiTermination$/ },
  { type: /^AWS::Cognito::UserPool$/, path: /^(DeletionProtection|MfaConfiguration)$/ },
  { type: /^AWS::CloudTrail::Trail$/, path: /^(EnableLogFileValidation|IsMultiRegionTrail)$/ },
  { type: /^AWS::NetworkFirewall::Firewall$/, path: /Protection$/ },
  { type: /^AWS::GuardDuty::Detector$/, path: /^Enable$/ },
  { type: /^AWS::CloudFront::Distribution$/, path: /^DistributionConfig\.WebACLId$/ },
  { type: /^AWS::EC2::(Instance|LaunchTemplate)$/, path: /\bMetadataOptions\.HttpTokens$/ },
  { type: /^AWS::Kinesis::Stream$/, path: /^RetentionPeriodHours$/ },
  { type: /^AWS::Lambda::Function$/, path: /^CodeSigningConfigArn$/ },
  { type: /^AWS::Lambda::CodeSigningConfig$/, path: /^CodeSigningPolicies\.UntrustedArtifactOnDeployment$/ },
];

/** Another value in place of one that was set. */
const isReplaced: Condition = (before, after) => isSetBefore(before, after) && isSetAfter(before, after);

const isSwitchedOff = anyOf(turnsOffByAnyWord, becomes(/^(INACTIVE|optional|Warn)$/));

/** Roles by which a service or its code acts. */
const ROLES: readonly Property[] = [
  { type: /^AWS::(CodeBuild::Project|DataSync::\w+)$/, path: /^ServiceRole$/ },
  { type: /^AWS::ECS::TaskDefinition$/, path: /^(Task|Execution)RoleArn$/ },
  { type: /^AWS::Batch::JobDefinition$/, path: /^ContainerProperties\.(Job|Execution)RoleArn$/ },
  { type: /^AWS::(Lambda::Function|Glue::Job)$/, path: /^Role$/ },
  { type: /^AWS::(StepFunctions::StateMachine|CodePipeline::Pipeline|Pipes::Pipe)$/, path: /^RoleArn$/ },
  { type: /^AWS::(Events::Rule|Scheduler::Schedule)$/, path: /^(RoleArn|Targets?(\[[^\]]*\])?\.RoleArn)$/ },
  { type: /^AWS::AppSync::DataSource$/, path: /^ServiceRoleArn$/ },
];

function forEach(properties: readonly Property[], reportIf: Condition, message: LeveledMessage): RuleSet[] {
  return properties.map(({ type, path }) => rulesFor(type, { path, reportIf, ...message }));
}

function forEachWhole(properties: readonly Property[], reportIf: Condition, message: LeveledMessage): RuleSet[] {
  return properties.map(({ type, path }) => rulesFor(type, { path, reportIf, isForWhole: true, ...message }));
}

/** Rules for what protects, encrypts, records or admits: each property of each type by its name in AWS's schemas. */
export const SAFEGUARD_RULES: readonly RuleSet[] = [
  ...forEach(ENCRYPTION, becomesOffByAnyWord, { weaker: 'unencrypted' }),
  ...forEach(KEYS, losesKey, { weaker: 'encryptionUnset' }),
  ...forEachWhole(LOGS, anyOf(isRemoved, turnsOffByAnyWord), { weaker: 'noLogs' }),
  ...forEach(PUBLIC_ADDRESSES, becomesOn, { weaker: 'publicAddress' }),
  ...forEach(OPENED, opens, { weaker: 'openedUp' }),
  ...forEach(RESTRICTIONS, anyOf(isRemoved, becomesOffByAnyWord), { weaker: 'openedUp' }),
  rulesFor(/^AWS::EKS::AccessEntry$/, {
    path: /\bPolicyArn$/,
    reportIf: becomes(/ClusterAdminPolicy$/),
    weaker: 'clusterAdmin',
  }),
  rulesFor(/^AWS::RDS::DBProxy$/, { path: /^RequireTLS$/, reportIf: becomesOffByAnyWord, weaker: 'noForcedTls' }),
  rulesFor(/^AWS::SQS::Queue$/, { path: /^SqsManagedSseEnabled$/, reportIf: becomesOffByAnyWord, weaker: 'queueKey' }),
  rulesFor(/^AWS::EC2::NetworkAclEntry$/, {
    path: /^(RuleAction|CidrBlock|Ipv6CidrBlock|PortRange\b.*|Protocol|RuleNumber)$/,
    reportIf: isSetAfter,
    weaker: 'networkAcl',
  }),
  rulesFor(/^AWS::EC2::Route$/, { path: /^NatGatewayId$/, reportIf: isRemoved, weaker: 'noNat' }),
  ...forEach(SAFEGUARDS, isSwitchedOff, { weaker: 'safeguardOff' }),
  ...forEach(SAFEGUARDS, decreases, { weaker: 'safeguardLess' }),
  ...forEach(SAFEGUARDS, isRemoved, { weaker: 'safeguardUnset' }),
  ...forEach(ROLES, isReplaced, { weaker: 'role' }),
];
