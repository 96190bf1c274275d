import { functionOf } from '@infra/common/template';
import { isRecord, stableJson } from '@infra/common/values';
import type { BeforeAndAfter } from '../model/entry';
import type { NormalizedValue } from '../read/normalized-text';
import { possibleValues } from '../read/possible-values';
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

/** Each value that may be set before, with each one that may be set after. */
function possiblePairs(
  { before, after }: BeforeAndAfter<NormalizedValue>,
  readers: Readers,
): BeforeAndAfter<NormalizedValue>[] {
  const valuesBefore = possibleValues(before, readers.before);
  const valuesAfter = possibleValues(after, readers.after);
  const condition = conditionOf(before);
  const isSameCondition = condition !== undefined && condition === conditionOf(after);
  // Under the same condition both sides take the same branch.
  if (isSameCondition && valuesBefore.length === valuesAfter.length) {
    return valuesBefore.map((value, index) => {
      return { before: value, after: valuesAfter[index] };
    });
  }
  return valuesBefore.flatMap((valueBefore) =>
    valuesAfter.map((valueAfter) => ({ before: valueBefore, after: valueAfter })),
  );
}

/** Each change as a whole that a difference may be, of which one comes true; it may also be none. */
export function alternativesOf({ path, before, after }: ValueChange, readers: Readers): ValueChange[] {
  return possiblePairs({ before, after }, readers).map((pair) => ({ path, ...pair }));
}

/** Name of the condition of an `Fn::If`. */
export function conditionOf(value: NormalizedValue): string | undefined {
  const [functionName, argument] = functionOf(value) ?? [];
  if (functionName !== 'Fn::If' || !Array.isArray(argument)) return undefined;
  return String(argument[0]);
}
