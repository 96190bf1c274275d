import { isRecord, json } from '@infra/common/values';
import { UNRESOLVED } from './differences';

/** A policy's document in one spelling: IAM takes one item for a list of one, and a `Sid` grants nothing. */
export function normalizePolicy(document: unknown): unknown {
  const value = typeof document === 'string' ? json(document) : document;
  if (Array.isArray(value)) return value.length === 1 ? normalizePolicy(value[0]) : value.map(normalizePolicy);
  if (!isRecord(value) || value === UNRESOLVED) return value ?? document;
  if (isEverybody(value)) return '*';
  const elements = Object.entries(value).filter(([name]) => name !== 'Sid');
  return Object.fromEntries(elements.map(([name, element]) => [name, normalizeElement(name, element)]));
}

/** Statements stay a list, even a single one: its index is in the path of a difference. */
function normalizeElement(name: string, element: unknown): unknown {
  return name === 'Statement' ? [element].flat().map(normalizePolicy) : normalizePolicy(element);
}

/** True for `{ "AWS": "*" }`, which as a principal is the same as `"*"`. */
function isEverybody(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).length === 1 && value['AWS'] === '*';
}
