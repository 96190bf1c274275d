import { isRecord, json } from '@infra/common/values';

/** A part of a template's value that only AWS knows; an object, which is joined with no text. */
export const NOT_KNOWN: unknown = Object.freeze({ known: 'by AWS only' });

/** Value in place of the template's, at a `path` such as `/PolicyDocument/Statement/0/Action`. */
export interface Found {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * The differences between a template's properties and the service's answer, whose names may be written otherwise
 * (`maxCapacity`). Only what the template sets counts, lists have no order, and what is not known yields `NOT_KNOWN`.
 */
export function differences(expected: unknown, actual: unknown, path = ''): Found[] {
  if (expected === NOT_KNOWN) return [{ path, expected, actual }];
  if (isRecord(expected) && isRecord(actual)) {
    const names = new Map(Object.keys(actual).map((name) => [name.toLowerCase(), name]));
    return Object.entries(expected).flatMap(([key, value]) => {
      const found = actual[names.get(key.toLowerCase()) ?? ''];
      if (value === undefined || (isEmpty(value) && isEmpty(found))) return [];
      return differences(value, found, `${path}/${key}`);
    });
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  return isSame(expected, actual) ? [] : [{ path, expected, actual }];
}

/** Items of both sides are taken out first; the rest, if as many on either side, are changed items. */
function listDifferences(expected: readonly unknown[], actual: readonly unknown[], path: string): Found[] {
  const added = [...actual];
  const missing = [...expected.entries()].filter(([, item]) => {
    const match = added.findIndex((each) => differences(item, each).length === 0);
    if (match >= 0) added.splice(match, 1);
    return match < 0;
  });
  if (missing.length === added.length) {
    return missing.flatMap(([index, item], at) => differences(item, added[at], `${path}/${index}`));
  }
  return [
    ...missing.map(([index, item]) => ({ path: `${path}/${index}`, expected: item, actual: undefined })),
    ...added.map((item) => ({ path: `${path}/${expected.length}`, expected: undefined, actual: item })),
  ];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function isSame(expected: unknown, actual: unknown): boolean {
  if (expected === undefined || actual === undefined || actual === null) return expected === (actual ?? undefined);
  // CloudFormation writes numbers and truths as texts, too, and a policy may be a text.
  if (typeof expected !== 'object' && typeof actual !== 'object') return written(expected) === written(actual);
  const [one, other] = [expected, actual].map((each) => (typeof each === 'string' ? json(each) : each));
  return typeof one === 'object' && typeof other === 'object' && (one !== expected || other !== actual)
    ? differences(one, other).length === 0
    : false;
}

/** A policy's document in one spelling: IAM takes one item for a list of one, and a `Sid` is no right. */
export function policy(document: unknown): unknown {
  const value = typeof document === 'string' ? json(document) : document;
  if (Array.isArray(value)) return value.length === 1 ? policy(value[0]) : value.map(policy);
  if (!isRecord(value) || value === NOT_KNOWN) return value ?? document;
  if (Object.keys(value).join() === 'AWS' && value['AWS'] === '*') return '*';
  const kept = Object.entries(value).filter(([key]) => key !== 'Sid');
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, key === 'Statement' ? [inner].flat().map(policy) : policy(inner)]),
  );
}
