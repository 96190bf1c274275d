/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { DB, BUCKET, rules, lifecycle, otherwise, type Pair } from './pair';

export const DATA_1: readonly Pair[] = [
  [
    'deletion protection off',
    'risk',
    'deletion protection is switched off',
    (s) => s.set(DB, { DeletionProtection: false }),
  ],
  [
    'deletion protection by a condition',
    'risk',
    'deletion protection',
    (s) => s.set(DB, { DeletionProtection: otherwise(true, false) }),
  ],
  [
    'deletion protection by a parameter',
    'risk',
    'deletion protection',
    (s) => {
      s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'false' } };
      s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
    },
  ],
  [
    'deletion protection by a given value',
    'risk',
    'deletion protection',
    (s) => {
      s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'true' } };
      s.properties['parameters'] = { Keep: 'false' };
      s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
    },
  ],
  [
    'deletion protection by a map',
    'risk',
    'deletion protection',
    (s) => {
      s.template.Mappings = { Keep: { prod: { db: 'false' } } };
      s.set(DB, { DeletionProtection: { 'Fn::FindInMap': ['Keep', 'prod', 'db'] } });
    },
  ],
  ['no backups', 'risk', 'backups are switched off', (s) => s.set(DB, { BackupRetentionPeriod: 0 })],
  ['backups for a day', 'weaker', 'reach back less far', (s) => s.set(DB, { BackupRetentionPeriod: undefined })],
  [
    'another name of the database',
    'risk',
    'Replaced: `DBInstanceIdentifier`',
    (s) => s.set(DB, { DBInstanceIdentifier: 'x' }),
  ],
  ['no encryption', 'risk', 'Replaced: `StorageEncrypted`', (s) => s.set(DB, { StorageEncrypted: false })],
  [
    'a key of another account',
    'risk',
    'Replaced: `KmsKeyId`',
    (s) => s.set(DB, { KmsKeyId: 'arn:aws:kms:ap-northeast-1:999999999999:key/x' }),
  ],
  ['a snapshot to start from', 'risk', 'DBSnapshotIdentifier', (s) => s.set(DB, { DBSnapshotIdentifier: 'snap' })],
  ['another port', 'risk', 'Replaced: `Port`', (s) => s.set(DB, { Port: '5433' })],
  ['another master user', 'risk', 'Replaced: `MasterUsername`', (s) => s.set(DB, { MasterUsername: 'root' })],
  [
    'a subnet group of another name',
    'risk',
    'DBSubnetGroupName',
    (s) => s.set('Database/SubnetGroup', { DBSubnetGroupName: 'x' }),
  ],
  ['less storage', 'risk', 'refuses to make storage smaller', (s) => s.set(DB, { AllocatedStorage: '50' })],
  [
    'one zone',
    'risk',
    'refuses to give it a zone',
    (s) => s.set(DB, { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' }),
  ],
  ['no second zone', 'weaker', 'no longer survives', (s) => s.set(DB, { MultiAZ: false })],
  ['an older engine', 'risk', 'no way back to an older engine', (s) => s.set(DB, { EngineVersion: '14.9' })],
  ['a newer engine', 'weaker', 'The engine changes', (s) => s.set(DB, { EngineVersion: '16' })],
  ['the database removed', 'risk', 'Removed.', (s) => s.remove(DB)],
  ['the database renamed', 'risk', 'Renamed', (s) => s.rename(DB, 'Renamed')],
  ['the database on a condition', 'risk', 'it is removed', (s) => (s.at(DB).Condition = 'HasAppImage')],
  ['DeletionPolicy', 'risk', 'kept less well', (s) => (s.at(DB).DeletionPolicy = 'Delete')],
  ['DeletionPolicy left out', 'risk', 'kept less well', (s) => delete s.at(BUCKET).DeletionPolicy],
  [
    'DeletionPolicy by a function',
    'risk',
    'kept less well',
    (s) => (s.at(DB).DeletionPolicy = otherwise('Retain', 'Delete')),
  ],
  ['UpdateReplacePolicy', 'risk', 'kept less well', (s) => delete s.at(DB).UpdateReplacePolicy],
  ['the bucket renamed', 'risk', 'Replaced: `BucketName`', (s) => s.set(BUCKET, { BucketName: 'other' })],
  [
    'the bucket without versions',
    'weaker',
    'earlier versions',
    (s) => s.set(BUCKET, { VersioningConfiguration: undefined }),
  ],
  [
    'versions suspended',
    'weaker',
    'earlier versions',
    (s) => s.set(BUCKET, { VersioningConfiguration: { Status: 'Suspended' } }),
  ],
  [
    'objects expire',
    'weaker',
    'Objects expire that did not: all beyond `1 days`.',
    (s) => rules(s).push({ Id: 'x', Status: 'Enabled', ExpirationInDays: 1 }),
  ],
  [
    'objects expire where there are no versions',
    'risk',
    'The bucket has no versions: they are lost.',
    (s) => {
      s.set(BUCKET, { VersioningConfiguration: undefined });
      rules(s).push({ Id: 'x', Status: 'Enabled', ExpirationInDays: 1, Prefix: 'evidences/' });
    },
  ],
  [
    'old versions go sooner',
    'weaker',
    'Earlier versions expire that did not: all beyond `1 days`',
    (s) => Object.assign(rules(s)[1] ?? {}, { NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
  ],
  [
    'objects move to an archive',
    'look',
    'Transitions',
    (s) => Object.assign(rules(s)[0] ?? {}, { Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] }),
  ],
  ['no encryption of the bucket', 'weaker', 'BucketEncryption', (s) => s.set(BUCKET, { BucketEncryption: undefined })],
  [
    'no object ownership',
    'weaker',
    'OwnershipControls',
    (s) => s.set(BUCKET, { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }),
  ],
  ['fewer images', 'weaker', 'Images expire', lifecycle(':30}', ':3}')],
  [
    'images by age',
    'weaker',
    'beyond `40 sinceImagePushed`',
    lifecycle(
      'imageCountMoreThan\\",\\"countNumber\\":30',
      'sinceImagePushed\\",\\"countUnit\\":\\"days\\",\\"countNumber\\":40',
    ),
  ],
  [
    'a registry that goes with its images',
    'weaker',
    'Images no longer keep it',
    (s) => s.set('AppRegistry/Repository', { EmptyOnDelete: true }),
  ],
  ['logs for a week', 'weaker', 'Log events older', (s) => s.set('Web/Logs', { RetentionInDays: 7 })],
  ['logs of another name', 'risk', 'Replaced', (s) => s.set('Web/Logs', { LogGroupName: '/x' })],
  [
    'a new session secret',
    'weaker',
    'made anew',
    (s) => (s.of('Web/SessionSecret').GenerateSecretString.PasswordLength = 41),
  ],
  ['a queue of another name', 'risk', 'Replaced', (s) => s.set('UserImport/JobQueue', { JobQueueName: 'x' })],
  [
    'tags on what Batch cannot change',
    'risk',
    'Replaced: `Tags`',
    (s) => s.set('UserImport/JobQueue', { Tags: { A: 'b' } }),
  ],
  [
    'the parameter of the tag renamed',
    'risk',
    'value that the deployed stack has',
    (s) => s.replace('AppImageTag', 'ImageTag'),
  ],
];
