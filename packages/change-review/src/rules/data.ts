import { stableJson } from '@infra/common/values';
import {
  always,
  anyOf,
  becomes,
  becomesForeign,
  becomesOffByAnyWord,
  becomesOffDespiteDefault,
  becomesOlderVersion,
  becomesOn,
  becomesOnByDefault,
  becomesZero,
  type Condition,
  decreases,
  increases,
  isAdded,
  isRemoved,
  isSetAfter,
  turnsOff,
  weakensTls,
  withDefault,
} from './conditions';
import { rulesFor } from './rule';

/** A rule of a bucket's lifecycle. */
const BUCKET_RULE = String.raw`^LifecycleConfiguration\.Rules\[[^\]]*\]\.`;
const DAYS_OF_BUCKET_RULE = new RegExp(`${BUCKET_RULE}(ExpirationInDays|Noncurrent\\w+\\.?\\w*Days)$`);
const UPLOADS_OF_BUCKET_RULE = new RegExp(`${BUCKET_RULE}AbortIncompleteMultipartUpload\\b`);

/** A rule of a registry's lifecycle. */
const REGISTRY_RULE = String.raw`^LifecyclePolicy\.LifecyclePolicyText\.rules\[[^\]]*\]\.`;
const COUNT_OF_REGISTRY_RULE = new RegExp(`${REGISTRY_RULE}selection\\.countNumber$`);
const DESCRIPTION_OF_REGISTRY_RULE = new RegExp(`${REGISTRY_RULE}description$`);

const decreasesToPositive: Condition = (before, after) => {
  return decreases(before, after) && !becomesZero(before, after);
};

/** The parameter group no longer forces TLS, which is the engine's default. */
const allowsClearText: Condition = (_, after) => !/^(1|undefined)$/.test(String(after));

/** Without a retention, log events are kept forever. */
const keepsLogsLonger = withDefault(Infinity, (before, after) => Number(after) > Number(before));
const keepsLogsShorter = withDefault(Infinity, (before, after) => {
  const keepsAsLong = Number(after) >= Number(before);
  // A retention that is unknown at synth may be shorter.
  return !keepsAsLong;
});

const losesObjectWriter: Condition = (before, after) => {
  return isRemoved(before, after) && stableJson(before).includes('ObjectWriter');
};

/** Another account may own objects, or grant access to them. */
const mayShareOwnership: Condition = (before, after) => {
  const isEnforced = stableJson(after).includes('BucketOwnerEnforced');
  return !isEnforced && !losesObjectWriter(before, after);
};

/** Rules for what holds data. */
export const DATA = [
  rulesFor(
    /^AWS::RDS::DB(Instance|Cluster)$/,
    {
      path: /^DeletionProtection$/,
      harmlessIf: becomesOn,
      reportIf: turnsOff,
      lost: 'deletionProtectionOff',
    },
    {
      path: /^BackupRetentionPeriod$/,
      harmlessIf: increases,
      reportIf: becomesZero,
      lost: 'backupsOff',
    },
    {
      path: /^BackupRetentionPeriod$/,
      reportIf: decreasesToPositive,
      weaker: 'backupsShorter',
    },
    {
      path: /^DeleteAutomatedBackups$/,
      harmlessIf: becomesOffDespiteDefault,
      reportIf: becomesOnByDefault,
      weaker: 'backupsGoToo',
    },
    {
      path: /^PubliclyAccessible$/,
      harmlessIf: turnsOff,
      reportIf: becomesOn,
      weaker: 'publicDatabase',
    },
    {
      path: /^MultiAZ$/,
      harmlessIf: becomesOn,
      reportIf: turnsOff,
      weaker: 'oneZone',
    },
    {
      path: /^AvailabilityZone$/,
      reportIf: isAdded,
      fails: 'zoneRefused',
    },
    {
      path: /^AllocatedStorage$/,
      harmlessIf: increases,
      reportIf: decreases,
      fails: 'storageRefused',
    },
    {
      path: /^MaxAllocatedStorage$/,
      harmlessIf: anyOf(increases, isAdded),
      reportIf: decreases,
      weaker: 'growsLess',
    },
    {
      path: /^MaxAllocatedStorage$/,
      reportIf: isRemoved,
      weaker: 'growsNoMore',
    },
    { path: /^(EnablePerformanceInsights|CopyTagsToSnapshot)$/, harmlessIf: becomesOn },
    { path: /^PerformanceInsightsRetentionPeriod$/, harmlessIf: increases },
    {
      path: /^EngineVersion$/,
      reportIf: becomesOlderVersion,
      fails: 'olderEngine',
    },
    { path: /^EngineVersion$/, weaker: 'engine' },
    {
      path: /^AllowMajorVersionUpgrade$/,
      harmlessIf: turnsOff,
      reportIf: becomesOn,
      look: 'majorAllowed',
    },
    {
      path: /^AutoMinorVersionUpgrade$/,
      reportIf: becomesOffDespiteDefault,
      weaker: 'minorOff',
    },
    { path: /^DBInstanceClass$/, look: 'class' },
    // Aurora's storage changes online.
    { path: /^(StorageType|Iops|StorageThroughput)$/, reportIf: becomes(/^(?!aurora)/), look: 'disk' },
    { path: /^Preferred(Backup|Maintenance)Window$/, reportIf: isSetAfter, look: 'window' },
    { path: /^(MasterUserPassword|ManageMasterUserPassword)$/, weaker: 'masterPassword' },
    { path: /^EngineLifecycleSupport$/, look: 'extendedSupport' },
    { path: /^(DB(Cluster)?ParameterGroup|OptionGroup)Name$/, look: 'engineParameters' },
    { path: /^CACertificateIdentifier$/, look: 'caCertificate' },
  ),
  rulesFor(
    /^AWS::RDS::DB(Cluster)?ParameterGroup$/,
    {
      path: /^Parameters\.rds\.force_ssl$/,
      reportIf: allowsClearText,
      weaker: 'noForcedTls',
    },
    { path: /^Parameters\b/, look: 'engineParameters' },
  ),
  rulesFor(/^AWS::Logs::LogGroup$/, {
    path: /^RetentionInDays$/,
    harmlessIf: keepsLogsLonger,
    reportIf: keepsLogsShorter,
    weaker: 'logEvents',
  }),
  rulesFor(
    /^AWS::S3::Bucket$/,
    {
      path: /^VersioningConfiguration\.Status$/,
      harmlessIf: becomesOn,
      reportIf: turnsOff,
      weaker: 'noVersions',
    },
    {
      path: /^PublicAccessBlockConfiguration\.\w+$/,
      harmlessIf: becomesOn,
      // AWS blocks all public access to a new bucket.
      reportIf: anyOf(turnsOff, becomesOffByAnyWord),
      weaker: 'publicBlock',
    },
    {
      path: /^AccessControl$/,
      reportIf: becomes(/Public|Authenticated|LogDelivery|Aws/),
      weaker: 'publicAcl',
    },
    // Without controls, the writer of an object owns it, too.
    { path: /^OwnershipControls\b/, harmlessIf: losesObjectWriter, reportIf: mayShareOwnership, weaker: 'ownership' },
    {
      path: /^CorsConfiguration\b.*(AllowedOrigins|CorsRules\[[^\]]*\]$|CorsConfiguration$)/,
      reportIf: becomes(/^\*$|"\*"/),
      weaker: 'everyWebsite',
    },
    { path: DAYS_OF_BUCKET_RULE, harmlessIf: increases },
    { path: UPLOADS_OF_BUCKET_RULE, harmlessIf: always },
    {
      path: /^WebsiteConfiguration$/,
      reportIf: isAdded,
      weaker: 'website',
      isForWhole: true,
    },
    { path: /^ReplicationConfiguration\b.*\bDestination\.Bucket$/, reportIf: becomesForeign, weaker: 'foreignTarget' },
  ),
  rulesFor(
    /^AWS::ECR::Repository$/,
    { path: COUNT_OF_REGISTRY_RULE, harmlessIf: increases },
    { path: DESCRIPTION_OF_REGISTRY_RULE, harmlessIf: always },
    {
      path: /^EmptyOnDelete$/,
      harmlessIf: turnsOff,
      reportIf: becomesOn,
      weaker: 'emptyOnDelete',
    },
    {
      path: /^ImageScanningConfiguration\.ScanOnPush$/,
      harmlessIf: becomesOn,
      reportIf: turnsOff,
      weaker: 'unscanned',
    },
    {
      path: /^ImageTagMutability$/,
      harmlessIf: becomesOn,
      reportIf: turnsOff,
      weaker: 'tagsMove',
    },
  ),
  rulesFor(
    /^AWS::SecretsManager::Secret$/,
    {
      path: /^GenerateSecretString$/,
      reportIf: isRemoved,
      look: 'secretNotGenerated',
      isForWhole: true,
    },
    { path: /^GenerateSecretString\b/, lost: 'secretAnew' },
    {
      path: /^SecretString$/,
      reportIf: weakensTls,
      weaker: 'sslMode',
    },
    { path: /^SecretString$/, look: 'secretSet' },
  ),
  rulesFor(/^AWS::DynamoDB::(Global)?Table$/, {
    path: /^TimeToLiveSpecification\.Enabled$/,
    reportIf: becomesOn,
    lost: 'timeToLive',
  }),
  rulesFor(/^AWS::KMS::/, {
    path: /^Enabled$/,
    reportIf: becomesOffDespiteDefault,
    weaker: 'keyOff',
  }),
];
