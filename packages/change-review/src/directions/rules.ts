import type { MessageId } from '../messages';
import type { Test } from './tests';

/** Message, by its level. */
export type Reported = Readonly<Partial<Record<'risk' | 'weaker' | 'look', MessageId>>>;

/** A kind of change whose meaning is known: where it is harmless, where it is not, and what is said then. */
export interface Direction extends Reported {
  /** The properties, by their path. */
  readonly path: RegExp;
  /** Changes that are folded. */
  readonly harmless?: Test;
  /** Changes that get the message; all by default. */
  readonly when?: Test;
}

/** The directions of resources of some types, or of a section of the template. */
export interface Rules {
  readonly type: RegExp;
  readonly directions: readonly Direction[];
}

export const rules = (type: RegExp, ...directions: readonly Direction[]): Rules => ({ type, directions });

/** The message of something, with its level. */
export function messageOf(reported: Reported = {}) {
  const level = (['risk', 'weaker', 'look'] as const).find((each) => reported[each] !== undefined);
  const message = level && reported[level];
  return message && { level, message };
}
