import type { CdkDiff } from './cdk-diff';
import type { Words } from '@infra/common/words';
import type { CostChange } from './cost';

/**
 * How soon a reviewer has to read it: what may lose data or cannot be deployed, what nobody can tell, what became
 * reachable, allowed or less protected, what no rule knows to be harmless, and what one does.
 */
export type Level = 'risk' | 'unknown' | 'weaker' | 'look' | 'other';

/** The levels, the most urgent one first: what their parts of a report are called, how they are counted and marked. */
export const LEVELS: readonly (readonly [Level, title: string, counted: string, mark: string, style: Style])[] = [
  ['risk', 'At risk: data, or the deployment itself', ' at risk', '⛔ ', 'red'],
  ['unknown', 'Could not be told', ' unknown', '⛔ ', 'red'],
  ['weaker', 'Opened or weakened', ' opened or weakened', '⚠️ ', 'yellow'],
  ['look', 'Look at this: no rule knows it to be harmless', ' to look at', '👀 ', 'cyan'],
  ['other', 'Other changes: harmless by a rule, or told above', ' other change', '', 'dim'],
];
export type Style = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';

/** The most urgent of some levels. */
export function atLevel(levels: readonly Level[]): Level {
  return LEVELS.find(([level]) => levels.includes(level))?.[0] ?? 'other';
}

/** Something that a change does, and how soon it has to be read. */
export interface Effect {
  readonly level: Level;
  readonly says: Words;
}

/** One thing that a reviewer reads: what it is about, what happens, and which values change. */
export interface Finding {
  readonly level: Level;
  readonly subject: Words;
  readonly says: readonly Words[];
  /** The values that change, a line each. */
  readonly changes: readonly Words[];
  /** How dear what it is about is: within a level that comes first. */
  readonly worth?: number;
}

/** How two versions of one environment differ. */
export interface EnvironmentReview {
  readonly name: string;
  /** Whether the head is compared with what is deployed, and not with the base. */
  readonly deployed?: boolean;
  /** What happened to the environment as a whole, e.g. that it has no change. */
  readonly summary: Words;
  readonly findings: readonly Finding[];
  /** Undefined where the templates are the same. */
  readonly cdkDiff?: CdkDiff;
}

/** What a change does to all environments, and a deployment would do to them. */
export interface Review {
  /** What to know about the comparison itself, e.g. that the CDK's version differs. */
  readonly notes: readonly Words[];
  readonly environments: readonly EnvironmentReview[];
  /** What it does to what they cost, where somebody knows the prices. */
  readonly costs?: readonly CostChange[];
  /** The lines of `lib/config` that changed, as a unified diff. */
  readonly configDiff: string;
  /** Whether it is of a deployment that waits for its approval, and not of a pull request. */
  readonly isDeployment?: boolean;
}
