import type { Words } from '../messages/words';
import type { Effect } from './finding';

/** The same thing on both sides of a comparison. */
export interface BeforeAndAfter<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** The keys that either side has, those of the earlier one first. */
export function keysOfEither(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys];
}

/**
 * A resource, another entry of a template, or a manifest, as it is compared: the values of both sides, and the effects that
 * do not follow from one value alone.
 */
export interface Entry {
  readonly subject: Words;
  /** Sort key within a level: importance of what the resource holds. */
  readonly rank?: number;
  /** The values, each part by rules of its own; the first part holds an added or a removed entry as a whole. */
  readonly parts: readonly ComparedValues[];
  /** Condition of the template under which it exists, unless that is new. */
  readonly condition?: string | undefined;
  /** Set if only one side has the entry. */
  readonly presence?: Presence | undefined;
  /** True if it is added again under another logical ID, or if it is that other one, with the same properties. */
  readonly isRenamed?: boolean;
  /** True if it does what it did, although it is no longer in the template: it is renamed, or retained. */
  readonly goesOn?: boolean;
  /** True if it is added or removed by design, as a revision that follows another one. */
  readonly isExpected?: boolean;
  /** Effects that are known beside the values. */
  readonly effects?: readonly Effect[];
  /** Replacement of the resource by CloudFormation. */
  readonly replacement?: Replacement | undefined;
  /** Sentence on its harmless changes. */
  readonly harmlessSentence?: Words | undefined;
}

/** An entry that only the head has is added, one that only the base has is removed. */
export type Presence = 'added' | 'removed';

/** Presence of an entry; undefined if both sides have it. */
export function presenceOf(isBefore: boolean, isAfter: boolean): Presence | undefined {
  if (!isBefore) return 'added';
  return isAfter ? undefined : 'removed';
}

/** Named values of both sides, such as the properties of a resource. */
export interface ComparedValues {
  /** Key of the rules that apply: a resource's type, a section of the template, or a part of the manifest. */
  readonly ruleKey: string;
  /** The values independent of their spelling. */
  readonly normalized: BeforeAndAfter<object>;
  /** The values as the template has them. */
  readonly asWritten: BeforeAndAfter<object>;
}

/** Properties whose change makes CloudFormation replace the resource. */
export interface Replacement {
  /** Properties that cause it for certain. */
  readonly causes: readonly string[];
  /** Properties that may cause it: whether they do depends on the values. */
  readonly possibleCauses: readonly string[];
}

/** Replacement of a resource because of one value. */
export type ReplacementImpact = 'certain' | 'possible' | 'none';

/** True if CloudFormation replaces the resource for certain. */
export function isCertain(replacement: Replacement | undefined): boolean {
  return replacement !== undefined && replacement.causes.length > 0;
}

/** One value that changes, and its consequences. */
export interface JudgedChange {
  /** The value on both sides, as one line. */
  readonly line: Words;
  readonly effects: readonly Effect[];
  /** True if a rule knows it to be harmless: it is folded. */
  readonly isHarmless: boolean;
  readonly replacement: ReplacementImpact;
}
