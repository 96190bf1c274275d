import { deepEqual } from '@aws-cdk/cloudformation-diff';
// Not exported by the package, which is pinned: it writes `{ Ref: 'Bucket' }` as `${Bucket}`, as `cdk diff` does.
import { renderIntrinsics } from '@aws-cdk/cloudformation-diff/lib/render-intrinsics';
import { isRecord } from '../shared/values';
import type { ValueChange } from './model';

const LONGEST_VALUE = 160;

/** The values that differ between two versions of a property, each with the path to it. */
export function valueChanges(path: string, before: unknown, after: unknown): ValueChange[] {
  return leaves(path, renderIntrinsics(before), renderIntrinsics(after));
}

/** A value as one line of text. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const rendered: unknown = renderIntrinsics(value);
  return typeof rendered === 'string' ? rendered : JSON.stringify(rendered);
}

function leaves(path: string, before: unknown, after: unknown): ValueChange[] {
  if (deepEqual(before, after)) return [];
  const sameLength = Array.isArray(before) && Array.isArray(after) && before.length === after.length;
  const [left, right] = [keyed(before, sameLength), keyed(after, sameLength)];
  if (left && right) {
    const keys = new Set([...left.keys(), ...right.keys()]);
    return [...keys].flatMap((key) => leaves(`${path}${key}`, left.get(key), right.get(key)));
  }
  return listChanges(path, before, after) ?? [change(path, before, after)];
}

/** What only one of two lists has; nothing to tell where they differ in their order alone. */
function listChanges(path: string, before: unknown, after: unknown): ValueChange[] | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const missingFrom = (list: unknown[]) => (item: unknown) => !list.some((other) => deepEqual(other, item));
  const removed = before.filter(missingFrom(after)).map((item: unknown) => change(`${path}[]`, item, undefined));
  const added = after.filter(missingFrom(before)).map((item: unknown) => change(`${path}[]`, undefined, item));
  return removed.length + added.length > 0 ? [...removed, ...added] : undefined;
}

function change(path: string, before: unknown, after: unknown): ValueChange {
  const [beforeText, afterText] = shorten(valueText(before), valueText(after));
  return { path, before: beforeText, after: afterText };
}

/**
 * The parts of a value by the path to them. A list of named things is keyed by their names, so that one more
 * environment variable does not read as a change of all that follow it.
 */
function keyed(value: unknown, byIndex: boolean): Map<string, unknown> | undefined {
  if (isRecord(value)) return new Map(Object.entries(value).map(([key, inner]) => [`.${key}`, inner]));
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const items: unknown[] = value;
  for (const name of ['Name', 'Key', 'Id', 'Sid']) {
    const names = items.map((item) => (isRecord(item) ? item[name] : undefined));
    if (names.every((each) => typeof each === 'string') && new Set(names).size === names.length) {
      return new Map(items.map((item, index) => [`[${names[index] ?? ''}]`, item]));
    }
  }
  return byIndex && items.some(isRecord) ? new Map(items.map((item, index) => [`[${index}]`, item])) : undefined;
}

/** Long values are cut around the place where they begin to differ: their beginnings may well be the same. */
function shorten(before: string | undefined, after: string | undefined): (string | undefined)[] {
  const [left, right] = [before ?? '', after ?? ''];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const start = Math.max(
    0,
    Math.min(same, Math.max(left.length, right.length) - LONGEST_VALUE / 2) - LONGEST_VALUE / 2,
  );
  return [before, after].map((text) => {
    if (text === undefined || text.length <= LONGEST_VALUE) return text;
    const cut = text.slice(start, start + LONGEST_VALUE);
    return `${start > 0 ? '… ' : ''}${cut} … (${text.length.toLocaleString('en')} characters in all)`;
  });
}
