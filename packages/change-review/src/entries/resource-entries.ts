import type { Resource } from '@infra/common/template';
import { entriesOf, omitKeys, valueAtPath } from '@infra/common/values';
import { silentAlarmEffects } from '../effects/alarm';
import { handlerDeletionEffects } from '../effects/custom-resource';
import { crossRegionExportEffects } from '../effects/cross-region-exports';
import { findDanglingReferences } from '../effects/dangling-references';
import { expiryEffects } from '../effects/expiry';
import { keyPolicyEffects } from '../effects/key-policy';
import { findRenames, findSameUnderOldIds, removalEffects } from '../effects/removal';
import { replacementEffects } from '../effects/replacement';
import { subnetGroupEffects } from '../effects/subnet-group';
import { findTakenValues } from '../effects/taken-values';
import { approvalEffects, conditionEffects, majorUpgradeEffects } from '../effects/update';
import { uploadedCodeEffects } from '../effects/uploaded-code';
import { effectsOfUnsetValues } from '../judge/added-values';
import { wordsOf } from '../messages';
import type { Words } from '../messages/words';
import { type ComparedValues, type Entry, type Presence, presenceOf } from '../model/entry';
import type { Effect } from '../model/finding';
import { conditionalItems } from '../read/conditional-items';
import { arnOf, hasSnapshots, isRetained } from '../read/value';
import { holdsData, rankOf } from '../read/held-data';
import { subjectOf } from '../read/naming';
import { withoutChangedMarks } from '../read/normalized-text';
import { REVISIONS } from '../read/replacements';
import { typeMadeOf } from '../read/resource-schemas';
import type { StackComparison } from '../read/stack-comparison';
import { findSuccessions, NEW_ID_PER_REVISION } from '../read/successors';
import { ALARM_WITH_ACTIONS } from '../rules/presence';
import { ATTRIBUTE, ATTRIBUTE_OF_DATA, ATTRIBUTE_OF_DATA_WITHOUT_SNAPSHOTS } from '../rules/rule';

/** Key of no rules. */
const OTHER_TYPE = 'other type';

const ACTIONS_OF_ALARM = ['AlarmActions', 'OKActions', 'InsufficientDataActions'];

/** A resource on both sides, normalized and as written. */
interface ComparedResource {
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  readonly writtenBefore: unknown;
  readonly writtenAfter: unknown;
}

/** The resources of a stack, as they are compared. */
export function resourceEntries(comparison: StackComparison): Entry[] {
  const { base, head, resources, replacements } = comparison;
  const writtenBefore = entriesOf(base.template.Resources);
  const writtenAfter = entriesOf(head.template.Resources);
  const renames = findRenames(comparison);
  const sameUnderOldIds = findSameUnderOldIds(renames, comparison);
  const effectsOf = resourceEffects(comparison, renames, sameUnderOldIds);
  const successions = findSuccessions(resources);
  const allResources = new Map([...resources.before, ...resources.after]);
  const compared = [...allResources].filter(([id]) => !isCdkMetadata(id, comparison));
  return compared.map(([id, resource]): Entry => {
    const both: ComparedResource = {
      before: resources.before.get(id),
      after: resources.after.get(id),
      writtenBefore: writtenBefore.get(id),
      writtenAfter: writtenAfter.get(id),
    };
    const presence = presenceOf(resources.before.has(id), resources.after.has(id));
    const oldId = sameUnderOldIds.get(id);
    const isRenamed = renames.has(id) || oldId !== undefined;
    const harmlessSentence = oldId === undefined ? sentenceOnRevision(resource) : wordsOf('sameAs', { now: oldId });
    return {
      subject: subjectOf(id, resource),
      rank: rankOf(resource),
      parts: partsOf(resource, both, presence),
      condition: conditionOf(both),
      presence,
      isRenamed,
      goesOn: isRenamed || (presence === 'removed' && isRetained(resource.DeletionPolicy)),
      isExpected: successions.has(id) || oldId !== undefined,
      effects: effectsOf(id),
      replacement: REVISIONS.has(resource.Type) ? undefined : replacements.get(id),
      harmlessSentence,
    };
  });
}

/** Condition under which a resource exists; a new one has an effect of its own. */
function conditionOf({ before, after }: ComparedResource): string | undefined {
  const conditionBefore = before?.Condition;
  const condition = after ? after.Condition : conditionBefore;
  const isNew = before !== undefined && condition !== conditionBefore;
  return typeof condition === 'string' && !isNew ? withoutChangedMarks(condition) : undefined;
}

/** The CDK's list of what a stack uses, which does nothing. */
function isCdkMetadata(id: string, { resources: { before, after } }: StackComparison): boolean {
  const types = [before.get(id)?.Type, after.get(id)?.Type];
  return types.every((type) => type === undefined || type === 'AWS::CDK::Metadata');
}

/** Each change of some types makes a new revision, by design. */
function sentenceOnRevision({ Type }: Resource): Words | undefined {
  const revision = REVISIONS.get(Type);
  if (revision) return wordsOf('revision', { noun: wordsOf(revision) });
  const successor = NEW_ID_PER_REVISION.get(Type);
  return successor && wordsOf('succession', { noun: wordsOf(successor) });
}

/** The properties, and the attributes beside them if both sides have the resource. */
function partsOf(resource: Resource, compared: ComparedResource, presence: Presence | undefined): ComparedValues[] {
  const isAddedAlarm = presence === 'added' && resource.Type === 'AWS::CloudWatch::Alarm';
  const typesMade = new Set([compared.before ?? resource, resource].map(({ Type }) => typeMadeOf(Type)));
  const ownKey = isAddedAlarm && hasAction(resource) ? ALARM_WITH_ACTIONS : resource.Type;
  // The properties of another type compare with nothing.
  const propertiesKey = typesMade.size > 1 ? OTHER_TYPE : ownKey;
  const properties = comparedValues(propertiesKey, compared, propertiesOf);
  if (presence && valueAtPath(compared.writtenAfter, 'Fn::Transform') === undefined) return [properties];
  const attributes = comparedValues(attributesKeyOf(resource), compared, attributesOf);
  return [properties, attributes];
}

function attributesKeyOf(resource: Resource): string {
  if (!holdsData(resource)) return ATTRIBUTE;
  return hasSnapshots(resource.Type) ? ATTRIBUTE_OF_DATA : ATTRIBUTE_OF_DATA_WITHOUT_SNAPSHOTS;
}

/** An alarm may do more than notify by SNS: an action in another service is an ARN, and not a reference. */
function hasAction({ Properties = {} }: Resource): boolean {
  const actions = ACTIONS_OF_ALARM.flatMap((name) => conditionalItems(Properties[name]));
  return actions.some(([action]) => typeof action === 'string' && (arnOf(action)?.service ?? 'sns') !== 'sns');
}

function comparedValues(
  ruleKey: string,
  compared: ComparedResource,
  read: (resource: unknown) => object,
): ComparedValues {
  return {
    ruleKey,
    normalized: {
      before: read(compared.before),
      after: read(compared.after),
    },
    asWritten: {
      before: read(compared.writtenBefore),
      after: read(compared.writtenAfter),
    },
  };
}

function propertiesOf(resource: unknown): object {
  return Object.fromEntries(entriesOf(valueAtPath(resource, 'Properties')));
}

function attributesOf(resource: unknown): object {
  return omitKeys(resource ?? {}, 'Type', 'Properties');
}

/** Effects that do not follow from one value alone, by a resource's logical ID. */
function resourceEffects(
  comparison: StackComparison,
  renames: ReadonlyMap<string, string>,
  sameUnderOldIds: ReadonlyMap<string, string>,
): (id: string) => Effect[] {
  const { resources, replacements } = comparison;
  const takenValuesOf = findTakenValues(comparison);
  const danglingReferencesTo = findDanglingReferences(comparison);
  return (id) => {
    const before = resources.before.get(id);
    const after = resources.after.get(id);
    if (!before) {
      const isNew = after !== undefined && !sameUnderOldIds.has(id);
      return [...takenValuesOf(id), ...(isNew ? effectsOfAddition(after) : [])];
    }
    const handlerEffects = handlerDeletionEffects(before, after, comparison);
    const exportEffects = crossRegionExportEffects(before, after, comparison);
    if (!after) {
      return [
        ...danglingReferencesTo(id),
        ...removalEffects(before, renames.get(id)),
        ...handlerEffects,
        ...exportEffects,
      ];
    }
    const takenValues = takenValuesOf(id);
    const isNameTaken = takenValues.length > 0;
    const resource = { before, after };
    return [
      ...replacementEffects(resource, replacements.get(id), isNameTaken),
      ...conditionEffects(resource, comparison.readers),
      ...takenValues,
      ...expiryEffects(resource),
      ...majorUpgradeEffects(resource),
      ...approvalEffects(resource),
      ...subnetGroupEffects(id, comparison),
      ...silentAlarmEffects(resource),
      ...uploadedCodeEffects(resource, comparison.head),
      ...keyPolicyEffects(before, after),
      ...exportEffects,
      ...handlerEffects,
    ];
  };
}

function effectsOfAddition(added: Resource): Effect[] {
  return [...keyPolicyEffects(undefined, added), ...effectsOfUnsetValues(added)];
}
