import { stableJson } from '@infra/common/values';

/** More comparisons take too long: then only equal items cover each other. */
export const MOST_COMPARISONS = 200_000;

/** Items that no item of the other list equals or covers. */
export function uncovered<Item>(
  items: readonly Item[],
  otherItems: readonly Item[],
  covers: (wide: Item, narrow: Item) => boolean,
): readonly Item[] {
  const otherTexts = new Set(otherItems.map(stableJson));
  const newItems = items.filter((item) => !otherTexts.has(stableJson(item)));
  const comparisons = newItems.length * otherItems.length;
  if (comparisons > MOST_COMPARISONS) return newItems;
  return newItems.filter((item) => {
    const isCovered = otherItems.some((otherItem) => covers(otherItem, item));
    return !isCovered;
  });
}
