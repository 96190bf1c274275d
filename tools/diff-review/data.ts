// Not exported by the package, which is pinned: the CloudFormation resource schemas that its comparison reads, loaded once.
import { loadResourceModel } from '@aws-cdk/cloudformation-diff/lib/diff/util';
import type { Resource } from '../shared/template';
import { isRecord, isTrue } from '../shared/values';
import { say, type Words } from '../shared/words';

/** What the schemas do not call stateful and is lost with its resource all the same: images, and jobs under way. */
const MORE_DATA = new Set(['AWS::ECR::Repository', 'AWS::Batch::JobQueue', 'AWS::Batch::ComputeEnvironment']);

/** What the schemas say of a type, if they know it. */
export const modelOf = (type: string) => (type.startsWith('AWS::') ? loadResourceModel(type) : undefined);

/** Whether a resource holds something that making it again does not bring back. */
export function holdsData(resource: Resource): boolean {
  return MORE_DATA.has(resource.Type) || modelOf(resource.Type)?.isStateful === true;
}

/** Types of which several may carry the same name: a revision each, or a record each. */
const NAME_IS_SHARED = new Set(['AWS::Batch::JobDefinition', 'AWS::Route53::RecordSet']);

/**
 * The name that the template gives to a resource, if it does: CloudFormation refuses to replace such a resource under the
 * same name. It is the create-only property that identifies the resource, or is called after it (`JobQueueName`).
 */
export function nameOf(resource: Resource): unknown {
  const model = modelOf(resource.Type);
  if (!model || NAME_IS_SHARED.has(resource.Type)) return undefined;
  const noun = resource.Type.split('::').at(-1) ?? '';
  const [identifier, ...others] = model.primaryIdentifier ?? [];
  const properties = new Map(Object.entries(model.properties));
  return Object.entries(resource.Properties ?? {}).find(([property, value]) => {
    if (properties.get(property)?.causesReplacement !== 'yes' || isReference(value)) return false;
    const calledAfterIt = property === 'Name' || (/^(.+)Name$/.test(property) && noun.endsWith(property.slice(0, -4)));
    return calledAfterIt || (others.length === 0 && identifier === property);
  })?.[1];
}

const isReference = (value: unknown): boolean => isRecord(value) && ('Ref' in value || 'Fn::GetAtt' in value);

/** `Retain`, `Snapshot` or `Delete`: what CloudFormation does where a template says nothing included. */
export function deletionPolicy(resource: Resource): string {
  const inCluster = resource.Properties?.DBClusterIdentifier !== undefined;
  const isSnapshotted =
    resource.Type === 'AWS::RDS::DBCluster' || (resource.Type === 'AWS::RDS::DBInstance' && !inCluster);
  return policyOf(resource.DeletionPolicy, isSnapshotted ? 'Snapshot' : 'Delete');
}

/** `Retain`, `Snapshot` or `Delete` for the old resource of a replacement. */
export function replacePolicy(resource: Resource): string {
  return policyOf(resource.UpdateReplacePolicy, 'Delete');
}

/** A policy that is not written down as a word may be the weakest. */
function policyOf(policy: unknown, unset: string): string {
  if (policy === undefined) return unset;
  return typeof policy === 'string' ? policy : 'Delete';
}

/** How much a policy keeps. */
export function policyStrength(policy: string): number {
  if (policy.startsWith('Retain')) return 2;
  return policy === 'Snapshot' ? 1 : 0;
}

/** How dear what a resource holds is, as a reader would rank it: what is kept or protected first, logs last. */
export function worth(resource: Resource): number {
  const { Type, Properties = {} } = resource;
  const kept = policyStrength(deletionPolicy(resource)) + (isTrue(Properties['DeletionProtection']) ? 1 : 0);
  const kind = /^AWS::(RDS::DB(Instance|Cluster)|S3::Bucket|DynamoDB|EFS)/.test(Type)
    ? 2
    : /^AWS::Logs/.test(Type)
      ? 0
      : 1;
  return holdsData(resource) ? 10 * kind + kept : -1;
}

/** What becomes of a resource that CloudFormation lets go under a policy. */
export function fate(resource: Resource, policy: string, subject: 'It' | 'The old one' = 'It'): Words {
  const it = [subject];
  if (policyStrength(policy) === 2) {
    return say`${it} is kept, outside the stack (${policy}): no deployment changes, protects or deletes it any more.`;
  }
  if (isTrue(resource.Properties?.DeletionProtection)) {
    return say`${it} has deletion protection, so its deletion fails: it is left behind, outside the stack.`;
  }
  if (policy === 'Snapshot') return say`${it} is deleted after a last snapshot; only that brings the data back.`;
  const emptied =
    resource.Type === 'AWS::S3::Bucket' ? emptiesItself(resource) : isTrue(resource.Properties?.EmptyOnDelete);
  if (!emptied && /^AWS::(S3::Bucket|ECR::Repository)$/.test(resource.Type)) {
    return say`${it} is deleted if it is empty; if not, the deletion fails and it is left behind, outside the stack.`;
  }
  return holdsData(resource) ? say`${it} is deleted, and all that it holds is lost.` : say`${it} is deleted.`;
}

/** The mark that CDK's `autoDeleteObjects` puts on a bucket, and looks for before it empties one. */
function emptiesItself(bucket: Resource): boolean {
  const tags = bucket.Properties?.Tags;
  return Array.isArray(tags) && tags.some((tag) => isRecord(tag) && tag.Key === 'aws-cdk:auto-delete-objects');
}
