import { BUCKET, DB, entry, IMAGES, look, otherwise, type Pair, risk, text, weaker } from './pair';

const SUBNET = 'Network/Vpc/PublicSubnet1/Subnet';

/** Changes that may lose data, or cannot be deployed. */
export const DATA: readonly Pair[] = [
  risk('Deletion protection is turned off', DB, { DeletionProtection: otherwise(true, false) }),
  risk('Deletion protection is turned off', (s) => {
    entry('Parameters', 'Keep', { Type: 'String', Default: 'false' })(s);
    s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
  }),
  risk('Deletion protection is turned off', (s) => {
    entry('Parameters', 'Keep', { Type: 'String', Default: 'true' })(s);
    s.properties['parameters'] = { Keep: 'false' };
    s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
  }),
  risk('Deletion protection is turned off', (s) => {
    entry('Mappings', 'Keep', { prod: { db: 'false' } })(s);
    s.set(DB, { DeletionProtection: { 'Fn::FindInMap': ['Keep', 'prod', 'db'] } });
  }),
  risk('does not allow an Availability Zone', DB, { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' }),
  risk('is false, it is deleted', (s) => (s.at(DB).Condition = 'HasAppImage')),
  risk('less protected', (s) => {
    s.at(DB).DeletionPolicy = otherwise('Retain', 'Delete') as never;
  }),
  weaker('Objects that were kept until now expire: all beyond `1 days`.', BUCKET, {
    'LifecycleConfiguration.Rules.+': { Id: 'x', Status: 'Enabled', ExpirationInDays: 1 },
  }),
  risk('The bucket is not versioned, so they are lost.', BUCKET, {
    VersioningConfiguration: undefined,
    'LifecycleConfiguration.Rules.+': { Id: 'x', Status: 'Enabled', ExpirationInDays: 1, Prefix: 'evidences/' },
  }),
  look('The storage class of objects changes', BUCKET, {
    'LifecycleConfiguration.Rules.0.Transitions': [{ StorageClass: 'GLACIER', TransitionInDays: 1 }],
  }),
  weaker('Images that were kept until now expire', text(IMAGES, 'LifecyclePolicy', [':30}', ':3}'])),
  weaker(
    'beyond `40 sinceImagePushed`',
    text(IMAGES, 'LifecyclePolicy', [
      'imageCountMoreThan\\",\\"countNumber\\":30',
      'sinceImagePushed\\",\\"countUnit\\":\\"days\\",\\"countNumber\\":40',
    ]),
  ),
  risk('has no default', entry('Parameters', 'X', { Type: 'String' })),
  risk('the deployment would fail', SUBNET, { CidrBlock: '10.0.2.0/24' }),
  risk('the resource that it replaces', (s) =>
    s
      .set(SUBNET, { AvailabilityZone: 'ap-northeast-1c' })
      .set('Network/Vpc/PublicSubnet2/Subnet', { AvailabilityZone: 'ap-northeast-1a' }),
  ),
  risk(`still in use by \`${SUBNET}\``, (s) => s.rename(SUBNET, 'Renamed')),
  risk('the deployment would fail', 'LoadBalancer/Resource/Http', { Port: 443 }),
  risk('the deployment would fail', (s) => s.set('Copy AWS::CloudWatch::Alarm', s.of('Alarms/import-failed'))),
  risk('Replaced', 'Network/Vpc', { CidrBlock: '10.1.0.0/16' }),
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
    'is false, it is deleted',
    entry('Conditions', 'HasAppImage', { 'Fn::Equals': [{ Ref: 'AppImageTag' }, 'v1'] }),
    (s) => (s.at(BUCKET).Condition = 'HasAppImage'),
  ),
  risk('is false, it is deleted', entry('Conditions', 'HasAppImage', HAS_IMAGE), (s) => {
    entry('Conditions', 'Both', { 'Fn::And': [{ Condition: 'HasAppImage' }, { Condition: 'HasAppImage' }] })(s);
    s.at(BUCKET).Condition = 'Both';
  }),
  risk('Deletion protection is turned off', entry('Conditions', 'HasAppImage', HAS_IMAGE), (s) =>
    s.set(DB, { DeletionProtection: otherwise(true, false) }),
  ),
  risk('Deletion protection is turned off', entry('Parameters', 'Keep', { Type: 'String', Default: 'false' }), (s) => {
    entry('Parameters', 'Keep', { Type: 'String', Default: 'true' })(s);
    s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
  }),
  weaker('The engine changes', DB, { EngineVersion: '15.10' }, (s) => s.set(DB, { EngineVersion: '15.1' })),
  risk(
    /Replaced: .*`MasterUsername`.*`prooflink-prod-db` is still in use by the resource that it replaces .*the deployment would fail/s,
    DB,
    { DBSnapshotIdentifier: undefined, DBName: 'prooflink_prod', MasterUsername: 'postgres' },
    (s) => s.set(DB, snapshot('before-moving-in')),
  ),
  ...[undefined, 'after-moving-in'].map((now) =>
    risk(
      'May be replaced: whether `DBSnapshotIdentifier` can be updated in place depends on the values. The new resource is empty.',
      ...[DB, snapshot(now)],
      (s) => s.set(DB, snapshot('before-moving-in')),
    ),
  ),
  risk(
    'the deployment would fail',
    (s) => s.set('A', { Priority: 2 }).set('B', { Priority: 1 }),
    (s) => s.set(`A ${RULE}`, rule(1)).set(`B ${RULE}`, rule(2)),
  ),
  weaker(
    /rds\.force_ssl[^]*rds\.force_ssl/,
    (s) => s.set('A', { Parameters: { 'rds.force_ssl': '0' } }).set('B', { Parameters: { 'rds.force_ssl': '0' } }),
    (s) =>
      s
        .set('A AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '1' } })
        .set('B AWS::RDS::DBParameterGroup', { Parameters: {} }),
  ),
];
