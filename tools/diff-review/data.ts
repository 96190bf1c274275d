// Not exported by the package, which is pinned: the CloudFormation resource schemas that its comparison reads, loaded once.
import { loadResourceModel } from '@aws-cdk/cloudformation-diff/lib/diff/util';
import type { Resource } from '../shared/template';
import { isRecord } from '../shared/values';
import { say, type Words } from '../shared/words';

/** What the schemas do not call stateful and is lost with its resource all the same: images, and jobs under way. */
const MORE_DATA = new Set(['AWS::ECR::Repository', 'AWS::Batch::JobQueue', 'AWS::Batch::ComputeEnvironment']);

/** Whether a resource holds something that making it again does not bring back. */
export function holdsData(resource: Resource): boolean {
  return MORE_DATA.has(resource.Type) || loadResourceModel(resource.Type)?.isStateful === true;
}

/** Whether the schemas know a type; of one that they do not know nobody can say what replaces it. */
export function isKnown(type: string): boolean {
  return !type.startsWith('AWS::') || loadResourceModel(type) !== undefined;
}

/** Types of which several may carry the same name: a revision each, or a record each. */
const NAME_IS_SHARED = new Set(['AWS::Batch::JobDefinition', 'AWS::Route53::RecordSet']);

/**
 * The name that the template gives to a resource, if it does: CloudFormation refuses to replace such a resource under the
 * same name. It is the create-only property that identifies the resource, or is called after it (`JobQueueName`).
 */
export function nameOf(resource: Resource): unknown {
  const model = loadResourceModel(resource.Type);
  if (!model || NAME_IS_SHARED.has(resource.Type)) return undefined;
  const noun = resource.Type.split('::').at(-1) ?? '';
  const [identifier, ...others] = model.primaryIdentifier ?? [];
  return Object.entries(resource.Properties ?? {}).find(([property, value]) => {
    if (model.properties[property]?.causesReplacement !== 'yes' || isReference(value)) return false;
    const calledAfterIt = property === 'Name' || (/^(.+)Name$/.test(property) && noun.endsWith(property.slice(0, -4)));
    return calledAfterIt || (others.length === 0 && identifier === property);
  })?.[1];
}

const isReference = (value: unknown): boolean => isRecord(value) && ('Ref' in value || 'Fn::GetAtt' in value);

/** `Retain`, `Snapshot` or `Delete`: what CloudFormation does where a template says nothing included. */
export function deletionPolicy(resource: Resource): string {
  if (typeof resource.DeletionPolicy === 'string') return resource.DeletionPolicy;
  const inCluster = resource.Properties?.DBClusterIdentifier !== undefined;
  const isSnapshotted =
    resource.Type === 'AWS::RDS::DBCluster' || (resource.Type === 'AWS::RDS::DBInstance' && !inCluster);
  return isSnapshotted ? 'Snapshot' : 'Delete';
}

/** `Retain`, `Snapshot` or `Delete` for the old resource of a replacement. */
export function replacePolicy(resource: Resource): string {
  return typeof resource.UpdateReplacePolicy === 'string' ? resource.UpdateReplacePolicy : 'Delete';
}

/** How much a policy keeps. */
export function policyStrength(policy: string): number {
  if (policy.startsWith('Retain')) return 2;
  return policy === 'Snapshot' ? 1 : 0;
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
  const emptied = {
    'AWS::S3::Bucket': emptiesItself(resource),
    'AWS::ECR::Repository': isTrue(resource.Properties?.EmptyOnDelete),
  }[resource.Type];
  if (emptied === false) {
    return say`${it} is deleted if it is empty; if not, the deletion fails and it is left behind, outside the stack.`;
  }
  return holdsData(resource) ? say`${it} is deleted, and all that it holds is lost.` : say`${it} is deleted.`;
}

/** The mark that CDK's `autoDeleteObjects` puts on a bucket, and looks for before it empties one. */
function emptiesItself(bucket: Resource): boolean {
  const tags = bucket.Properties?.Tags;
  return Array.isArray(tags) && tags.some((tag) => isRecord(tag) && tag.Key === 'aws-cdk:auto-delete-objects');
}

/** CloudFormation takes `"true"` for `true`. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
