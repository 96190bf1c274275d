import { stable } from '../shared/values';
import type { Difference } from './differences';
import { judge } from './judge';
import { atLevel, type Effect, type Finding, type ValueChange } from './model';
import { exposed } from './secrets';
import { valueChange } from './value-changes';

/** What there is to look at, what may be folded away, and what is known of either. */
export interface Weighed {
  readonly open: ValueChange[];
  readonly folded: ValueChange[];
  readonly effects: Effect[];
}

interface Exceptions {
  /** What is harmless here although no direction says so. */
  readonly isQuiet?: (difference: Difference) => boolean;
  readonly replaces?: (difference: Difference) => ValueChange['replaces'];
}

/** Sorts differences into those that no rule knows to be harmless, and those that one does. */
export function weigh(type: string, all: readonly Difference[], { isQuiet, replaces }: Exceptions = {}): Weighed {
  const weighed: Weighed = { open: [], folded: [], effects: [] };
  for (const each of all) {
    const { isHarmless, worse } = judge(type, each);
    const secrets = exposed(type, each);
    const change = { ...valueChange(each), replaces: each.kind === 'spelling' ? undefined : replaces?.(each) };
    const isFolded = (isHarmless || isQuiet?.(each)) && secrets.length === 0 && change.replaces === undefined;
    weighed.effects.push(...worse.map(({ level, says }): Effect => ({ level, says: [says] })), ...secrets);
    (isFolded ? weighed.folded : weighed.open).push(change);
  }
  return weighed;
}

/** What there is to look at as one finding, and what is folded away as another. */
export function findingsOf(
  about: Pick<Finding, 'subject' | 'worth'>,
  { open, folded, effects }: Weighed,
  normal: readonly Effect[] = [],
): Finding[] {
  const finding = (told: readonly Effect[], changes: readonly ValueChange[]): Finding => ({
    ...about,
    level: atLevel(told.map(({ level }) => level)),
    says: [...new Map(told.map(({ says }) => [stable(says), says])).values()].filter(({ length }) => length > 0),
    changes,
  });
  // What makes a replacement necessary is what to read first.
  const sorted = [...open].sort((one, other) => weight(other) - weight(one));
  const looks: Effect[] = open.length > 0 ? [{ level: 'look', says: [] }] : [];
  return [
    ...(effects.length + open.length > 0 ? [finding([...effects, ...looks], sorted)] : []),
    ...(folded.length > 0 ? [finding(normal, folded)] : []),
  ];
}

const weight = ({ replaces }: ValueChange): number => (replaces === 'yes' ? 2 : replaces === 'maybe' ? 1 : 0);
