import { isDeepStrictEqual } from 'node:util';
import { functionOf, READ, type Reader } from '../shared/reading';
import { isRecord, objects, stable } from '../shared/values';

/** A place in which two values differ; what is not there is undefined. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** How both values are read: of one that was inside a text, that is done. */
  readonly readers: Readers;
  /** Spelled differently, in another order, or within the statements of a policy: judged as that. */
  readonly kind?: 'spelling' | 'order' | 'policy';
}

export type Readers = readonly [before: Reader, after: Reader];

/** Every place in which two values differ, however little. */
export function differences(
  path: string,
  before: unknown,
  after: unknown,
  readers: Readers,
  kind?: Difference['kind'],
): Difference[] {
  // A name may mean something else on each side, so that only of values that were read the same is the same.
  if (readers[0] === READ && isDeepStrictEqual(before, after)) return [];
  const [left, right] = [before, after].map((each) => (functionOf(each) ? undefined : each));
  if (Array.isArray(left) && Array.isArray(right)) return listDifferences(path, left, right, readers, kind);
  if (isRecord(left) && isRecord(right)) return recordDifferences(path, left, right, readers, kind);
  return leafDifferences(path, before, after, readers, kind);
}

function recordDifferences(
  path: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  readers: Readers,
  kind?: Difference['kind'],
): Difference[] {
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const inPolicy = key === 'Statement' && isPolicy(before) && isPolicy(after);
    const inner = path === '' ? key : `${path}.${key}`;
    return differences(inner, left.get(key), right.get(key), readers, inPolicy ? 'policy' : kind);
  });
}

/** Whether an object is a policy, which gives rights by its statements. */
export function isPolicy({ Statement }: Record<string, unknown>): boolean {
  return objects([Statement].flat()).some((statement) => functionOf(statement) ?? 'Effect' in statement);
}

function leafDifferences(
  path: string,
  before: unknown,
  after: unknown,
  readers: Readers,
  kind?: Difference['kind'],
): Difference[] {
  const [left, right] = [readers[0].plain(before), readers[1].plain(after)];
  if (isDeepStrictEqual(left, right)) {
    return isDeepStrictEqual(before, after) ? [] : [{ path, before, after, readers, kind: 'spelling' }];
  }
  const isAlike =
    [Array.isArray, isRecord].some((is) => is(left) && is(right)) && !functionOf(left) && !functionOf(right);
  if (isAlike && readers[0] !== READ) return differences(path, left, right, [READ, READ], kind);
  return [{ path, before, after, readers, kind }];
}

function listDifferences(
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
  readers: Readers,
  kind?: Difference['kind'],
): Difference[] {
  const name = NAMES.find((each) => [before, after].every((list) => areNamed(list, each)));
  const keyed = (list: readonly unknown[], reader: Reader) =>
    name === undefined ? byContent(list, reader) : new Map(list.map((item) => [String((item as Named)[name]), item]));
  const [left, right] = [keyed(before, readers[0]), keyed(after, readers[1])];
  const places = [...left.keys()];
  const indices = new Map(places.map((key, index) => [key, index]));
  const place = (key: string) => `${path}[${name === undefined ? indices.get(key) : key}]`;
  const change = (old: unknown, now: unknown, at = path): Difference => ({
    path: at,
    before: old,
    after: now,
    readers,
    kind,
  });

  const gone = places.filter((key) => !right.has(key));
  const come = [...right.keys()].filter((key) => !left.has(key));
  // Of as many as before, what is in the place of another one is that, changed.
  const inPlace = name === undefined && before.length === after.length;
  const others = inPlace
    ? gone.flatMap((key, index) => differences(place(key), left.get(key), right.get(come[index] ?? ''), readers, kind))
    : [
        ...gone.map((key) => change(left.get(key), undefined, name === undefined ? `${path}[]` : place(key))),
        ...come.map((key) => change(undefined, right.get(key), name === undefined ? `${path}[]` : place(key))),
      ];
  const both = places.filter((key) => right.has(key));
  const isMoved = both.join() !== [...right.keys()].filter((key) => left.has(key)).join();
  return [
    ...both.flatMap((key) => differences(place(key), left.get(key), right.get(key), readers, kind)),
    ...others,
    ...(isMoved ? [{ ...change(before, after), kind: kind ?? ('order' as const) }] : []),
  ];
}

type Named = Record<string, unknown>;

/** What items of a list are called: one more environment variable is no change of all that follow it. */
const NAMES = ['Name', 'Key', 'Id', 'Sid', 'PolicyName', 'rulePriority', 'Type'];

function areNamed(list: readonly unknown[], name: string): boolean {
  const names = list.map((item) => (isRecord(item) ? item[name] : undefined));
  const areNames = names.every((each) => typeof each === 'string' || typeof each === 'number');
  return areNames && new Set(names.map(String)).size === names.length;
}

/** By what they say; of equal ones each counts. */
function byContent(list: readonly unknown[], reader: Reader): Map<string, unknown> {
  const counts = new Map<string, number>();
  return new Map(
    list.map((item) => {
      const text = stable(reader.plain(item));
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      return [`${count} ${text}`, item];
    }),
  );
}
