import { deepEqual, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { nameOf } from './data';
import type { Resource } from '../shared/template';
import { isRecord } from '../shared/values';

/** A resource that goes under one logical id and comes under another: most likely a construct that was renamed. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** The physical name that both have. */
  readonly name: unknown;
}

type Differences = Readonly<Record<string, ResourceDifference>>;

/** Finds pairs of a removed and an added resource with the same type, and the same physical name or equal properties. */
export function findRenames(differences: Differences): Rename[] {
  const removed = Object.entries(differences).filter(([, difference]) => difference.isRemoval);
  const added = new Map(Object.entries(differences).filter(([, difference]) => difference.isAddition));
  const types = new Map(
    [...removed, ...added].map(([id, { oldValue, newValue }]) => [id, (oldValue ?? newValue)?.Type]),
  );
  const renames: Rename[] = [];
  for (const [from, { oldValue }] of removed) {
    const pair = [...added].find(([, { newValue }]) => oldValue && newValue && isSame(oldValue, newValue, types));
    if (!pair || !oldValue) continue;
    // Each takes one partner: of two equal resources both may have been renamed.
    added.delete(pair[0]);
    renames.push({ from, to: pair[0], name: nameOf(oldValue) });
  }
  return renames;
}

function isSame(old: Resource, now: Resource, types: ReadonlyMap<string, unknown>): boolean {
  if (old.Type !== now.Type) return false;
  const [oldName, newName] = [nameOf(old), nameOf(now)];
  if (oldName !== undefined || newName !== undefined) return deepEqual(oldName, newName);
  return deepEqual(withoutIds(old.Properties, types), withoutIds(now.Properties, types));
}

/** Properties in which references to resources that go or come name the type only: all of a renamed construct's do. */
function withoutIds(value: unknown, types: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutIds(item, types));
  if (!isRecord(value)) return typeof value === 'string' ? (types.get(value) ?? value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutIds(inner, types)]));
}
