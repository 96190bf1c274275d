import { isRecord } from '@infra/common/values';

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
 * ignored, and so is the order of lists.
 */
export function differencesBetween(expected: unknown, actual: unknown, path = ''): Difference[] {
  if (isRecord(expected) && isRecord(actual)) return objectDifferences(expected, actual, path);
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  return isSame(expected, actual) ? [] : [{ path, expected, actual }];
}

type Properties = Readonly<Record<string, unknown>>;

function objectDifferences(expected: Properties, actual: Properties, path: string): Difference[] {
  const set = Object.entries(expected).filter(([, value]) => value !== undefined);
  return set.flatMap(([name, value]) => differencesBetween(value, actual[name], `${path}/${name}`));
}

/** An item of the template's list, with its path. */
interface ExpectedItem {
  readonly path: string;
  readonly expected: unknown;
}

/**
 * Leaves out the items that both lists have. If as many items of the template remain as of the service, each is taken for
 * a changed one, in their order. Otherwise, they are removed and added items.
 */
function listDifferences(expected: readonly unknown[], actual: readonly unknown[], path: string): Difference[] {
  const missing: ExpectedItem[] = [];
  const additional = [...actual];
  for (const [index, item] of expected.entries()) {
    const match = additional.findIndex((candidate) => differencesBetween(item, candidate).length === 0);
    if (match === -1) missing.push({ path: `${path}/${index}`, expected: item });
    else additional.splice(match, 1);
  }
  if (missing.length === additional.length) {
    return missing.flatMap((item, position) => differencesBetween(item.expected, additional[position], item.path));
  }
  // An added item has no index in the template's list: its path is that of an item which would follow the last one.
  const pathOfAdded = `${path}/${expected.length}`;
  return [
    ...missing.map((item) => ({ ...item, actual: undefined })),
    ...additional.map((item) => ({ path: pathOfAdded, expected: undefined, actual: item })),
  ];
}

/** Compares values that are neither two objects nor two lists. A template may have a number or a boolean as a text. */
function isSame(expected: unknown, actual: unknown): boolean {
  if (isEmpty(expected) || isEmpty(actual)) return isEmpty(expected) && isEmpty(actual);
  return textOf(expected) === textOf(actual);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** A value as a text: texts as they are, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
