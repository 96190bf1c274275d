/** Start of a text that may be JSON of an object or a list. */
const START_OF_JSON = /^\s*[[{]/;

/** True if a value is an object with keys, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list; none if the value is not a list. */
export function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The value at a path of keys, through objects only. */
export function within(value: unknown, ...keys: string[]): unknown {
  let inner = value;
  for (const key of keys) {
    inner = isRecord(inner) ? inner[key] : undefined;
  }
  return inner;
}

/** A value as one text, which does not depend on the order of keys. */
export function stable(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(withSortedKeys(value));
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isRecord(value)) return value;
  const sorted: [string, unknown][] = [];
  for (const key of Object.keys(value).sort()) {
    sorted.push([key, withSortedKeys(value[key])]);
  }
  return Object.fromEntries(sorted);
}

/** CloudFormation takes `"true"` for `true`. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** A list's items by a key of theirs. */
export function groupBy<Item>(list: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** As many items as a person reads, and a last one on how many more there are. */
export function limited<Item>(
  list: readonly Item[],
  limit: number,
  itemForRemaining: (count: number) => Item,
): readonly Item[] {
  if (list.length <= limit) return list;
  const shown = list.slice(0, limit);
  return [...shown, itemForRemaining(list.length - limit)];
}

/** An object without some of its keys. */
export function without(value: object, ...keys: readonly string[]): Record<string, unknown> {
  const remaining = Object.entries(value).filter(([key]) => !keys.includes(key));
  return Object.fromEntries(remaining);
}

/** Own entries only: a key may be named like a member that every object inherits. */
export function entries(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(isRecord(value) ? Object.entries(value) : []);
}

/** The object or list that a text is, if it is JSON of one. */
export function json(text: string): unknown {
  if (!START_OF_JSON.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
