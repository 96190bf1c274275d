import { isDeepStrictEqual } from 'node:util';
import { functionOf } from '../shared/template';
import { entries, isRecord, stable } from '../shared/values';
import type { Words } from '../shared/words';
import { type Difference, differences, recordDifferences } from './differences';
import { DIRECTIONS, HARMLESS_GONE, HARMLESS_NEW, SETS } from './directions';
import { atLevel, type Effect, type Finding } from './model';
import type { Reading } from './reading';
import { exposed } from './secrets';
import { valueChange } from './value-changes';

/** Not at all, perhaps, or for certain. */
export type Replaces = 0 | 1 | 2;
const WHY = ['', ' (may replace)', ' (replaces)'] as const;

export type Readings = readonly [before: Reading, after: Reading];

/** What is set of a thing by its names, on both sides: plain, and as it is written. */
export interface Part {
  /** By which the rules know it: a resource's type, or a section of the template. */
  readonly type: string;
  readonly plain: readonly [before: object, after: object];
  readonly written: readonly [before: object, after: object];
}

/** A resource, or something else that a template or a manifest has. */
export interface Thing {
  readonly subject: Words;
  readonly worth?: number;
  readonly parts: readonly Part[];
  /** Whether it is there on one side only. */
  readonly only?: 'new' | 'gone' | undefined;
  /** What is known of it beside its values. */
  readonly effects?: readonly Effect[];
  /** What is harmless here although no direction says so. */
  readonly isQuiet?: (difference: Difference) => boolean;
  /** Whether a value makes a new resource necessary. */
  readonly replaces?: (path: string) => Replaces;
  /** What is said where all that changes is harmless. */
  readonly normal?: Words | undefined;
}

interface Weighed {
  readonly change: Words;
  readonly effects: readonly Effect[];
  readonly isFolded: boolean;
  readonly replaces: Replaces;
}

/** What there is to look at as one finding, and what may be folded away as another. */
export function findingsOf(thing: Thing, readings: Readings): Finding[] {
  const { subject, worth = -1, parts, only, effects = [], normal = [] } = thing;
  const types = parts.map(({ type }) => type).join();
  const isHarmless = (only === 'new' ? HARMLESS_NEW : HARMLESS_GONE).test(types);
  const come: Effect[] = only ? [{ level: isHarmless ? 'other' : 'look', says: only === 'new' ? ['New.'] : [] }] : [];
  const weighed = only === 'gone' ? [] : parts.flatMap((part) => weigh(part, thing, readings));
  // What makes a replacement necessary is what to read first.
  const open = weighed.filter(({ isFolded }) => !isFolded).sort((one, other) => other.replaces - one.replaces);
  const folded = weighed.filter(({ isFolded }) => isFolded);
  const changes = only && isHarmless ? [] : open;
  const looks: Effect[] = changes.length > 0 ? [{ level: 'look', says: [] }] : [];
  const finding = (told: readonly Effect[], values: readonly Weighed[]): Finding[] => {
    if (told.length + values.length === 0) return [];
    const says = new Map(told.map((each) => [stable(each.says), each.says]));
    return [
      {
        subject,
        worth,
        level: atLevel(told.map(({ level }) => level)),
        says: [...says.values()].filter(({ length }) => length > 0),
        changes: values.map(({ change }) => change),
      },
    ];
  };
  return [
    ...finding([...come, ...effects, ...weighed.flatMap((each) => each.effects), ...looks], changes),
    ...(folded.length > 0 ? finding([{ level: 'other', says: normal }], folded) : []),
  ];
}

/** Sorts what differs into what no rule knows to be harmless, and what one does. */
function weigh({ type, plain, written }: Part, { only, isQuiet, replaces }: Thing, readings: Readings): Weighed[] {
  const all = recordDifferences('', ...plain).map((each): Weighed => {
    const { path, before, after } = each;
    const { isHarmless, worse } = only ? { isHarmless: false, worse: [] } : judge(type, each, readings);
    const effects = [...worse, ...exposed(type, each)];
    const anew = only ? 0 : (replaces?.(path) ?? 0);
    const isFolded = (isHarmless || isQuiet?.(each) === true) && effects.length === 0 && anew === 0;
    return { change: valueChange(path, before, after, WHY[anew]), effects, isFolded, replaces: anew };
  });
  const [old, now, left, right] = [...written, ...plain].map(entries);
  // What reads the same and is spelled otherwise.
  const spelled = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].filter(
    (key) => isDeepStrictEqual(left?.get(key), right?.get(key)) && !isDeepStrictEqual(old?.get(key), now?.get(key)),
  );
  return [
    ...all,
    ...spelled.map((key) => {
      return {
        change: valueChange(key, old?.get(key), now?.get(key)),
        effects: [],
        isFolded: true,
        replaces: 0 as const,
      };
    }),
  ];
}

/** Judges a difference by the worst of all that its values may be. */
function judge(type: string, { path, before, after, kind }: Difference, readings: Readings) {
  const isNothing = (value: unknown) => value === undefined || /^(\[\]|\{\})$/.test(stable(value));
  const isSame = kind === 'order' || (isNothing(before) && isNothing(after));
  if (isSame) return { isHarmless: SETS.test(path), worse: [] };
  const cases = casesOf(path, before, after, readings);
  const known = DIRECTIONS.filter(([ofType]) => ofType.test(type));
  return {
    isHarmless: cases.every(([at, old, now]) => known.some(([, ofPath, test]) => ofPath.test(at) && test(old, now))),
    worse: known.flatMap(([, ofPath, , worse, level = 'look', says = '']): Effect[] =>
      worse && cases.some(([at, old, now]) => ofPath.test(at) && worse(old, now)) ? [{ level, says: [says] }] : [],
    ),
  };
}

type Case = readonly [path: string, before: unknown, after: unknown];

/** The values that may stand where two differ, down to single ones. */
function casesOf(path: string, before: unknown, after: unknown, readings: Readings): Case[] {
  return pairs(before, after, readings).flatMap(([old, now]): Case[] => {
    if (stable(old) === stable(now)) return [];
    const inner = differences(path, old ?? emptyLike(now), now ?? emptyLike(old));
    if (inner.length === 0 || inner.some((each) => each.path === path)) return [[path, old, now]];
    return inner.flatMap((each) => casesOf(each.path, each.before, each.after, readings));
  });
}

const emptyLike = (value: unknown): unknown =>
  Array.isArray(value) ? [] : isRecord(value) && !functionOf(value) ? {} : undefined;

function pairs(before: unknown, after: unknown, [left, right]: Readings): (readonly [unknown, unknown])[] {
  const [old, now] = [left.alternatives(before), right.alternatives(after)];
  // Of the same condition both sides take the same branch.
  const [condition, other] = [before, after].map(conditionOf);
  if (condition !== undefined && condition === other && old.length === now.length) {
    return old.map((each, index) => [each, now[index]]);
  }
  return old.flatMap((one) => now.map((each) => [one, each] as const));
}

function conditionOf(plain: unknown): string | undefined {
  const [key, argument] = functionOf(plain) ?? [];
  return key === 'Fn::If' && Array.isArray(argument) ? String(argument[0]) : undefined;
}
