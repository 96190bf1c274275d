import type { MessageId } from '../messages';
import { type Level, LEVELS } from '../model/finding';
import type { NormalizedValue } from '../read/normalized-text';
import type { Condition } from './conditions';

/** Keys of rules on parts of a resource or of an assembly; other keys are resource types and sections of a template. */
export const ATTRIBUTE = 'attribute';
export const ATTRIBUTE_OF_DATA = 'attribute of data';
export const ATTRIBUTE_OF_DATA_WITHOUT_SNAPSHOTS = 'attribute of data without snapshots';
export const STACK_MANIFEST = 'stack';
export const STACK_MANIFEST_WITH_BATCH = 'stack with Batch';
export const TEMPLATE_SECTION = 'template';
export const ASSEMBLY_MANIFEST = 'manifest';

/** A value that changes; undefined if a side does not set it. */
export interface ValueChange {
  /** Keys of objects and items of lists that lead to the value, `Tags[Owner].Value`. */
  readonly path: string;
  readonly before: NormalizedValue;
  readonly after: NormalizedValue;
}

export type RuleLevel = Exclude<Level, 'accepted' | 'other'>;

/** Message of a rule, under the level that it has. */
export type LeveledMessage = Readonly<Partial<Record<RuleLevel, MessageId>>>;

/** Rule on some properties: which changes of them are harmless, and the message on others. */
export interface Rule extends LeveledMessage {
  /** Paths of the properties. */
  readonly path: RegExp;
  /** Changes that are harmless. */
  readonly harmlessIf?: Condition;
  /** Changes that get the message; by default all that are not harmless. */
  readonly reportIf?: Condition;
  /** True if the rule judges an added or removed object as a whole. Its values are then judged only for what is worse. */
  readonly isForWhole?: boolean;
}

/** Rules of some resource types, or of a section of the template. */
export interface RuleSet {
  readonly type: RegExp;
  readonly rules: readonly Rule[];
}

export function rulesFor(type: RegExp, ...rules: readonly Rule[]): RuleSet {
  return { type, rules };
}

/** The message of a rule and its level; undefined if the rule has none. */
export function messageOf(leveledMessage: LeveledMessage): { level: RuleLevel; message: MessageId } | undefined {
  for (const { level } of LEVELS) {
    if (level === 'accepted' || level === 'other') continue;
    const message = leveledMessage[level];
    if (message !== undefined) return { level, message };
  }
  return undefined;
}
