import {
  added,
  always,
  becomes,
  gone,
  isOn,
  less,
  more,
  off,
  olderVersion,
  on,
  type Rules,
  there,
  unset,
  zero,
} from './tests';

const EXPIRES = /^LifecycleConfiguration\.Rules\[[^\]]*\]/;

/** What holds data. */
export const DATA: readonly Rules[] = [
  {
    type: /^AWS::RDS::DB(Instance|Cluster)$/,
    directions: [
      { path: /^DeletionProtection$/, harmless: on, when: off, level: 'risk', says: 'deletionProtectionOff' },
      { path: /^BackupRetentionPeriod$/, harmless: unset(1, more), when: zero, level: 'risk', says: 'backupsOff' },
      {
        ...{ path: /^BackupRetentionPeriod$/, level: 'weaker', says: 'backupsShorter' },
        when: unset(1, (before, after) => less(before, after) && !zero(before, after)),
      },
      {
        path: /^DeleteAutomatedBackups$/,
        harmless: (_, after) => !isOn(after ?? true),
        when: (_, after) => isOn(after ?? true),
        level: 'weaker',
        says: 'backupsGoToo',
      },
      { path: /^PubliclyAccessible$/, harmless: off, when: on, level: 'weaker', says: 'publicDatabase' },
      { path: /^MultiAZ$/, harmless: on, when: off, level: 'weaker', says: 'oneZone' },
      { path: /^AvailabilityZone$/, when: added, level: 'risk', says: 'zoneRefused' },
      { path: /^AllocatedStorage$/, harmless: more, when: less, level: 'risk', says: 'storageRefused' },
      {
        path: /^MaxAllocatedStorage$/,
        harmless: (...values) => more(...values) || added(...values),
        when: (...values) => less(...values) || gone(...values),
        level: 'weaker',
        says: 'growsLess',
      },
      { path: /^(EnablePerformanceInsights|CopyTagsToSnapshot)$/, harmless: on },
      { path: /^PerformanceInsightsRetentionPeriod$/, harmless: more },
      {
        path: /^(EnablePerformanceInsights|PerformanceInsightsRetentionPeriod|DatabaseInsightsMode|Monitoring\w+)$/,
        says: 'lessInsight',
      },
      { path: /^EngineVersion$/, when: olderVersion, level: 'risk', says: 'olderEngine' },
      { path: /^EngineVersion$/, level: 'weaker', says: 'engine' },
      { path: /^AllowMajorVersionUpgrade$/, when: on, says: 'majorAllowed' },
      {
        path: /^AutoMinorVersionUpgrade$/,
        when: (_, after) => !isOn(after ?? true),
        level: 'weaker',
        says: 'minorOff',
      },
      { path: /^DBInstanceClass$/, says: 'class' },
      { path: /^(StorageType|Iops|StorageThroughput)$/, says: 'disk' },
      { path: /^Preferred(Backup|Maintenance)Window$/, says: 'window' },
      {
        path: /^(MasterUserPassword|ManageMasterUserPassword|MasterUserSecret\b.*)$/,
        level: 'weaker',
        says: 'masterPassword',
      },
      { path: /^EngineLifecycleSupport$/, says: 'extendedSupport' },
      {
        path: /^(DBParameterGroupName|DBClusterParameterGroupName|OptionGroupName|CACertificateIdentifier)$/,
        says: 'engineParameters',
      },
    ],
  },
  {
    type: /^AWS::RDS::DB(Cluster)?ParameterGroup$/,
    directions: [
      {
        path: /^Parameters\.rds\.force_ssl$/,
        when: (_, after) => !/^(1|undefined)$/.test(String(after)),
        level: 'weaker',
        says: 'noForcedTls',
      },
      { path: /^Parameters\b/, says: 'engineParameters' },
    ],
  },
  {
    type: /^AWS::Logs::LogGroup$/,
    directions: [
      {
        ...{ path: /^RetentionInDays$/, level: 'weaker', says: 'logEvents' },
        harmless: unset(Infinity, (before, after) => Number(after) > Number(before)),
        when: unset(Infinity, (before, after) => !(Number(after) >= Number(before))),
      },
    ],
  },
  {
    type: /^AWS::S3::Bucket$/,
    directions: [
      { path: /^VersioningConfiguration\.Status$/, harmless: on, when: off, level: 'weaker', says: 'noVersions' },
      { path: /^PublicAccessBlockConfiguration\.\w+$/, harmless: on, when: off, level: 'weaker', says: 'publicBlock' },
      {
        path: /^AccessControl$/,
        when: becomes(/Public|Authenticated|LogDelivery|Aws/),
        level: 'weaker',
        says: 'publicAcl',
      },
      { path: /^OwnershipControls\b/, level: 'weaker', says: 'ownership' },
      {
        path: /^CorsConfiguration\b.*(AllowedOrigins|CorsRules\[[^\]]*\]$|CorsConfiguration$)/,
        when: becomes(/^\*$|"\*"/),
        level: 'weaker',
        says: 'everyWebsite',
      },
      { path: /^CorsConfiguration\b/, says: 'websites' },
      { path: new RegExp(`${EXPIRES.source}\\.(ExpirationInDays|Noncurrent\\w+\\.?\\w*Days)$`), harmless: more },
      { path: new RegExp(`${EXPIRES.source}\\.AbortIncompleteMultipartUpload\\b`), harmless: always },
      { path: /^LifecycleConfiguration\b.*(Noncurrent(Version)?)?Transition/, says: 'archive' },
      { path: /^LifecycleConfiguration(\.Rules\b|$)/, says: 'expiryRule' },
      { path: /^WebsiteConfiguration\b/, when: there, level: 'weaker', says: 'website' },
      { path: /^(ReplicationConfiguration|ObjectLock\w+)\b/, says: 'copies' },
    ],
  },
  {
    type: /^AWS::ECR::Repository$/,
    directions: [
      { path: /^LifecyclePolicy\.LifecyclePolicyText\.rules\[[^\]]*\]\.selection\.countNumber$/, harmless: more },
      { path: /^LifecyclePolicy\.LifecyclePolicyText\.rules\[[^\]]*\]\.description$/, harmless: always },
      { path: /^LifecyclePolicy(\.LifecyclePolicyText\b|$)/, says: 'expiryRule' },
      { path: /^EmptyOnDelete$/, harmless: off, when: on, level: 'weaker', says: 'emptyOnDelete' },
      { path: /^ImageScanningConfiguration\.ScanOnPush$/, harmless: on, when: off, level: 'weaker', says: 'unscanned' },
      { path: /^ImageTagMutability$/, harmless: on, when: off, level: 'weaker', says: 'tagsMove' },
    ],
  },
  {
    type: /^AWS::SecretsManager::Secret$/,
    directions: [{ path: /^(GenerateSecretString\b|SecretString$)/, level: 'weaker', says: 'secretAnew' }],
  },
  {
    type: /^AWS::KMS::/,
    directions: [
      {
        path: /^(Enabled|EnableKeyRotation)$/,
        when: (_, after) => !isOn(after ?? true),
        level: 'weaker',
        says: 'keyOff',
      },
      { path: /^EnableKeyRotation$/, when: gone, level: 'weaker', says: 'keyOff' },
      { path: /^PendingWindowInDays$/, when: less, level: 'weaker', says: 'keyWait' },
    ],
  },
];
