import { isRecord, parseJson } from '@infra/common/values';

/** Stands for a part of the template's value that only AWS knows. An object: `Fn::Join` and `Fn::Sub` join no objects. */
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
  return isSame(expected, actual) ? [] : [{ path, expected, actual }];
}

type Properties = Readonly<Record<string, unknown>>;

function objectDifferences(expected: Properties, actual: Properties, path: string): Difference[] {
  const actualNames = new Map(Object.keys(actual).map((name) => [name.toLowerCase(), name]));
  return Object.entries(expected).flatMap(([name, expectedValue]) => {
    const actualValue = actual[actualNames.get(name.toLowerCase()) ?? ''];
    const isIgnored = expectedValue === undefined || (isEmpty(expectedValue) && isEmpty(actualValue));
    return isIgnored ? [] : differencesBetween(expectedValue, actualValue, `${path}/${name}`);
  });
}

/**
 * Leaves out the items that both lists have. If as many items of the template remain as of the service, each is taken for
 * a changed one, in their order. Otherwise, they are removed and added items.
 */
function listDifferences(expected: readonly unknown[], actual: readonly unknown[], path: string): Difference[] {
  const additional = [...actual];
  const missing: { readonly index: number; readonly item: unknown }[] = [];
  for (const [index, item] of expected.entries()) {
    const indexOfEqual = additional.findIndex((candidate) => differencesBetween(item, candidate).length === 0);
    if (indexOfEqual >= 0) additional.splice(indexOfEqual, 1);
    else missing.push({ index, item });
  }
  if (missing.length === additional.length) {
    return missing.flatMap(({ index, item }, position) =>
      differencesBetween(item, additional[position], `${path}/${index}`),
    );
  }
  return [
    ...missing.map(({ index, item }) => ({ path: `${path}/${index}`, expected: item, actual: undefined })),
    ...additional.map((item) => ({ path: `${path}/${expected.length}`, expected: undefined, actual: item })),
  ];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isSame(expected: unknown, actual: unknown): boolean {
  if (expected === undefined || actual === undefined || actual === null) return expected === (actual ?? undefined);
  // A template may have a number or a boolean as a text.
  if (typeof expected !== 'object' && typeof actual !== 'object') return textOf(expected) === textOf(actual);
  return isSameDocument(expected, actual);
}

/** True if at least one side is JSON in a text, such as a policy, and both sides have equal content. */
function isSameDocument(expected: unknown, actual: unknown): boolean {
  const expectedDocument = typeof expected === 'string' ? parseJson(expected) : expected;
  const actualDocument = typeof actual === 'string' ? parseJson(actual) : actual;
  const wasParsed = expectedDocument !== expected || actualDocument !== actual;
  const areObjects = typeof expectedDocument === 'object' && typeof actualDocument === 'object';
  return wasParsed && areObjects && differencesBetween(expectedDocument, actualDocument).length === 0;
}

/** A value as a text: texts as they are, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
