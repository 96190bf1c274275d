import { isRecord, parseJson } from '@infra/common/values';
import type { ComparedResource, Properties } from './comparison';

/** The policy that the template gives to a resource, in the form of `normalizePolicy`, like `actualPolicy`. */
export function expectedPolicy({ properties }: ComparedResource): Properties {
  return { PolicyDocument: normalizePolicy(properties['PolicyDocument']) };
}

/** The policy that a service answers as JSON; `undefined` if the service has none. */
export function actualPolicy(documentJson: string | undefined): Properties | undefined {
  return documentJson ? { PolicyDocument: normalizePolicy(documentJson) } : undefined;
}

/**
 * A policy's document, or a part of one, in a form in which documents that grant the same are equal: IAM takes one item
 * for a list of one, and a `Sid` grants nothing. A document may be JSON in a text.
 */
export function normalizePolicy(document: unknown): unknown {
  const value = typeof document === 'string' ? parseJson(document) : document;
  if (Array.isArray(value)) return value.length === 1 ? normalizePolicy(value[0]) : value.map(normalizePolicy);
  // A text that is no JSON, such as an action, stays as it is.
  if (!isRecord(value)) return value ?? document;
  if (isEveryPrincipal(value)) return '*';
  const elements = Object.entries(value).filter(([name]) => name !== 'Sid');
  return Object.fromEntries(elements.map(([name, element]) => [name, normalizeElement(name, element)]));
}

/** Statements stay a list, even a single one: its index is in the path of a difference. */
function normalizeElement(name: string, element: unknown): unknown {
  if (name !== 'Statement') return normalizePolicy(element);
  const statements: unknown[] = Array.isArray(element) ? element : [element];
  return statements.map(normalizePolicy);
}

/** True for `{ "AWS": "*" }`, which as a principal is equal to `"*"`. */
function isEveryPrincipal(value: Properties): boolean {
  return Object.keys(value).length === 1 && value['AWS'] === '*';
}
