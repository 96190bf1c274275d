import { isDeepStrictEqual } from 'node:util';
import { functionOf } from '@infra/common/template';
import { entriesOf, isRecord, stableJson } from '@infra/common/values';
import { isPolicy, STATEMENT_KEYS } from './policies';

/** A place in which two plain values differ; what is not there is undefined. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** In another order, a statement of a policy, or within one: judged as that. */
  readonly kind?: Kind;
}

type Kind = 'order' | 'statement' | 'policy' | undefined;

/** Every place in which two plain values differ, however little. */
export function differences(path: string, before: unknown, after: unknown, kind?: Kind): Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(path, before, after, kind);
  if (!isRecord(before) || !isRecord(after) || functionOf(before) || functionOf(after)) {
    return [{ path, before, after, kind }];
  }
  return recordDifferences(path, before, after, kind);
}

/** The same of what two records hold, by their keys. */
export function recordDifferences(path: string, before: object, after: object, kind?: Kind): Difference[] {
  const [left, right] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const inner = path === '' ? key : `${path}.${key}`;
    const values = [left.get(key), right.get(key)] as const;
    if (key === 'Statement' && isPolicy(before) && isPolicy(after)) return differences(inner, ...values, 'statement');
    const isRead = kind === 'policy' || (kind === 'statement' && STATEMENT_KEYS.test(key));
    return differences(inner, ...values, isRead ? 'policy' : undefined);
  });
}

function listDifferences(path: string, before: unknown[], after: unknown[], kind?: Kind): Difference[] {
  const name = NAMES.find((each) => [before, after].every((list) => areNamed(list, each)));
  const [left, right] = [keyed(before, name), keyed(after, name)];
  const [places, others] = [[...left.keys()], [...right.keys()]];
  const indices = new Map(places.map((key, index) => [key, String(index)]));
  const both = places.filter((key) => right.has(key));
  const gone = places.filter((key) => !right.has(key));
  const come = others.filter((key) => !left.has(key));
  const compared = (key: string, other: string | undefined) => {
    const place = name === undefined ? (indices.get(key) ?? '') : key;
    return differences(`${path}[${place}]`, left.get(key), right.get(other ?? ''), kind);
  };
  // Same length, unnamed items: compare by position.
  const changed =
    name === undefined && before.length === after.length
      ? gone.flatMap((key, index) => compared(key, come[index]))
      : [...gone, ...come].flatMap((key) => compared(key, key));
  const isMoved = both.join() !== others.filter((key) => left.has(key)).join();
  const moved: Difference[] = isMoved ? [{ path, before, after, kind: kind ?? 'order' }] : [];
  return [...both.flatMap((key) => compared(key, key)), ...changed, ...moved];
}

/** Keys that name items of a list: an added environment variable is no change of those after it. */
const NAMES = ['Name', 'Key', 'Id', 'Sid', 'PolicyName', 'rulePriority', 'displayName', 'Type'];

function areNamed(list: readonly unknown[], name: string): boolean {
  const names = list.map((item) => (isRecord(item) ? item[name] : undefined));
  const areNames = names.every((each) => typeof each === 'string' || typeof each === 'number');
  return areNames && new Set(names.map(String)).size === names.length;
}

/** Items by their name, or by what they say; of equal ones each counts. */
function keyed(list: readonly unknown[], name: string | undefined): Map<string, unknown> {
  const counts = new Map<string, number>();
  return new Map(
    list.map((item) => {
      if (name !== undefined) return [String((item as Record<string, unknown>)[name]), item];
      const text = stableJson(item);
      counts.set(text, (counts.get(text) ?? 0) + 1);
      return [`${counts.get(text)} ${text}`, item];
    }),
  );
}
