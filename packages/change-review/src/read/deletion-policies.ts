import type { Resource } from '@infra/common/template';

/** Strength of a policy by what it keeps: nothing, a snapshot, or the resource. */
export const KEEPS = { nothing: 0, snapshot: 1, resource: 2 } as const;

const RETAIN = /^Retain/;

/** Types of which CloudFormation makes a snapshot; of others it makes none, whatever the policy. */
const WITH_SNAPSHOTS: ReadonlySet<string> = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

/** True if the policy `Snapshot` has an effect on a type. */
export function hasSnapshots(type: string): boolean {
  return WITH_SNAPSHOTS.has(type);
}

/** Strength of a DeletionPolicy or an UpdateReplacePolicy of a resource type. */
export function policyStrength(policy: unknown, type: string): number {
  return hasSnapshots(type) || policy !== 'Snapshot' ? strengthWithSnapshots(policy) : KEEPS.nothing;
}

/** True for `Retain` and `RetainExceptOnCreate`. */
export function isRetained(policy: unknown): boolean {
  return RETAIN.test(String(policy));
}

/** Strength of a policy of a type with snapshots. */
export function strengthWithSnapshots(policy: unknown): number {
  if (isRetained(policy)) return KEEPS.resource;
  return policy === 'Snapshot' ? KEEPS.snapshot : KEEPS.nothing;
}

/** Adds CloudFormation's defaults of both policies to a resource. */
export function withDefaultPolicies(resource: Resource): Resource {
  return {
    DeletionPolicy: hasSnapshotByDefault(resource) ? 'Snapshot' : 'Delete',
    UpdateReplacePolicy: 'Delete',
    ...resource,
  };
}

function hasSnapshotByDefault({ Type, Properties }: Resource): boolean {
  if (Type === 'AWS::RDS::DBCluster') return true;
  return Type === 'AWS::RDS::DBInstance' && Properties?.['DBClusterIdentifier'] === undefined;
}
