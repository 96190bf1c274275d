import { isRecord, parseJson, stableJson } from '@infra/common/values';

/**
 * Takes the place of a part of the template's value that only AWS knows. It is an object, and no text, so that `Fn::Join` and
 * `Fn::Sub` cannot join it into a text, in which it would no longer be recognized.
 */
export const UNRESOLVED: unknown = Object.freeze({ known: 'by AWS only' });

/** A value that differs between the template and the service. */
export interface Difference {
  /** Path of names in the template, and of indices in its lists: `/PolicyDocument/Statement/0/Action`. */
  readonly path: string;
  /** The template's value; `undefined` if the template does not have it. */
  readonly expected: unknown;
  /** The service's value; `undefined` if the service does not have it. */
  readonly actual: unknown;
}

/**
 * Differences between a template's properties and a service's answer. Properties that the template does not set are
 * ignored, and so are the order of lists and the case of letters in names (`MaxCapacity`, `maxCapacity`). A part of the
 * template that is `UNRESOLVED` is a difference.
 */
export function differencesBetween(expected: unknown, actual: unknown, path = ''): Difference[] {
  if (expected === UNRESOLVED) return [{ path, expected, actual }];
  if (isRecord(expected) && isRecord(actual)) return objectDifferences(expected, actual, path);
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  return isSameLeaf(expected, actual) ? [] : [{ path, expected, actual }];
}

function isMatch(expected: unknown, actual: unknown): boolean {
  return differencesBetween(expected, actual).length === 0;
}

type Properties = Readonly<Record<string, unknown>>;

function objectDifferences(expected: Properties, actual: Properties, path: string): Difference[] {
  const respelledValues = valuesByLowerCaseName(actual, expected);
  return Object.entries(expected).flatMap(([name, expectedValue]) => {
    const hasSameSpelling = Object.hasOwn(actual, name);
    const actualValue = hasSameSpelling ? actual[name] : respelledValues.get(name.toLowerCase());
    const isIgnored = expectedValue === undefined || (isEmpty(expectedValue) && isEmpty(actualValue));
    return isIgnored ? [] : differencesBetween(expectedValue, actualValue, `${path}/${name}`);
  });
}

/**
 * The service's values by their names in lower case. Names that the template has in the same spelling are left out: they
 * are compared directly, and must not be compared with a second name, such as `foo` with `Foo`.
 */
function valuesByLowerCaseName(actual: Properties, expected: Properties): ReadonlyMap<string, unknown> {
  const respelled = Object.entries(actual).filter(([name]) => !Object.hasOwn(expected, name));
  return new Map(respelled.map(([name, value]) => [name.toLowerCase(), value]));
}

/** An item of the template's list, with its index. */
interface ExpectedItem {
  readonly index: number;
  readonly item: unknown;
}

/**
 * Leaves out the items that both lists have. If as many items of the template remain as of the service, each is taken for
 * a changed one, in their order. Otherwise, they are removed and added items.
 */
function listDifferences(expected: readonly unknown[], actual: readonly unknown[], path: string): Difference[] {
  const { missing, additional } = withoutMatches(expected, actual);
  if (missing.length === additional.length) {
    return missing.flatMap(({ index, item }, position) =>
      differencesBetween(item, additional[position], `${path}/${index}`),
    );
  }
  // An added item has no index in the template's list: its path is that of an item which would follow the last one.
  const pathOfAdded = `${path}/${expected.length}`;
  return [
    ...missing.map(({ index, item }) => ({ path: `${path}/${index}`, expected: item, actual: undefined })),
    ...additional.map((item) => ({ path: pathOfAdded, expected: undefined, actual: item })),
  ];
}

/** Items without a match: those that only the template has, and those that only the service has. */
interface Unmatched {
  readonly missing: readonly ExpectedItem[];
  readonly additional: readonly unknown[];
}

/**
 * Gives as many items of the template as possible a matching item of the service, each a different one, and returns the
 * other items. The first match is not always right: `{ a: 1 }` matches both `{ a: 1, b: 2 }` and `{ a: 1 }`, but
 * `{ a: 1, b: 2 }` only the former. If the only match of an item is taken, the item that has it moves to another one, if it
 * can (Kuhn's algorithm for a maximum bipartite matching).
 */
function withoutMatches(expected: readonly unknown[], actual: readonly unknown[]): Unmatched {
  const candidates = expected.map((item) => indicesOfMatches(item, actual));
  /** Index of the template's item that has a service's item, by the index of the latter. */
  const owners = new Map<number, number>();

  /** Gives an item of the template a match. Returns false if it has none that is free, or can be made free. */
  function giveMatch(expectedIndex: number, tried: Set<number>): boolean {
    for (const actualIndex of candidates[expectedIndex] ?? []) {
      if (tried.has(actualIndex)) continue;
      tried.add(actualIndex);
      const owner = owners.get(actualIndex);
      if (owner !== undefined && !giveMatch(owner, tried)) continue;
      owners.set(actualIndex, expectedIndex);
      return true;
    }
    return false;
  }

  const allExpected = expected.map((item, index): ExpectedItem => ({ index, item }));
  // `giveMatch` may move earlier matches, but an item that has a match keeps one.
  const missing = allExpected.filter(({ index }) => !giveMatch(index, new Set()));
  const additional = actual.filter((_, index) => !owners.has(index));
  return { missing, additional };
}

/** Indices of the service's items that match an item of the template. */
function indicesOfMatches(item: unknown, actual: readonly unknown[]): number[] {
  const indices = [...actual.keys()];
  return indices.filter((index) => isMatch(item, actual[index]));
}

function isEmpty(value: unknown): boolean {
  return !isSet(value) || (Array.isArray(value) && value.length === 0);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Compares values that are neither two objects nor two lists. One of them may be an object or a list, the other its JSON. */
function isSameLeaf(expected: unknown, actual: unknown): boolean {
  const areBothSet = isSet(expected) && isSet(actual);
  if (!areBothSet) return isSet(expected) === isSet(actual);
  const areScalars = typeof expected !== 'object' && typeof actual !== 'object';
  // A template may have a number or a boolean as a text.
  if (areScalars) return isSameTextStrictly(textOf(expected), textOf(actual));
  return isTextOfMatchingDocument(expected, actual);
}

/**
 * True for equal texts, and for JSON of equal documents. A service adds properties of its own to what it reports, but no keys
 * to a text that the template has: a key that only the service's text has is a difference.
 */
function isSameTextStrictly(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  const expectedDocument = parseJson(expected);
  const actualDocument = parseJson(actual);
  // Numbers are compared as texts: two long ones may be read as the same number.
  const areDocuments = typeof expectedDocument === 'object' && typeof actualDocument === 'object';
  return areDocuments && stableJson(expectedDocument) === stableJson(actualDocument);
}

/**
 * True if one side is JSON in a text, such as a policy, and matches the other side, an object or a list. Properties that
 * only the service has are ignored.
 */
function isTextOfMatchingDocument(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'string') return isMatch(parseJson(expected), actual);
  if (typeof actual === 'string') return isMatch(expected, parseJson(actual));
  return false;
}

/** A value as a text: texts as they are, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
