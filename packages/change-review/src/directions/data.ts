import { rules } from './rules';
import * as is from './tests';

const EXPIRES = /^LifecycleConfiguration\.Rules\[[^\]]*\]/;

/** Rules for what holds data. */
export const DATA = [
  rules(
    /^AWS::RDS::DB(Instance|Cluster)$/,
    { path: /^DeletionProtection$/, harmless: is.on, when: is.off, risk: 'deletionProtectionOff' },
    { path: /^BackupRetentionPeriod$/, harmless: is.unset(1, is.more), when: is.zero, risk: 'backupsOff' },
    {
      path: /^BackupRetentionPeriod$/,
      when: is.unset(1, (before, after) => is.less(before, after) && !is.zero(before, after)),
      weaker: 'backupsShorter',
    },
    { path: /^DeleteAutomatedBackups$/, harmless: is.notOn, when: is.onByDefault, weaker: 'backupsGoToo' },
    { path: /^PubliclyAccessible$/, harmless: is.off, when: is.on, weaker: 'publicDatabase' },
    { path: /^MultiAZ$/, harmless: is.on, when: is.off, weaker: 'oneZone' },
    { path: /^AvailabilityZone$/, when: is.added, risk: 'zoneRefused' },
    { path: /^AllocatedStorage$/, harmless: is.more, when: is.less, risk: 'storageRefused' },
    {
      path: /^MaxAllocatedStorage$/,
      harmless: is.either(is.more, is.added),
      when: is.either(is.less, is.gone),
      weaker: 'growsLess',
    },
    { path: /^(EnablePerformanceInsights|CopyTagsToSnapshot)$/, harmless: is.on },
    { path: /^PerformanceInsightsRetentionPeriod$/, harmless: is.more },
    {
      path: /^(EnablePerformanceInsights|PerformanceInsightsRetentionPeriod|DatabaseInsightsMode|Monitoring\w+)$/,
      look: 'lessInsight',
    },
    { path: /^EngineVersion$/, when: is.olderVersion, risk: 'olderEngine' },
    { path: /^EngineVersion$/, weaker: 'engine' },
    { path: /^AllowMajorVersionUpgrade$/, when: is.on, look: 'majorAllowed' },
    { path: /^AutoMinorVersionUpgrade$/, when: is.notOn, weaker: 'minorOff' },
    { path: /^DBInstanceClass$/, look: 'class' },
    { path: /^(StorageType|Iops|StorageThroughput)$/, look: 'disk' },
    { path: /^Preferred(Backup|Maintenance)Window$/, look: 'window' },
    { path: /^(MasterUserPassword|ManageMasterUserPassword|MasterUserSecret\b.*)$/, weaker: 'masterPassword' },
    { path: /^EngineLifecycleSupport$/, look: 'extendedSupport' },
    {
      path: /^(DBParameterGroupName|DBClusterParameterGroupName|OptionGroupName|CACertificateIdentifier)$/,
      look: 'engineParameters',
    },
  ),
  rules(
    /^AWS::RDS::DB(Cluster)?ParameterGroup$/,
    {
      path: /^Parameters\.rds\.force_ssl$/,
      when: (_, after) => !/^(1|undefined)$/.test(String(after)),
      weaker: 'noForcedTls',
    },
    { path: /^Parameters\b/, look: 'engineParameters' },
  ),
  rules(/^AWS::Logs::LogGroup$/, {
    path: /^RetentionInDays$/,
    harmless: is.unset(Infinity, (before, after) => Number(after) > Number(before)),
    when: is.unset(Infinity, (before, after) => !(Number(after) >= Number(before))),
    weaker: 'logEvents',
  }),
  rules(
    /^AWS::S3::Bucket$/,
    { path: /^VersioningConfiguration\.Status$/, harmless: is.on, when: is.off, weaker: 'noVersions' },
    { path: /^PublicAccessBlockConfiguration\.\w+$/, harmless: is.on, when: is.off, weaker: 'publicBlock' },
    { path: /^AccessControl$/, when: is.becomes(/Public|Authenticated|LogDelivery|Aws/), weaker: 'publicAcl' },
    { path: /^OwnershipControls\b/, weaker: 'ownership' },
    {
      path: /^CorsConfiguration\b.*(AllowedOrigins|CorsRules\[[^\]]*\]$|CorsConfiguration$)/,
      when: is.becomes(/^\*$|"\*"/),
      weaker: 'everyWebsite',
    },
    { path: /^CorsConfiguration\b/, look: 'websites' },
    { path: new RegExp(`${EXPIRES.source}\\.(ExpirationInDays|Noncurrent\\w+\\.?\\w*Days)$`), harmless: is.more },
    { path: new RegExp(`${EXPIRES.source}\\.AbortIncompleteMultipartUpload\\b`), harmless: is.always },
    { path: /^LifecycleConfiguration\b.*(Noncurrent(Version)?)?Transition/, look: 'archive' },
    { path: /^LifecycleConfiguration(\.Rules\b|$)/, look: 'expiryRule' },
    { path: /^WebsiteConfiguration\b/, when: is.there, weaker: 'website' },
    { path: /^(ReplicationConfiguration|ObjectLock\w+)\b/, look: 'copies' },
  ),
  rules(
    /^AWS::ECR::Repository$/,
    { path: /^LifecyclePolicy\.LifecyclePolicyText\.rules\[[^\]]*\]\.selection\.countNumber$/, harmless: is.more },
    { path: /^LifecyclePolicy\.LifecyclePolicyText\.rules\[[^\]]*\]\.description$/, harmless: is.always },
    { path: /^LifecyclePolicy(\.LifecyclePolicyText\b|$)/, look: 'expiryRule' },
    { path: /^EmptyOnDelete$/, harmless: is.off, when: is.on, weaker: 'emptyOnDelete' },
    { path: /^ImageScanningConfiguration\.ScanOnPush$/, harmless: is.on, when: is.off, weaker: 'unscanned' },
    { path: /^ImageTagMutability$/, harmless: is.on, when: is.off, weaker: 'tagsMove' },
  ),
  rules(/^AWS::SecretsManager::Secret$/, { path: /^(GenerateSecretString\b|SecretString$)/, weaker: 'secretAnew' }),
  rules(
    /^AWS::KMS::/,
    { path: /^(Enabled|EnableKeyRotation)$/, when: is.notOn, weaker: 'keyOff' },
    { path: /^EnableKeyRotation$/, when: is.gone, weaker: 'keyOff' },
    { path: /^PendingWindowInDays$/, when: is.less, weaker: 'keyWait' },
  ),
];
