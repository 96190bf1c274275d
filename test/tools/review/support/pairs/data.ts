import { BUCKET, DB, entry, IMAGES, look, otherwise, type Pair, risk, text, undone, weaker } from './pair';

const SUBNET = 'Network/Vpc/PublicSubnet1/Subnet';
const QUEUE = 'UserImport/JobQueue';

/** Changes that may lose data, or cannot be deployed. */
export const DATA: readonly Pair[] = [
  undone(risk('deletion protection off', 'deletion protection is switched off', DB, { DeletionProtection: false })),
  risk('deletion protection by a condition', 'deletion protection', DB, { DeletionProtection: otherwise(true, false) }),
  risk('deletion protection by a parameter', 'deletion protection', (s) => {
    entry('Parameters', 'Keep', { Type: 'String', Default: 'false' })(s);
    s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
  }),
  risk('deletion protection by a given value', 'deletion protection', (s) => {
    entry('Parameters', 'Keep', { Type: 'String', Default: 'true' })(s);
    s.properties['parameters'] = { Keep: 'false' };
    s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
  }),
  risk('deletion protection by a map', 'deletion protection', (s) => {
    entry('Mappings', 'Keep', { prod: { db: 'false' } })(s);
    s.set(DB, { DeletionProtection: { 'Fn::FindInMap': ['Keep', 'prod', 'db'] } });
  }),
  risk('no backups', 'backups are switched off', DB, { BackupRetentionPeriod: 0 }),
  weaker('backups for a day', 'reach back less far', DB, { BackupRetentionPeriod: undefined }),
  risk('another name of the database', 'Replaced: `DBInstanceIdentifier`', DB, { DBInstanceIdentifier: 'x' }),
  risk('no encryption', 'Replaced: `StorageEncrypted`', DB, { StorageEncrypted: false }),
  risk('less storage', 'refuses to make storage smaller', DB, { AllocatedStorage: '50' }),
  risk('one zone', 'refuses to give it a zone', DB, { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' }),
  undone(weaker('no second zone', 'no longer survives', DB, { MultiAZ: false })),
  risk('an older engine', 'no way back to an older engine', DB, { EngineVersion: '14.9' }),
  weaker('a newer engine', 'The engine changes', DB, { EngineVersion: '16' }),
  risk('the database on a condition', 'it is removed', (s) => (s.at(DB).Condition = 'HasAppImage')),
  undone(risk('DeletionPolicy', 'kept less well', (s) => (s.at(DB).DeletionPolicy = 'Delete'))),
  risk('DeletionPolicy left out', 'kept less well', (s) => delete s.at(BUCKET).DeletionPolicy),
  risk('DeletionPolicy by a function', 'kept less well', (s) => {
    s.at(DB).DeletionPolicy = otherwise('Retain', 'Delete') as never;
  }),
  undone(
    weaker('versions suspended', 'earlier versions', BUCKET, { VersioningConfiguration: { Status: 'Suspended' } }),
  ),
  weaker('objects expire', 'Objects expire that did not: all beyond `1 days`.', BUCKET, {
    'LifecycleConfiguration.Rules.+': { Id: 'x', Status: 'Enabled', ExpirationInDays: 1 },
  }),
  risk('objects expire where there are no versions', 'The bucket has no versions: they are lost.', BUCKET, {
    VersioningConfiguration: undefined,
    'LifecycleConfiguration.Rules.+': { Id: 'x', Status: 'Enabled', ExpirationInDays: 1, Prefix: 'evidences/' },
  }),
  weaker('old versions go sooner', 'Earlier versions expire that did not: all beyond `1 days`', BUCKET, {
    'LifecycleConfiguration.Rules.1.NoncurrentVersionExpiration': { NoncurrentDays: 1 },
  }),
  look('objects move to an archive', 'Transitions', BUCKET, {
    'LifecycleConfiguration.Rules.0.Transitions': [{ StorageClass: 'GLACIER', TransitionInDays: 1 }],
  }),
  weaker('no encryption of the bucket', 'BucketEncryption', BUCKET, { BucketEncryption: undefined }),
  weaker('no object ownership', 'OwnershipControls', BUCKET, {
    OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
  }),
  weaker('fewer images', 'Images expire', text(IMAGES, 'LifecyclePolicy', [':30}', ':3}'])),
  weaker(
    'images by age',
    'beyond `40 sinceImagePushed`',
    text(IMAGES, 'LifecyclePolicy', [
      'imageCountMoreThan\\",\\"countNumber\\":30',
      'sinceImagePushed\\",\\"countUnit\\":\\"days\\",\\"countNumber\\":40',
    ]),
  ),
  weaker('a registry that goes with its images', 'Images no longer keep it', IMAGES, { EmptyOnDelete: true }),
  weaker('logs for a week', 'Log events older', 'Web/Logs', { RetentionInDays: 7 }),
  weaker('a new session secret', 'made anew', 'Web/SessionSecret', { 'GenerateSecretString.PasswordLength': 41 }),
  risk('tags on what Batch cannot change', 'Replaced: `Tags`', QUEUE, { Tags: { A: 'b' } }),
  risk('the parameter of the tag renamed', 'value that the deployed stack has', (s) =>
    s.replace('AppImageTag', 'ImageTag'),
  ),
  risk('a parameter without a default', 'has no default', entry('Parameters', 'X', { Type: 'String' })),
  risk('the folders through another function', 'refuses another `ServiceToken`', 'FileStorage/Folders/imports', {
    ServiceToken: 'arn:aws:lambda:ap-northeast-1:123456789012:function:x',
  }),
  risk('a subnet in a range that is taken', 'the deployment would fail', SUBNET, { CidrBlock: '10.0.2.0/24' }),
  risk('subnets that swap their zones', 'its own predecessor', (s) =>
    s
      .set(SUBNET, { AvailabilityZone: 'ap-northeast-1c' })
      .set('Network/Vpc/PublicSubnet2/Subnet', { AvailabilityZone: 'ap-northeast-1a' }),
  ),
  risk('a renamed subnet', `still taken, by \`${SUBNET}\``, (s) => s.rename(SUBNET, 'Renamed')),
  risk('two listeners on a port', 'the deployment would fail', 'LoadBalancer/Resource/Http', { Port: 443 }),
  risk('two alarms of a name', 'the deployment would fail', (s) =>
    s.set('Copy AWS::CloudWatch::Alarm', s.of('Alarms/import-failed')),
  ),
  risk('another network', 'Replaced', 'Network/Vpc', { CidrBlock: '10.1.0.0/16' }),
];

const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const rule = (Priority: number) => ({ ListenerArn: { Ref: 'L' }, Priority, Actions: [], Conditions: [] });
const HAS_IMAGE = { 'Fn::Equals': ['a', 'b'] };
const snapshot = (DBSnapshotIdentifier: string | undefined) => ({
  ...{ DBSnapshotIdentifier, DBName: undefined, MasterUsername: undefined },
});

/** The same, of a base that is not as the template is today. */
export const OTHER_DATA: readonly Pair[] = [
  risk(
    'a condition means something else',
    'it is removed',
    entry('Conditions', 'HasAppImage', { 'Fn::Equals': [{ Ref: 'AppImageTag' }, 'v1'] }),
    (s) => (s.at(BUCKET).Condition = 'HasAppImage'),
  ),
  risk('so does one that it names', 'it is removed', entry('Conditions', 'HasAppImage', HAS_IMAGE), (s) => {
    entry('Conditions', 'Both', { 'Fn::And': [{ Condition: 'HasAppImage' }, { Condition: 'HasAppImage' }] })(s);
    s.at(BUCKET).Condition = 'Both';
  }),
  risk('a condition of a safeguard', 'deletion protection', entry('Conditions', 'HasAppImage', HAS_IMAGE), (s) =>
    s.set(DB, { DeletionProtection: otherwise(true, false) }),
  ),
  risk(
    'a default of a safeguard',
    'deletion protection',
    entry('Parameters', 'Keep', { Type: 'String', Default: 'false' }),
    (s) => {
      entry('Parameters', 'Keep', { Type: 'String', Default: 'true' })(s);
      s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
    },
  ),
  weaker('an engine whose number reads the same', 'The engine changes', DB, { EngineVersion: '15.10' }, (s) =>
    s.set(DB, { EngineVersion: '15.1' }),
  ),
  risk(
    'no snapshot any more, as the config says it',
    /Replaced: .*`MasterUsername`.*`prooflink-prod-db` is still taken, by its own predecessor, .*the deployment would fail/s,
    DB,
    { DBSnapshotIdentifier: undefined, DBName: 'prooflink_prod', MasterUsername: 'postgres' },
    (s) => s.set(DB, snapshot('before-moving-in')),
  ),
  ...[undefined, 'after-moving-in'].map((now) =>
    risk(
      `the snapshot ${now ?? 'left out'}`,
      'May be replaced: whether `DBSnapshotIdentifier` can change in place depends on the values. The new one is empty.',
      ...[DB, snapshot(now)],
      (s) => s.set(DB, snapshot('before-moving-in')),
    ),
  ),
  risk(
    'priorities that swap',
    'the deployment would fail',
    (s) => s.set('A', { Priority: 2 }).set('B', { Priority: 1 }),
    (s) => s.set(`A ${RULE}`, rule(1)).set(`B ${RULE}`, rule(2)),
  ),
  weaker(
    'TLS of the database no longer forced, or no longer by default',
    /rds\.force_ssl[^]*rds\.force_ssl/,
    (s) => s.set('A', { Parameters: { 'rds.force_ssl': '0' } }).set('B', { Parameters: { 'rds.force_ssl': '0' } }),
    (s) =>
      s
        .set('A AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '1' } })
        .set('B AWS::RDS::DBParameterGroup', { Parameters: {} }),
  ),
];
