import { functionOf } from '@infra/common/template';
import { NO_VALUE } from './normalized-text';

/** An item that exists if all conditions are met. A condition is a sentence, such as `IsProd holds`. */
type ConditionalItem = [item: unknown, conditions: readonly string[]];

/**
 * The items of a list, with the conditions under which they exist: an item of a branch of `Fn::If` only exists if the
 * function chooses the branch. A value that is no list counts as a list with one item.
 * @param conditions - Conditions under which the value itself exists.
 */
export function conditionalItems(value: unknown, conditions: readonly string[] = []): ConditionalItem[] {
  const [functionName, argument] = functionOf(value) ?? [];
  if (value === undefined || value === NO_VALUE) return [];
  if (Array.isArray(value)) return value.flatMap((item) => conditionalItems(item, conditions));
  const isChoice = functionName === 'Fn::If' && Array.isArray(argument);
  const [condition, ...branches] = isChoice ? (argument as unknown[]) : [];
  // Only the name of a condition can choose.
  if (typeof condition !== 'string') return [[value, conditions]];
  return branches.flatMap((branch, index) => {
    const truth = index === 0 ? 'holds' : 'does not hold';
    return conditionalItems(branch, [...conditions, `${condition} ${truth}`]);
  });
}
