import {
  all,
  BUCKET,
  type DangerousPair,
  DATABASE,
  ifImage,
  PUBLIC_SUBNET,
  REGISTRY,
  replaceInProperty,
  set,
  setEntry,
} from './pair';

const HOLDS_IN_NO_STACK = { 'Fn::Equals': ['a', 'b'] };
const KEEP_BY_PARAMETER = { DeletionProtection: { Ref: 'Keep' } };
const FROM_SNAPSHOT = { DBSnapshotIdentifier: 'before-moving-in', DBName: undefined, MasterUsername: undefined };
const keepParameter = (defaultValue: string) =>
  setEntry('Parameters', 'Keep', { Type: 'String', Default: defaultValue });

/** Changes that may lose data. */
const LOSSES: readonly DangerousPair[] = [
  {
    title: 'deletion protection depends on a condition',
    level: 'risk',
    says: 'Deletion protection is turned off',
    change: set(DATABASE, { DeletionProtection: ifImage(true, false) }),
  },
  {
    title: 'deletion protection is read from a parameter whose default is off',
    level: 'risk',
    says: 'Deletion protection is turned off',
    change: all(keepParameter('false'), set(DATABASE, KEEP_BY_PARAMETER)),
  },
  {
    title: 'deletion protection is read from a parameter that the manifest turns off',
    level: 'risk',
    says: 'Deletion protection is turned off',
    change: (stack) => {
      keepParameter('true')(stack);
      stack.properties['parameters'] = { Keep: 'false' };
      stack.set(DATABASE, KEEP_BY_PARAMETER);
    },
  },
  {
    title: 'deletion protection is read from a mapping',
    level: 'risk',
    says: 'Deletion protection is turned off',
    change: all(
      setEntry('Mappings', 'Keep', { prod: { db: 'false' } }),
      set(DATABASE, { DeletionProtection: { 'Fn::FindInMap': ['Keep', 'prod', 'db'] } }),
    ),
  },
  {
    title: 'the condition on which deletion protection depends no longer holds',
    level: 'risk',
    says: 'Deletion protection is turned off',
    change: setEntry('Conditions', 'HasAppImage', HOLDS_IN_NO_STACK),
    onBothSides: set(DATABASE, { DeletionProtection: ifImage(true, false) }),
  },
  {
    title: 'a database depends on a condition',
    level: 'risk',
    says: 'is false, it is deleted',
    change: (stack) => (stack.at(DATABASE).Condition = 'HasAppImage'),
  },
  {
    title: 'the condition on which a bucket depends changes',
    level: 'risk',
    says: 'is false, it is deleted',
    change: setEntry('Conditions', 'HasAppImage', { 'Fn::Equals': [{ Ref: 'AppImageTag' }, 'v1'] }),
    onBothSides: (stack) => (stack.at(BUCKET).Condition = 'HasAppImage'),
  },
  {
    title: 'a condition changes that is part of the one on which a bucket depends',
    level: 'risk',
    says: 'is false, it is deleted',
    change: setEntry('Conditions', 'HasAppImage', HOLDS_IN_NO_STACK),
    onBothSides: all(
      setEntry('Conditions', 'Both', { 'Fn::And': [{ Condition: 'HasAppImage' }, { Condition: 'HasAppImage' }] }),
      (stack) => (stack.at(BUCKET).Condition = 'Both'),
    ),
  },
  {
    title: 'a deletion policy depends on a condition',
    level: 'risk',
    says: 'less protected',
    change: (stack) => {
      stack.at(DATABASE).DeletionPolicy = ifImage('Retain', 'Delete') as never;
    },
  },
  {
    title: 'objects expire, and a bucket has versions of them',
    level: 'weaker',
    says: 'Objects that were kept until now expire: all beyond `1` days.',
    change: set(BUCKET, {
      'LifecycleConfiguration.Rules.+': { Id: 'x', Status: 'Enabled', ExpirationInDays: 1 },
    }),
  },
  {
    title: 'objects expire, and a bucket has no versions of them',
    level: 'risk',
    says: 'The bucket is not versioned, so they are lost.',
    change: set(BUCKET, {
      VersioningConfiguration: undefined,
      'LifecycleConfiguration.Rules.+': { Id: 'x', Status: 'Enabled', ExpirationInDays: 1, Prefix: 'evidences/' },
    }),
  },
  {
    title: 'objects move to another storage class',
    level: 'look',
    says: 'The rules that move objects to another storage class change',
    change: set(BUCKET, {
      'LifecycleConfiguration.Rules.0.Transitions': [{ StorageClass: 'GLACIER', TransitionInDays: 1 }],
    }),
  },
  {
    title: 'a registry keeps fewer images',
    level: 'weaker',
    says: 'Images that were kept until now expire',
    change: replaceInProperty(REGISTRY, 'LifecyclePolicy', ':30}', ':3}'),
  },
  {
    title: 'a registry keeps images by their age instead of their number',
    level: 'weaker',
    says: 'beyond `40` days',
    change: replaceInProperty(
      REGISTRY,
      'LifecyclePolicy',
      'imageCountMoreThan\\",\\"countNumber\\":30',
      'sinceImagePushed\\",\\"countUnit\\":\\"days\\",\\"countNumber\\":40',
    ),
  },
  {
    title: 'a database was restored from a snapshot, and is created with its name and its user',
    level: 'risk',
    says: [
      /Replaced: .*`MasterUsername`/,
      '`prooflink-prod-db` is still in use by the resource that it replaces',
      'the deployment would fail',
    ],
    change: set(DATABASE, {
      DBSnapshotIdentifier: undefined,
      DBName: 'prooflink_prod',
      MasterUsername: 'postgres',
    }),
    onBothSides: set(DATABASE, FROM_SNAPSHOT),
  },
  {
    title: 'a database was restored from a snapshot, and no longer names it',
    level: 'risk',
    says: 'May be replaced: whether `DBSnapshotIdentifier` can be updated in place depends on the values. The new resource is empty.',
    change: set(DATABASE, { DBSnapshotIdentifier: undefined }),
    onBothSides: set(DATABASE, FROM_SNAPSHOT),
  },
];

/** Changes that AWS would refuse. */
const FAILED_DEPLOYMENTS: readonly DangerousPair[] = [
  {
    title: 'a subnet gets the range of another one',
    level: 'risk',
    says: 'the deployment would fail',
    change: set(PUBLIC_SUBNET, { CidrBlock: '10.0.2.0/24' }),
  },
  {
    title: 'two subnets exchange their zones, and each is replaced while its predecessor has its range',
    level: 'risk',
    says: 'the resource that it replaces',
    change: all(
      set(PUBLIC_SUBNET, { AvailabilityZone: 'ap-northeast-1c' }),
      set('Network/Vpc/PublicSubnet2/Subnet', { AvailabilityZone: 'ap-northeast-1a' }),
    ),
  },
  {
    title: 'a listener gets the port of another one',
    level: 'risk',
    says: 'the deployment would fail',
    change: set('LoadBalancer/Resource/Http', { Port: 443 }),
  },
];

export const DATA: readonly DangerousPair[] = [...LOSSES, ...FAILED_DEPLOYMENTS];
