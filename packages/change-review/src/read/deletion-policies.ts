import type { Resource } from '@infra/common/template';

/** Strength of a policy by what it keeps: nothing, a snapshot, or the resource. */
export const KEEPS = { nothing: 0, snapshot: 1, resource: 2 } as const;

/** `Retain` or `RetainExceptOnCreate`. */
const RETAIN = /^Retain/;

/** Strength of a DeletionPolicy or an UpdateReplacePolicy. */
export function policyStrength(policy: unknown): number {
  if (RETAIN.test(String(policy))) return KEEPS.resource;
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
