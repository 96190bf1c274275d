import { isDeepStrictEqual } from 'node:util';
import { functionOf } from '@infra/common/template';
import { entries, isRecord, stable } from '@infra/common/values';
import type { Words } from '@infra/common/words';
import { type Difference, differences, recordDifferences } from './differences';
import { DIRECTIONS, HARMLESS_GONE, HARMLESS_NEW, SETS } from './directions';
import { atLevel, type Effect, type Finding } from './model';
import { isReadProperty, isReadStatement, isReadValue } from './policies';
import type { Reading } from './reading';
import { exposed } from './secrets';
import { isReadRule } from './security-rules';
import { valueChange } from './value-changes';

export type Readings = readonly [before: Reading, after: Reading];

/** What is set of a thing by its names, on both sides: plain, and as it is written. */
export interface Part {
  /** By which the rules know it: a resource's type, or a section of the template. */
  readonly type: string;
  readonly plain: readonly [before: object, after: object];
  readonly written: readonly [before: object, after: object];
}

/** Why a resource is made anew: the properties that certainly, or perhaps, cannot change in place. */
export interface Replacement {
  readonly causes: readonly string[];
  readonly maybe: readonly string[];
}

/** A resource, or something else that a template or a manifest has. */
export interface Thing extends Partial<Replacement> {
  readonly subject: Words;
  readonly worth?: number;
  readonly parts: readonly Part[];
  /** Whether it is there on one side only. */
  readonly only?: 'new' | 'gone' | undefined;
  /** What is known of it beside its values. */
  readonly effects?: readonly Effect[];
  /** What is said where all that changes is harmless. */
  readonly normal?: Words;
}

/** What there is to look at as one finding, and what may be folded away as another. */
export function findingsOf(thing: Thing, readings: Readings): Finding[] {
  const { subject, worth = Infinity, parts, only, effects = [], normal = [] } = thing;
  const isHarmless = (only === 'new' ? HARMLESS_NEW : HARMLESS_GONE).test(parts[0]?.type ?? '');
  const weighed = only === 'gone' ? [] : parts.flatMap((part) => weigh(part, thing, readings));
  // What makes a replacement necessary is what to read first.
  const open = weighed.filter(({ isFolded }) => !isFolded).sort((one, other) => other.anew - one.anew);
  const folded = weighed.filter(({ isFolded }) => isFolded);
  const changes = only && isHarmless ? [] : open;
  const says = only === 'new' ? ['New.'] : only === 'gone' ? ['Removed.'] : [];
  const look: Effect = { level: only && isHarmless ? 'other' : 'look', says };
  const told = [...(only || open.length > 0 ? [look] : []), ...effects, ...weighed.flatMap((each) => each.effects)];
  const finding = (all: readonly Effect[], values: typeof weighed): Finding => ({
    ...{ subject, worth, level: atLevel(all.map(({ level }) => level)), changes: values.map(({ change }) => change) },
    says: [...new Map(all.map(({ says }) => [stable(says), says])).values()].filter(({ length }) => length > 0),
  });
  return [
    ...(told.length > 0 ? [finding(told, changes)] : []),
    ...(folded.length > 0 ? [finding([{ level: 'other', says: normal }], folded)] : []),
  ];
}

const WHY = ['', ' (may replace)', ' (replaces)'];

/** Sorts what differs into what no rule knows to be harmless, and what one does. */
function weigh({ type, plain, written }: Part, { only, causes = [], maybe = [] }: Thing, readings: Readings) {
  const all = recordDifferences('', ...plain).map((each) => {
    const { path, before, after } = each;
    const { isHarmless, worse } = only ? { isHarmless: false, worse: [] } : judge(type, each, readings);
    const effects = [...worse, ...exposed(type, each)];
    const [name = ''] = path.split(/[.[]/);
    const anew = causes.includes(name) ? 2 : maybe.includes(name) ? 1 : 0;
    const isFolded = (isHarmless || isOutcome(type, each)) && effects.length === 0 && anew === 0;
    return { change: valueChange(path, before, after, WHY[anew]), effects, isFolded: isFolded && !only, anew };
  });
  const [old, now, left, right] = [...written, ...plain].map(entries) as Map<string, unknown>[];
  // What reads the same and is spelled otherwise.
  const isSpelled = (key: string) =>
    isDeepStrictEqual(left?.get(key), right?.get(key)) && !isDeepStrictEqual(old?.get(key), now?.get(key));
  const spelled = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].filter(isSpelled).map((key) => {
    return { change: valueChange(key, old?.get(key), now?.get(key)), effects: [], isFolded: true, anew: 0 };
  });
  return [...all, ...spelled];
}

/** What is told as an outcome, as a right or as a path, because these are computed from it. */
function isOutcome(type: string, { path, before, after, kind }: Difference): boolean {
  const [values, [property = '']] = [[before, after], path.split(/[.[]/)];
  if (!/^(AWS|Custom)::/.test(type)) return false;
  if (kind === 'policy') return values.every((each) => isReadValue(path, each));
  if (kind === 'statement') return values.every(isReadStatement);
  if (type.startsWith('AWS::IAM::')) return values.every((each) => isReadProperty(type, property, each));
  if (type === 'AWS::EC2::SecurityGroup' && !/^SecurityGroup(In|E)gress$/.test(property)) return false;
  return /^AWS::EC2::SecurityGroup((In|E)gress)?$/.test(type) && values.every((each) => isReadRule(path, each));
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
  const [condition, other] = [before, after].map((each) => {
    const [key, argument] = functionOf(each) ?? [];
    return key === 'Fn::If' && Array.isArray(argument) ? String(argument[0]) : undefined;
  });
  if (condition !== undefined && condition === other && old.length === now.length) {
    return old.map((each, index) => [each, now[index]]);
  }
  return old.flatMap((one) => now.map((each) => [one, each] as const));
}
