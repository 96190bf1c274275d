import type { Words } from '../messages/words';

/** Urgency for a reviewer. */
export type Level =
  /** Data is lost, or what protects it is turned off. */
  | 'lost'
  /** CloudFormation or the service rejects the change: the deployment would fail. */
  | 'fails'
  /** Something stays in AWS that deployments no longer manage. */
  | 'left'
  /** Something becomes reachable, allowed or less protected. */
  | 'weaker'
  /** No rule knows the change to be harmless. */
  | 'look'
  /** A list of accepted findings has it, with a reason. */
  | 'accepted'
  /** A rule knows the change to be harmless. */
  | 'other';

/** Levels of findings that need no attention. */
const SETTLED: ReadonlySet<Level> = new Set<Level>(['accepted', 'other']);

export function isOpen(level: Level): boolean {
  return !SETTLED.has(level);
}

/** The levels by which a review does not pass, each with an exit code of its own; the most urgent one first. */
export const VERDICTS = ['lost', 'fails', 'left'] as const satisfies readonly Level[];
export type Verdict = (typeof VERDICTS)[number];

export function isVerdict(level: Level): level is Verdict {
  return VERDICTS.some((verdict) => verdict === level);
}

export type Style = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';

/** The levels, the most urgent one first, and their marks in a comment and on a terminal. */
export const LEVELS = [
  { level: 'lost', mark: '⛔ ', style: 'red' },
  { level: 'fails', mark: '⛔ ', style: 'red' },
  { level: 'left', mark: '⛔ ', style: 'red' },
  { level: 'weaker', mark: '⚠️ ', style: 'yellow' },
  { level: 'look', mark: '👀 ', style: 'cyan' },
  { level: 'accepted', mark: '☑️ ', style: 'dim' },
  { level: 'other', mark: '', style: 'dim' },
] as const satisfies readonly { level: Level; mark: string; style: Style }[];

/** The most urgent of some levels; `other` if there are none. */
export function mostUrgent(levels: readonly Level[]): Level {
  const entry = LEVELS.find(({ level }) => levels.includes(level));
  return entry?.level ?? 'other';
}

/** Position of a level among all of them: 0 is the most urgent one. */
export function positionOf(level: Level): number {
  return LEVELS.findIndex((entry) => entry.level === level);
}

/** Consequence of a change, as a sentence, and its urgency. */
export interface Effect {
  readonly level: Level;
  readonly sentence: Words;
}

/** One entry of the review: its subject, the consequences, the values that change, and advice. */
export interface Finding {
  readonly level: Level;
  readonly subject: Words;
  readonly sentences: readonly Words[];
  /** Values that change, a line each. */
  readonly changes: readonly Words[];
  /** Other stacks that have the same finding, which is not repeated there. */
  readonly alsoIn?: readonly string[];
  /** Sort key within a level, the highest one first: importance of what the resource holds. */
  readonly rank?: number;
  /** Advice; that of the level if there is none. */
  readonly advice?: readonly Words[];
  /** The sentences that decide the level; all of them by default. */
  readonly decisive?: readonly Words[];
}

export function decisiveSentences({ sentences, decisive = sentences }: Finding): readonly Words[] {
  return decisive.filter((sentence) => sentence.length > 0);
}

/** Findings by their levels, the most urgent one first. */
export function byLevel(findings: readonly Finding[]) {
  const levels = LEVELS.map((entry) => ({
    ...entry,
    findings: findings.filter(({ level }) => level === entry.level),
  }));
  return levels.filter((entry) => entry.findings.length > 0);
}
