/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { BUCKET, DB, lifecycle, look, otherwise, type Pair, risk, rules, undone, weaker } from './pair';

/** Changes that may lose data, or cannot be deployed. */
export const DATA: readonly Pair[] = [
  undone(
    risk('deletion protection off', 'deletion protection is switched off', (s) =>
      s.set(DB, { DeletionProtection: false }),
    ),
  ),
  risk('deletion protection by a condition', 'deletion protection', (s) =>
    s.set(DB, { DeletionProtection: otherwise(true, false) }),
  ),
  risk('deletion protection by a parameter', 'deletion protection', (s) => {
    s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'false' } };
    s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
  }),
  risk('deletion protection by a given value', 'deletion protection', (s) => {
    s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'true' } };
    s.properties['parameters'] = { Keep: 'false' };
    s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
  }),
  risk('deletion protection by a map', 'deletion protection', (s) => {
    s.template.Mappings = { Keep: { prod: { db: 'false' } } };
    s.set(DB, { DeletionProtection: { 'Fn::FindInMap': ['Keep', 'prod', 'db'] } });
  }),
  risk('no backups', 'backups are switched off', (s) => s.set(DB, { BackupRetentionPeriod: 0 })),
  weaker('backups for a day', 'reach back less far', (s) => s.set(DB, { BackupRetentionPeriod: undefined })),
  risk('another name of the database', 'Replaced: `DBInstanceIdentifier`', (s) =>
    s.set(DB, { DBInstanceIdentifier: 'x' }),
  ),
  risk('no encryption', 'Replaced: `StorageEncrypted`', (s) => s.set(DB, { StorageEncrypted: false })),
  risk('a key of another account', 'Replaced: `KmsKeyId`', (s) =>
    s.set(DB, { KmsKeyId: 'arn:aws:kms:ap-northeast-1:999999999999:key/x' }),
  ),
  risk('a snapshot to start from', 'DBSnapshotIdentifier', (s) => s.set(DB, { DBSnapshotIdentifier: 'snap' })),
  risk('another port', 'Replaced: `Port`', (s) => s.set(DB, { Port: '5433' })),
  risk('another master user', 'Replaced: `MasterUsername`', (s) => s.set(DB, { MasterUsername: 'root' })),
  risk('a subnet group of another name', 'DBSubnetGroupName', (s) =>
    s.set('Database/SubnetGroup', { DBSubnetGroupName: 'x' }),
  ),
  risk('less storage', 'refuses to make storage smaller', (s) => s.set(DB, { AllocatedStorage: '50' })),
  risk('one zone', 'refuses to give it a zone', (s) =>
    s.set(DB, { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' }),
  ),
  undone(weaker('no second zone', 'no longer survives', (s) => s.set(DB, { MultiAZ: false }))),
  risk('an older engine', 'no way back to an older engine', (s) => s.set(DB, { EngineVersion: '14.9' })),
  weaker('a newer engine', 'The engine changes', (s) => s.set(DB, { EngineVersion: '16' })),
  risk('the database removed', 'Removed.', (s) => s.remove(DB)),
  risk('the database renamed', 'Renamed', (s) => s.rename(DB, 'Renamed')),
  risk('the database on a condition', 'it is removed', (s) => (s.at(DB).Condition = 'HasAppImage')),
  undone(risk('DeletionPolicy', 'kept less well', (s) => (s.at(DB).DeletionPolicy = 'Delete'))),
  risk('DeletionPolicy left out', 'kept less well', (s) => delete s.at(BUCKET).DeletionPolicy),
  risk(
    'DeletionPolicy by a function',
    'kept less well',
    (s) => (s.at(DB).DeletionPolicy = otherwise('Retain', 'Delete')),
  ),
  risk('UpdateReplacePolicy', 'kept less well', (s) => delete s.at(DB).UpdateReplacePolicy),
  risk('the bucket renamed', 'Replaced: `BucketName`', (s) => s.set(BUCKET, { BucketName: 'other' })),
  weaker('the bucket without versions', 'earlier versions', (s) =>
    s.set(BUCKET, { VersioningConfiguration: undefined }),
  ),
  undone(
    weaker('versions suspended', 'earlier versions', (s) =>
      s.set(BUCKET, { VersioningConfiguration: { Status: 'Suspended' } }),
    ),
  ),
  weaker('objects expire', 'Objects expire that did not: all beyond `1 days`.', (s) =>
    rules(s).push({ Id: 'x', Status: 'Enabled', ExpirationInDays: 1 }),
  ),
  risk('objects expire where there are no versions', 'The bucket has no versions: they are lost.', (s) => {
    s.set(BUCKET, { VersioningConfiguration: undefined });
    rules(s).push({ Id: 'x', Status: 'Enabled', ExpirationInDays: 1, Prefix: 'evidences/' });
  }),
  weaker('old versions go sooner', 'Earlier versions expire that did not: all beyond `1 days`', (s) =>
    Object.assign(rules(s)[1] ?? {}, { NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
  ),
  look('objects move to an archive', 'Transitions', (s) =>
    Object.assign(rules(s)[0] ?? {}, { Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] }),
  ),
  weaker('no encryption of the bucket', 'BucketEncryption', (s) => s.set(BUCKET, { BucketEncryption: undefined })),
  weaker('no object ownership', 'OwnershipControls', (s) =>
    s.set(BUCKET, { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }),
  ),
  weaker('fewer images', 'Images expire', lifecycle(':30}', ':3}')),
  weaker(
    'images by age',
    'beyond `40 sinceImagePushed`',
    lifecycle(
      'imageCountMoreThan\\",\\"countNumber\\":30',
      'sinceImagePushed\\",\\"countUnit\\":\\"days\\",\\"countNumber\\":40',
    ),
  ),
  weaker('a registry that goes with its images', 'Images no longer keep it', (s) =>
    s.set('AppRegistry/Repository', { EmptyOnDelete: true }),
  ),
  weaker('logs for a week', 'Log events older', (s) => s.set('Web/Logs', { RetentionInDays: 7 })),
  risk('logs of another name', 'Replaced', (s) => s.set('Web/Logs', { LogGroupName: '/x' })),
  weaker(
    'a new session secret',
    'made anew',
    (s) => (s.of('Web/SessionSecret').GenerateSecretString.PasswordLength = 41),
  ),
  risk('a queue of another name', 'Replaced', (s) => s.set('UserImport/JobQueue', { JobQueueName: 'x' })),
  risk('tags on what Batch cannot change', 'Replaced: `Tags`', (s) =>
    s.set('UserImport/JobQueue', { Tags: { A: 'b' } }),
  ),
  risk('the parameter of the tag renamed', 'value that the deployed stack has', (s) =>
    s.replace('AppImageTag', 'ImageTag'),
  ),
  risk(
    'a parameter without a default',
    'has no default',
    (s) => (s.template.Parameters = { ...s.template.Parameters, X: { Type: 'String' } }),
  ),
  risk('a condition that the database stands on', 'it is removed', (s) => {
    s.at(DB).Condition = 'HasAppImage';
  }),
  risk('the folders through another function', 'refuses another `ServiceToken`', (s) =>
    s.set('FileStorage/Folders/imports', { ServiceToken: 'arn:aws:lambda:ap-northeast-1:123456789012:function:x' }),
  ),
  risk('a subnet in a range that is taken', 'the deployment would fail', (s) =>
    s.set('Network/Vpc/PublicSubnet1/Subnet', { CidrBlock: '10.0.2.0/24' }),
  ),
  risk('subnets that swap their zones', 'its own predecessor', (s) => {
    s.set('Network/Vpc/PublicSubnet1/Subnet', { AvailabilityZone: 'ap-northeast-1c' });
    s.set('Network/Vpc/PublicSubnet2/Subnet', { AvailabilityZone: 'ap-northeast-1a' });
  }),
  risk('a renamed subnet', 'still taken, by `Network/Vpc/PublicSubnet1/Subnet`', (s) =>
    s.rename('Network/Vpc/PublicSubnet1/Subnet', 'Renamed'),
  ),
  risk('two listeners on a port', 'the deployment would fail', (s) =>
    s.set('LoadBalancer/Resource/Http', { Port: 443 }),
  ),
  risk('two alarms of a name', 'the deployment would fail', (s) =>
    s.add('Copy', 'AWS::CloudWatch::Alarm', s.of('Alarms/import-failed')),
  ),
  risk('another network', 'Replaced', (s) => s.set('Network/Vpc', { CidrBlock: '10.1.0.0/16' })),
];
