import type { Resource } from '@infra/common/template';
import { isTrue, objectsOf } from '@infra/common/values';
import type { Words } from '@infra/common/words';
import { wordsOf } from './messages';
import { referredId } from './reading';
import { identifierOf, modelOf } from './schemas';

/** Types that lose something with their resource, though the schemas do not call them stateful: images, jobs. */
const MORE_DATA = new Set(['AWS::ECR::Repository', 'AWS::Batch::JobQueue', 'AWS::Batch::ComputeEnvironment']);

/** True if a resource holds something that making it again does not bring back. */
export function holdsData({ Type }: Resource): boolean {
  return MORE_DATA.has(Type) || modelOf(Type)?.isStateful === true;
}

/** Types of which several may carry the same name: a revision each, or a record each. */
const NAME_IS_SHARED = new Set(['AWS::Batch::JobDefinition', 'AWS::Route53::RecordSet']);

/**
 * The name that the template gives to a resource, and the property that has it. It is the create-only property that
 * identifies the resource, or is called after it (`JobQueueName`).
 */
export function nameOf({ Type, Properties = {} }: Resource): readonly [property: string, name: string] | undefined {
  const known = new Map(Object.entries(modelOf(Type)?.properties ?? {}));
  const noun = Type.split('::').at(-1) ?? '';
  const named = Object.entries(Properties).find(([property, value]) => {
    const isFixed = typeof value === 'string' && referredId(value) === undefined;
    if (!isFixed || known.get(property)?.causesReplacement !== 'yes') return false;
    const isCalledAfterIt = /^(.*)Name$/.exec(property)?.[1];
    return property === identifierOf(Type) || (isCalledAfterIt !== undefined && noun.endsWith(isCalledAfterIt));
  });
  return NAME_IS_SHARED.has(Type) || !named ? undefined : [named[0], String(named[1])];
}

/** Adds CloudFormation's defaults of both policies. */
export function withPolicies(resource: Resource): Resource {
  const { Type, Properties } = resource;
  const isSnapshotted =
    Type === 'AWS::RDS::DBCluster' ||
    (Type === 'AWS::RDS::DBInstance' && Properties?.['DBClusterIdentifier'] === undefined);
  return { DeletionPolicy: isSnapshotted ? 'Snapshot' : 'Delete', UpdateReplacePolicy: 'Delete', ...resource };
}

/** Rank of a policy by what it keeps. */
export function strength(policy: unknown): number {
  return /^Retain/.test(String(policy)) ? 2 : policy === 'Snapshot' ? 1 : 0;
}

/** Sort key of what a resource holds: what is kept or protected first, logs last. */
export function worth(resource: Resource): number {
  const { Type, Properties = {}, DeletionPolicy } = resource;
  const kept = strength(DeletionPolicy) + (isTrue(Properties['DeletionProtection']) ? 1 : 0);
  const kind = /^AWS::(RDS::DB(Instance|Cluster)|S3::Bucket|DynamoDB|EFS)/.test(Type) ? 2 : 1;
  return holdsData(resource) ? 10 * (Type.startsWith('AWS::Logs') ? 0 : kind) + kept : -1;
}

/** Sentence on what a deletion policy does with a resource. */
export function fate(resource: Resource, policy: unknown, subject: 'it' | 'theOldOne' = 'it'): Words {
  const { Type, Properties = {} } = resource;
  const it = wordsOf(subject);
  if (strength(policy) === 2) {
    return wordsOf('keptOutside', { it, policy: String(policy) });
  }
  if (isTrue(Properties['DeletionProtection'])) {
    return wordsOf('deletionFails', { it });
  }
  if (policy === 'Snapshot') return wordsOf('lastSnapshot', { it });
  // The mark that CDK's `autoDeleteObjects` puts on a bucket, and looks for before it empties one.
  const isEmptied = objectsOf(Properties['Tags']).some(({ Key }) => Key === 'aws-cdk:auto-delete-objects');
  if (!isEmptied && !isTrue(Properties['EmptyOnDelete']) && /^AWS::(S3::Bucket|ECR::Repository)$/.test(Type)) {
    return wordsOf('deletedIfEmpty', { it });
  }
  return wordsOf(holdsData(resource) ? 'deletedWithAll' : 'deleted', { it });
}
