import { functionOf } from '../shared/reading';
import { stable } from '../shared/values';
import { type Difference, differences, type Readers } from './differences';
import { DIRECTIONS, SETS } from './directions';
import type { Level } from './model';

/** What is known of a difference: whether it is harmless, and what it makes worse. */
export interface Judgement {
  readonly isHarmless: boolean;
  readonly worse: readonly { readonly level: Level; readonly says: string }[];
}

/** Judges a difference by the worst of all that its values may be. */
export function judge(type: string, difference: Difference): Judgement {
  const { path, before, after, readers, kind } = difference;
  if (kind === 'spelling') return { isHarmless: true, worse: [] };
  if (kind === 'order') return { isHarmless: SETS.test(path), worse: [] };
  const cases = casesOf(path, before, after, readers);
  const known = DIRECTIONS.filter(([ofType]) => ofType.test(type));
  return {
    isHarmless: cases.every(([at, old, now]) => known.some(([, ofPath, test]) => ofPath.test(at) && test(old, now))),
    worse: known.flatMap(([, ofPath, , worse, level = 'look', says = '']) =>
      worse && cases.some(([at, old, now]) => ofPath.test(at) && worse(old, now)) ? [{ level, says }] : [],
    ),
  };
}

type Case = readonly [path: string, before: unknown, after: unknown];

/** The values that may stand where two differ, down to single ones. */
function casesOf(path: string, before: unknown, after: unknown, readers: Readers): Case[] {
  return pairs(before, after, readers).flatMap(([old, now]) => {
    const [left, right] = [readers[0].plain(old), readers[1].plain(now)];
    if (stable(left) === stable(right)) return [];
    const [whole] = [left, right].filter((each) => typeof each === 'object' && each !== null && !functionOf(each));
    if (whole === undefined) return [[path, left, right]];
    const empty = Array.isArray(whole) ? [] : {};
    if (stable(whole).length === 2 || ![left, right].every((each) => each === undefined || typeof each === 'object')) {
      return [[path, left, right]];
    }
    return differences(path, old ?? empty, now ?? empty, readers).flatMap((each): Case[] =>
      each.kind === 'order' || each.path === path
        ? [[path, left, right]]
        : casesOf(each.path, each.before, each.after, each.readers),
    );
  });
}

function pairs(before: unknown, after: unknown, [left, right]: Readers): (readonly [unknown, unknown])[] {
  const [old, now] = [left.alternatives(before), right.alternatives(after)];
  // Of the same condition both sides take the same branch.
  const [condition, other] = [left.plain(before), right.plain(after)].map(conditionOf);
  if (condition !== undefined && condition === other && old.length === now.length) {
    return old.map((each, index) => [each, now[index]]);
  }
  return old.flatMap((one) => now.map((each) => [one, each] as const));
}

function conditionOf(plain: unknown): string | undefined {
  const [key, argument] = functionOf(plain) ?? [];
  return key === 'Fn::If' && Array.isArray(argument) ? String(argument[0]) : undefined;
}
