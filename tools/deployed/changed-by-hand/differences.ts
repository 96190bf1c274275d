import { isRecord, json } from '@infra/common/values';

/** Part of a template's value that only AWS knows; an object, so that no text is joined with it. */
export const UNRESOLVED: unknown = Object.freeze({ known: 'by AWS only' });

/** A value in the place of the template's, at a path such as `/PolicyDocument/Statement/0/Action`. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Differences between a template's properties and a service's answer, which may write names otherwise (`maxCapacity`).
 * Only what the template sets counts, and lists have no order. A part that is `UNRESOLVED` is a difference.
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
    const isUnset = expectedValue === undefined || (isEmpty(expectedValue) && isEmpty(actualValue));
    return isUnset ? [] : differencesBetween(expectedValue, actualValue, `${path}/${name}`);
  });
}

/** Equal items are left out on both sides. As many items left on either side are changed ones, in their order. */
function listDifferences(expected: readonly unknown[], actual: readonly unknown[], path: string): Difference[] {
  const added = [...actual];
  const missing: { readonly index: number; readonly item: unknown }[] = [];
  for (const [index, item] of expected.entries()) {
    const match = added.findIndex((candidate) => differencesBetween(item, candidate).length === 0);
    if (match >= 0) added.splice(match, 1);
    else missing.push({ index, item });
  }
  if (missing.length === added.length) {
    return missing.flatMap(({ index, item }, position) =>
      differencesBetween(item, added[position], `${path}/${index}`),
    );
  }
  return [
    ...missing.map(({ index, item }) => ({ path: `${path}/${index}`, expected: item, actual: undefined })),
    ...added.map((item) => ({ path: `${path}/${expected.length}`, expected: undefined, actual: item })),
  ];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isSame(expected: unknown, actual: unknown): boolean {
  if (expected === undefined || actual === undefined || actual === null) return expected === (actual ?? undefined);
  // CloudFormation also takes numbers and truths as texts.
  if (typeof expected !== 'object' && typeof actual !== 'object') return textOf(expected) === textOf(actual);
  return isSameDocument(expected, actual);
}

/** True if one side is JSON in a text, such as a policy, and says what the other side does. */
function isSameDocument(expected: unknown, actual: unknown): boolean {
  const expectedDocument = typeof expected === 'string' ? json(expected) : expected;
  const actualDocument = typeof actual === 'string' ? json(actual) : actual;
  const isParsed = expectedDocument !== expected || actualDocument !== actual;
  const areObjects = typeof expectedDocument === 'object' && typeof actualDocument === 'object';
  return isParsed && areObjects && differencesBetween(expectedDocument, actualDocument).length === 0;
}

/** A value as a text: texts as they are, anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
