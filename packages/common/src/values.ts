/** Start of a text that may be the JSON of an object or a list. */
const START_OF_JSON = /^\s*[[{]/;

/** True if a value is an object with keys, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list; none if the value is not a list. */
export function objectsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The value at a path of keys in objects; `undefined` if there is none. */
export function valueAtPath(value: unknown, ...keys: string[]): unknown {
  let inner = value;
  for (const key of keys) {
    inner = isRecord(inner) ? inner[key] : undefined;
  }
  return inner;
}

/** JSON of a value that does not depend on the order of its keys, to compare values and to use them as keys. */
export function stableJson(value: unknown): string {
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

/** True for CloudFormation's `true`, which a template may also write as a text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Groups the items of a list by a key, in the order of their first items. */
export function groupBy<Item, Key extends string>(list: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/**
 * The first items of a list, followed by an item on the number of those that are left out. A list up to the limit is
 * returned unchanged.
 */
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
export function omitKeys(value: object, ...keys: readonly string[]): Record<string, unknown> {
  const remaining = Object.entries(value).filter(([key]) => !keys.includes(key));
  return Object.fromEntries(remaining);
}

/**
 * The entries of an object; none if the value is no object. A map, since `object[key]` would also find members that every
 * object inherits, such as `constructor`.
 */
export function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(isRecord(value) ? Object.entries(value) : []);
}

/** Parses a text that is the JSON of an object or a list; `undefined` for any other text, even for JSON of a number. */
export function parseJson(text: string): unknown {
  if (!START_OF_JSON.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
