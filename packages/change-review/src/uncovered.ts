import { stableJson } from '@infra/common/values';

/** More comparisons than that take too long: then only what is there word for word is covered. */
const MOST_COMPARISONS = 200_000;

/** Items that the other list does not have: neither word for word, nor as part of something wider. */
export function uncovered<T>(
  list: readonly T[],
  others: readonly T[],
  covers: (wide: T, narrow: T) => boolean,
): readonly T[] {
  const known = new Set(others.map(stableJson));
  const fresh = list.filter((one) => !known.has(stableJson(one)));
  if (fresh.length * others.length > MOST_COMPARISONS) return fresh;
  return fresh.filter((one) => !others.some((other) => covers(other, one)));
}
