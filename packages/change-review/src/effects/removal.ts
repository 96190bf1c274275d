import { isReadNestedStack, NESTED_STACK } from '@infra/common/nested-stacks';
import type { Resource } from '@infra/common/template';
import { groupBy, isTrue, objectsOf, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Words } from '../messages/words';
import type { Effect, Level } from '../model/finding';
import { isRetained, KEEPS, policyStrength } from '../read/value';
import { holdsData, isCreatedEmpty } from '../read/held-data';
import { physicalNameOf } from '../read/physical-name';
import { REVISIONS } from '../read/replacements';
import type { StackComparison } from '../read/stack-comparison';
import { NEW_ID_PER_REVISION } from '../read/successors';

/** Types that AWS deletes only if they are empty. */
const DELETED_IF_EMPTY: ReadonlySet<string> = new Set([
  'AWS::Backup::BackupVault',
  'AWS::ECR::Repository',
  'AWS::S3::Bucket',
]);

/** Types whose jobs AWS Batch terminates when it deletes them. */
const WITH_JOBS: ReadonlySet<string> = new Set(['AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobQueue']);

/** Properties by which AWS refuses to delete a resource. */
const DELETION_PROTECTION = ['DeletionProtection', 'DeletionProtectionEnabled', 'DisableApiTermination'];

/** Values of these properties; that of a Cognito user pool is a word. */
const PROTECTED = /^(true|ACTIVE)$/;

/** Tag that the CDK's `autoDeleteObjects` sets on a bucket, and expects before it empties one. */
const AUTO_DELETE_TAG = 'aws-cdk:auto-delete-objects';

/** New logical IDs of removed resources, by the earlier ones: most likely constructs that were renamed. */
export function findRenames({ resources }: StackComparison): ReadonlyMap<string, string> {
  const addedIds = idsByIdentity(resources.after, resources.before);
  const renames = new Map<string, string>();
  for (const [identity, ids] of idsByIdentity(resources.before, resources.after)) {
    const [id = '', ...otherIds] = ids;
    const [newId, ...otherNewIds] = addedIds.get(identity) ?? [];
    // One of several alike may be any of them.
    if (newId !== undefined && otherIds.length + otherNewIds.length === 0) renames.set(id, newId);
  }
  return renames;
}

/** Logical IDs that only one side has, by what identifies their resources. */
function idsByIdentity(
  resources: ReadonlyMap<string, Resource>,
  otherResources: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, string[]> {
  const own = [...resources].filter(([id, { Type }]) => !otherResources.has(id) && !NEW_ID_PER_REVISION.has(Type));
  const groups = groupBy(own, ([, resource]) => identityOf(resource));
  return new Map([...groups].map(([identity, entries]) => [identity, entries.map(([id]) => id)]));
}

/** Earlier logical IDs of renamed resources, by the new ones; only of those that are the same in all properties. */
export function findSameUnderOldIds(
  renames: ReadonlyMap<string, string>,
  { resources: { before, after } }: StackComparison,
): ReadonlyMap<string, string> {
  const same = [...renames].filter(([oldId, newId]) => {
    return stableJson(before.get(oldId)?.Properties) === stableJson(after.get(newId)?.Properties);
  });
  return new Map(same.map(([oldId, newId]) => [newId, oldId]));
}

/** The type of a resource, the condition under which it exists, and its physical name or else all of its properties. */
function identityOf(resource: Resource): string {
  const physicalName = physicalNameOf(resource);
  const identity = physicalName ? [physicalName.property, physicalName.name] : resource.Properties;
  return stableJson([resource.Type, resource.Condition, identity]);
}

/**
 * Effects of removing a resource, and what it holds.
 * @param newId - Logical ID under which it is added again.
 */
export function removalEffects(resource: Resource, newId: string | undefined): Effect[] {
  const level = holdsData(resource) && !isReviewedItself(resource) ? levelOfRemoval(resource) : 'other';
  // A resource that is simply deleted needs no sentence beside its removal.
  const sentences = isSimplyDeleted(resource) ? [] : [deletionSentence(resource, resource.DeletionPolicy)];
  const remaining = sentenceOnName(resource, newId);
  if (remaining) sentences.push(remaining);
  return sentences.map((sentence) => ({ level, sentence }));
}

/** True for a nested stack whose template is read: its resources are reviewed like another stack's. */
function isReviewedItself(resource: Resource): boolean {
  return isReadNestedStack(resource) && !isRetained(resource.DeletionPolicy);
}

/** Level of what becomes of data by the DeletionPolicy of the resource. */
export function levelOfRemoval(resource: Resource): Level {
  return isLostBy(resource.DeletionPolicy, resource) ? 'lost' : 'left';
}

function isSimplyDeleted(resource: Resource): boolean {
  const sentence = deletionSentence(resource, resource.DeletionPolicy);
  return stableJson(sentence) === stableJson(wordsOf('deleted', { it: wordsOf('it') }));
}

/** Sentence on where its name is used after the removal. */
function sentenceOnName(resource: Resource, newId: string | undefined): Words | undefined {
  const isKey = resource.Type === 'AWS::KMS::Key';
  if (newId !== undefined)
    return wordsOf(isCreatedEmpty(resource) && !isKey ? 'renamedEmpty' : 'renamed', { name: newId });
  const name = physicalNameOf(resource)?.name;
  return isRetained(resource.DeletionPolicy) && name !== undefined ? wordsOf('nameTaken', { name }) : undefined;
}

/** Sentence on what CloudFormation does with a resource that is removed or replaced, by a policy. */
export function deletionSentence(resource: Resource, policy: unknown, subject: 'it' | 'theOldOne' = 'it'): Words {
  const { Type, Properties = {} } = resource;
  const values = { it: wordsOf(subject) };
  const strength = policyStrength(policy, Type);
  if (strength === KEEPS.resource) return wordsOf('keptOutside', { ...values, policy: String(policy) });
  if (isReviewedItself(resource)) return wordsOf('deleted', values);
  if (Type === NESTED_STACK) return wordsOf('deletedWithResources', values);
  if (REVISIONS.has(Type)) return wordsOf('deregistered', values);
  if (isProtected(Properties)) return wordsOf('deletionFails', values);
  if (strength === KEEPS.snapshot && holdsData(resource)) return wordsOf('lastSnapshot', values);
  if (mustBeEmpty(Type, Properties)) return wordsOf('deletedIfEmpty', values);
  if (WITH_JOBS.has(Type)) return wordsOf('deletedWithJobs', values);
  if (Type === 'AWS::EC2::Instance') return wordsOf('deletedWithDisks', values);
  if (Type === 'AWS::KMS::Key') return wordsOf('keyDeleted', values);
  return wordsOf(holdsData(resource) ? 'deletedWithAll' : 'deleted', values);
}

/** True if nothing of a resource with data stays in AWS, by a policy, when it is removed or replaced. */
export function isLostBy(policy: unknown, { Type, Properties = {} }: Resource): boolean {
  const isKept = policyStrength(policy, Type) !== KEEPS.nothing;
  return !isKept && !isProtected(Properties) && !mustBeEmpty(Type, Properties);
}

/** True if AWS refuses to delete it as long as something is in it. */
function mustBeEmpty(type: string, properties: Readonly<Record<string, unknown>>): boolean {
  return DELETED_IF_EMPTY.has(type) && !isEmptiedFirst(properties);
}

function isProtected(properties: Readonly<Record<string, unknown>>): boolean {
  return DELETION_PROTECTION.some((property) => PROTECTED.test(String(properties[property])));
}

function isEmptiedFirst(properties: Readonly<Record<string, unknown>>): boolean {
  const tags = objectsOf(properties['Tags']);
  const isEmptiedByCdk = tags.some(({ Key }) => Key === AUTO_DELETE_TAG);
  return isEmptiedByCdk || isTrue(properties['EmptyOnDelete']);
}
