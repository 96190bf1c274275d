import type { Resource } from '@infra/common/template';
import { isTrue, omitKeys, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import type { Effect } from '../model/finding';
import { isRetained } from '../read/value';
import { holdsData } from '../read/held-data';
import { namesReferredToIn } from '../read/normalized-text';
import { nameOf, type StackComparison } from '../read/stack-comparison';

const CUSTOM_RESOURCE = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

const BUCKET_DEPLOYMENT = 'Custom::CDKBucketDeployment';

/** The CDK's custom resources whose handlers empty the bucket that they no longer refer to. */
const EMPTIES_FORMER_BUCKET: ReadonlySet<string> = new Set(['Custom::S3AutoDeleteObjects', BUCKET_DEPLOYMENT]);

/** Logical ID of the handler of the CDK's AwsCustomResource, as its beginning. */
const SDK_CALL_HANDLER = 'AWS679f53fac002430cb0da5b7982bd2287';

/** The CDK's custom resource that closes the default security group of a network. */
const DEFAULT_GROUP_RESTRICTION = 'Custom::VpcRestrictDefaultSG';

/**
 * Effect of a custom resource that is removed, or no longer refers to something: its handler may empty a bucket. On an
 * update CloudFormation sends Delete only if the handler has answered with another physical ID.
 */
export function handlerDeletionEffects(
  before: Resource,
  after: Resource | undefined,
  comparison: StackComparison,
): Effect[] {
  const isCustomResource = CUSTOM_RESOURCE.test(before.Type);
  if (!isCustomResource || !isDeleteSent(before, after)) return [];
  // A parameter is no resource that a handler could delete.
  const idsBefore = [...idsReferredToBy(before)].filter((id) => comparison.resources.before.has(id));
  const idsAfter = idsReferredToBy(after);
  const affectedIds = idsBefore.filter((id) => !idsAfter.has(id));
  // CloudFormation rejects another handler before it sends anything.
  const hasOtherHandler = after && stableJson(tokenOf(before)) !== stableJson(tokenOf(after));
  if (hasOtherHandler || (after && affectedIds.length === 0)) return [];
  const idsWithData = affectedIds.filter((id) => heldDataBefore(id, comparison));
  const hasData = idsWithData.length > 0;
  const namedIds = hasData ? idsWithData : affectedIds;
  const names = namedIds.map((id) => nameOf(id, comparison));
  if (before.Type === DEFAULT_GROUP_RESTRICTION) {
    return [{ level: 'weaker', sentence: wordsOf('defaultGroupOpens', { network: listOf(names) }) }];
  }
  if (after) {
    const sentence = wordsOf('handlerUpdates', { what: listOf(names) });
    const level = EMPTIES_FORMER_BUCKET.has(before.Type) ? 'lost' : 'weaker';
    return hasData ? [{ level, sentence }] : [];
  }
  if (names.length === 0) return [];
  const sentence = wordsOf('handlerDeletes', { what: listOf(names) });
  return [{ level: hasData ? 'lost' : 'weaker', sentence }];
}

function heldDataBefore(id: string, { resources }: StackComparison): boolean {
  const resource = resources.before.get(id);
  return resource !== undefined && holdsData(resource);
}

function isDeleteSent({ Type, Properties = {}, DeletionPolicy }: Resource, after: Resource | undefined): boolean {
  const isKept = after === undefined && isRetained(DeletionPolicy);
  // The CDK's AwsCustomResource does nothing without a call for Delete, whatever type its user gives it.
  const isSdkCall = stableJson(Properties['ServiceToken']).includes(SDK_CALL_HANDLER);
  const hasNoCall = isSdkCall && Properties['Delete'] === undefined;
  return !isKept && !hasNoCall && !keepsFiles(Type, Properties);
}

/** The CDK's BucketDeployment deletes the files that it copied only if RetainOnDelete is false. */
function keepsFiles(type: string, { RetainOnDelete = true }: NonNullable<Resource['Properties']>): boolean {
  return type === BUCKET_DEPLOYMENT && isTrue(RetainOnDelete);
}

function tokenOf({ Properties }: Resource): unknown {
  return Properties?.['ServiceToken'];
}

/** Logical IDs that the properties refer to; the handler itself is not one of them. */
function idsReferredToBy(resource: Resource | undefined): ReadonlySet<string> {
  const properties = omitKeys(resource?.Properties ?? {}, 'ServiceToken');
  return new Set(namesReferredToIn(properties));
}
