import { DB, BUCKET, otherwise, ROLE } from './support/pairs/pair';
import { type Change, levelOf, reviewChange } from './support/real-stack';

describe('dangerous: where the base is not as it is today', () => {
  const bucketConditions: Change = (s) => {
    s.at(BUCKET).Condition = 'HasAppImage';
  };
  const fromSnapshot =
    (DBSnapshotIdentifier: string | undefined): Change =>
    (s) =>
      s.set(DB, { DBSnapshotIdentifier, DBName: undefined, MasterUsername: undefined });
  it.each<readonly [string, string, string | RegExp, Change, Change]>([
    [
      'a condition means something else',
      'risk',
      'it is removed',
      bucketConditions,
      (s) => (s.template.Conditions = { HasAppImage: { 'Fn::Equals': [{ Ref: 'AppImageTag' }, 'v1'] } }),
    ],
    [
      'so does one that it names',
      'risk',
      'it is removed',
      (s) => {
        s.template.Conditions = {
          ...s.template.Conditions,
          Both: { 'Fn::And': [{ Condition: 'HasAppImage' }, { Condition: 'HasAppImage' }] },
        };
        s.at(BUCKET).Condition = 'Both';
      },
      (s) => (s.template.Conditions = { ...s.template.Conditions, HasAppImage: { 'Fn::Equals': ['a', 'b'] } }),
    ],
    [
      'a condition of a safeguard',
      'risk',
      'deletion protection',
      (s) => s.set(DB, { DeletionProtection: otherwise(true, false) }),
      (s) => (s.template.Conditions = { HasAppImage: { 'Fn::Equals': ['a', 'b'] } }),
    ],
    [
      'a default of a safeguard',
      'risk',
      'deletion protection',
      (s) => {
        s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'true' } };
        s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
      },
      (s) => ((s.template.Parameters ?? {})['Keep'] = { Type: 'String', Default: 'false' }),
    ],
    [
      'a boundary off',
      'weaker',
      'boundary',
      (s) => s.set(ROLE, { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/b' }),
      (s) => s.set(ROLE, { PermissionsBoundary: undefined }),
    ],
    [
      'an engine whose number reads the same',
      'weaker',
      'The engine changes',
      (s) => s.set(DB, { EngineVersion: '15.1' }),
      (s) => s.set(DB, { EngineVersion: '15.10' }),
    ],
    [
      'no snapshot any more, as the config says it',
      'risk',
      /Replaced: .*`MasterUsername`.*`prooflink-prod-db` is still taken, by its own predecessor, .*the deployment would fail/s,
      fromSnapshot('before-moving-in'),
      (s) => s.set(DB, { DBSnapshotIdentifier: undefined, DBName: 'prooflink_prod', MasterUsername: 'postgres' }),
    ],
    [
      'no snapshot any more, and nothing else',
      'risk',
      /May be replaced: whether `DBSnapshotIdentifier` can change in place depends on the values\. The new one is empty\./,
      fromSnapshot('before-moving-in'),
      fromSnapshot(undefined),
    ],
    [
      'another snapshot',
      'risk',
      /May be replaced: whether `DBSnapshotIdentifier` can change in place depends on the values\. The new one is empty\./,
      fromSnapshot('before-moving-in'),
      fromSnapshot('after-moving-in'),
    ],
    [
      'priorities that swap',
      'risk',
      'the deployment would fail',
      (s) => {
        for (const [id, Priority] of [
          ['A', 1],
          ['B', 2],
        ] as const)
          s.add(id, 'AWS::ElasticLoadBalancingV2::ListenerRule', {
            ListenerArn: { Ref: 'L' },
            Priority,
            Actions: [],
            Conditions: [],
          });
      },
      (s) => s.set('A', { Priority: 2 }).set('B', { Priority: 1 }),
    ],
  ])('%s (%s)', (_what, level, tells, prepare, change) => {
    const outcome = reviewChange('prod', change, prepare);
    expect(levelOf(outcome)).toBe(level);
    expect(outcome.open).toMatch(tells);
  });

  it.each<readonly [string, Change]>([
    ['goes', (s) => s.remove('FileStorage/Bucket/AutoDeleteObjectsCustomResource')],
    ['has another id', (s) => s.rename('FileStorage/Bucket/AutoDeleteObjectsCustomResource', 'Renamed')],
    [
      'names another bucket',
      (s) => s.set('FileStorage/Bucket/AutoDeleteObjectsCustomResource', { BucketName: 'other' }),
    ],
  ])('what empties a bucket %s', (_what, change) => {
    const outcome = reviewChange('dev', change);
    expect(outcome.open).toContain('its handler is told to delete, and does so to what it named: `FileStorage/Bucket`');
    expect(outcome.exitCode).toBe(1);
  });
});
