import { isDeepStrictEqual } from 'node:util';
import { functionOf } from '@infra/common/template';
import { entriesOf, isRecord, stableJson } from '@infra/common/values';
import { type BeforeAndAfter, keysOfEither } from '../model/entry';
import { conditionalItems } from '../read/conditional-items';
import type { NormalizedValue } from '../read/normalized-text';
import { isPolicyDocument, isStatementKey } from '../rights/policy-documents';
import type { ValueChange } from '../rules/rule';

/** A place in which two normalized values differ. */
export interface Difference extends ValueChange {
  readonly kind?: DifferenceKind;
}

type DifferenceKind =
  /** The same items in another order. */
  | 'order'
  /** Statements of a policy as a whole. */
  | 'statement'
  /** A value within a statement. */
  | 'withinStatement'
  | undefined;

type List = readonly NormalizedValue[];

/** Items of a list by their identifying key, or by their content. */
type Items = ReadonlyMap<string, NormalizedValue>;

/** Keys that identify the items of a list, so that an added item does not change those after it. */
export const IDENTIFYING_KEYS = ['Name', 'Key', 'Id', 'Sid', 'PolicyName', 'rulePriority', 'displayName', 'Type'];

/** Every place in which two normalized values differ, however little. */
export function differencesBetween(
  path: string,
  before: NormalizedValue,
  after: NormalizedValue,
  kind?: DifferenceKind,
): Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return differencesInLists(path, before, after, kind);
  if (isPlainRecord(before) && isPlainRecord(after)) return differencesInRecords(path, before, after, kind);
  return [{ path, before, after, kind }];
}

/** True for an object that is not the call of an intrinsic function. */
function isPlainRecord(value: NormalizedValue): value is Record<string, NormalizedValue> {
  return isRecord(value) && functionOf(value) === undefined;
}

/** Every place in which the values of two objects differ, by their keys. */
export function differencesInRecords(path: string, before: object, after: object, kind?: DifferenceKind): Difference[] {
  const valuesBefore = entriesOf(before);
  const valuesAfter = entriesOf(after);
  const arePolicies = isPolicyDocument(before) && isPolicyDocument(after);
  const keys = keysOfEither(valuesBefore, valuesAfter);
  return keys.flatMap((key) => {
    const innerPath = path === '' ? key : `${path}.${key}`;
    const innerKind = arePolicies && key === 'Statement' ? 'statement' : kindWithin(kind, key);
    return differencesBetween(innerPath, valuesBefore.get(key), valuesAfter.get(key), innerKind);
  });
}

function kindWithin(kind: DifferenceKind, key: string): DifferenceKind {
  const isRead = kind === 'withinStatement' || (kind === 'statement' && isStatementKey(key));
  return isRead ? 'withinStatement' : undefined;
}

function differencesInLists(path: string, before: List, after: List, kind: DifferenceKind): Difference[] {
  const identifyingKey = findIdentifyingKey({ before, after });
  const items = {
    before: itemsById(before, identifyingKey),
    after: itemsById(after, identifyingKey),
  };
  const compareItems = identifyingKey === undefined ? differencesByPosition : differencesById;
  const differences = compareItems(path, items, kind);
  if (isReordered(items)) differences.push({ path, before, after, kind: kind ?? 'order' });
  return differences;
}

function findIdentifyingKey({ before, after }: BeforeAndAfter<List>): string | undefined {
  return IDENTIFYING_KEYS.find((key) => {
    return areIdentifiedBy(key, before) && areIdentifiedBy(key, after);
  });
}

/** True if each item has another text or number under a key. */
function areIdentifiedBy(key: string, list: List): boolean {
  const ids = list.map((item) => identityOf(item, key));
  const areTexts = ids.every(isTextOrNumber);
  const distinctIds = new Set(ids.map(String));
  return areTexts && distinctIds.size === ids.length;
}

/** The value of an item's identifying key; an item under a condition has that of its branches. */
function identityOf(item: NormalizedValue, key: string): NormalizedValue {
  const [inner] = conditionalItems(item);
  return entriesOf(inner?.[0]).get(key);
}

function isTextOrNumber(value: NormalizedValue): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function itemsById(list: List, identifyingKey: string | undefined): Items {
  return identifyingKey === undefined ? itemsByContent(list) : itemsByKey(list, identifyingKey);
}

function itemsByKey(list: List, identifyingKey: string): Items {
  const items = new Map<string, NormalizedValue>();
  for (const item of list) {
    const id = identityOf(item, identifyingKey);
    items.set(String(id), item);
  }
  return items;
}

/** Equal items are counted. */
function itemsByContent(list: List): Items {
  const items = new Map<string, NormalizedValue>();
  const counts = new Map<string, number>();
  for (const item of list) {
    const content = stableJson(item);
    const count = (counts.get(content) ?? 0) + 1;
    counts.set(content, count);
    items.set(`${count} ${content}`, item);
  }
  return items;
}

/** Compares items by their identifying key: common ones first, then removed and added ones. */
function differencesById(path: string, { before, after }: BeforeAndAfter<Items>, kind: DifferenceKind): Difference[] {
  const common = idsInBoth(before, after);
  const removed = idsOnlyIn(before, after);
  const added = idsOnlyIn(after, before);
  const ids = [...common, ...removed, ...added];
  return ids.flatMap((id) => {
    const pathOfItem = `${path}[${id}]`;
    return differencesBetween(pathOfItem, before.get(id), after.get(id), kind);
  });
}

/** Compares items without names: those of lists of the same length by their position, others as removed and added. */
function differencesByPosition(
  path: string,
  { before, after }: BeforeAndAfter<Items>,
  kind: DifferenceKind,
): Difference[] {
  const pathOf = pathsByPosition(path, before);
  const removed = idsOnlyIn(before, after);
  const added = idsOnlyIn(after, before);
  if (before.size === after.size) {
    return removed.flatMap((id, index) => {
      const addedItem = after.get(added[index] ?? '');
      return differencesBetween(pathOf(id), before.get(id), addedItem, kind);
    });
  }
  const removals = removed.map((id): Difference => {
    return { path: pathOf(id), before: before.get(id), after: undefined, kind };
  });
  const additions = added.map((id): Difference => {
    return { path: `${path}[]`, before: undefined, after: after.get(id), kind };
  });
  return [...removals, ...additions];
}

/** Path of an item by its position in a list. */
function pathsByPosition(path: string, items: Items): (id: string) => string {
  const positions = new Map<string, number>();
  for (const id of items.keys()) {
    positions.set(id, positions.size);
  }
  return (id) => `${path}[${positions.get(id) ?? ''}]`;
}

/** True if items that both sides have are in another order. */
function isReordered({ before, after }: BeforeAndAfter<Items>): boolean {
  const commonBefore = idsInBoth(before, after);
  const commonAfter = idsInBoth(after, before);
  return commonBefore.join() !== commonAfter.join();
}

/** IDs that both lists have, in the order of the first one. */
function idsInBoth(items: Items, otherItems: Items): string[] {
  return [...items.keys()].filter((id) => otherItems.has(id));
}

function idsOnlyIn(items: Items, otherItems: Items): string[] {
  return [...items.keys()].filter((id) => !otherItems.has(id));
}
