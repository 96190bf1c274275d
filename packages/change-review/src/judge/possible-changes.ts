import { functionOf } from '@infra/common/template';
import { isRecord, stableJson } from '@infra/common/values';
import type { BeforeAndAfter } from '../model/entry';
import { type NormalizedValue, withoutMarks } from '../read/normalized-text';
import { possiblePairs } from '../read/possible-values';
import type { TemplateReader } from '../read/template-reader';
import type { ValueChange } from '../rules/rule';
import { differencesBetween, IDENTIFYING_KEYS } from './differences';

type Readers = BeforeAndAfter<TemplateReader>;

/** All changes that a difference may be at the deployment, down to single values. */
export function possibleChanges({ path, before, after }: ValueChange, readers: Readers): ValueChange[] {
  const pairs = possiblePairs({ before, after }, readers);
  return pairs.flatMap((pair) => singleChanges(path, pair, readers));
}

function singleChanges(
  path: string,
  { before, after }: BeforeAndAfter<NormalizedValue>,
  readers: Readers,
): ValueChange[] {
  if (stableJson(before) === stableJson(after)) return [];
  const comparableBefore = before ?? emptyLike(after);
  const comparableAfter = after ?? emptyLike(before);
  const differences = differencesBetween(path, comparableBefore, comparableAfter);
  const isSingle = differences.length === 0 || differences.some((difference) => difference.path === path);
  if (isSingle) return [{ path, before, after }];
  const contents = differences.filter((difference) => !isIdentityOfItem(difference));
  // An item that has nothing but its identity is that.
  const compared = contents.length > 0 ? contents : differences;
  return compared.flatMap((difference) => possibleChanges(difference, readers));
}

/** True for the key by which a list item is identified, such as `Key` of a tag: the path has it, and no rule asks for it. */
function isIdentityOfItem({ path, before, after }: ValueChange): boolean {
  const identity = String(before ?? after);
  const isItem = before === undefined || after === undefined;
  return isItem && IDENTIFYING_KEYS.some((key) => path.endsWith(`[${identity}].${key}`));
}

/** An empty list or object, so that what is added to nothing is compared value by value. */
function emptyLike(value: NormalizedValue): NormalizedValue {
  if (Array.isArray(value)) return [];
  return isRecord(value) && !functionOf(value) ? {} : undefined;
}

/** Each change as a whole that a difference may be, of which one comes true; it may also be none. */
export function alternativesOf({ path, before, after }: ValueChange, readers: Readers): ValueChange[] {
  return possiblePairs({ before, after }, readers).map((pair) => ({ path, ...pair }));
}

/** Names of the conditions that choose one of some values. */
export function conditionsOf(values: readonly NormalizedValue[]): string[] {
  const names = values.flatMap((value) => {
    const [functionName, argument] = functionOf(value) ?? [];
    if (functionName !== 'Fn::If' || !Array.isArray(argument)) return [];
    const [condition, ...branches] = argument as NormalizedValue[];
    return [withoutMarks(String(condition)), ...conditionsOf(branches)];
  });
  return [...new Set(names)];
}
