import type { CdkDiff } from './cdk-diff';
import type { Words } from '@infra/common/words';
import type { StackCost } from './cost';

/**
 * Urgency for a reviewer: what may lose data or cannot be deployed, what is not known, what became reachable,
 * allowed or less protected, what no rule knows to be harmless, and what one does.
 */
export type Level = 'risk' | 'unknown' | 'weaker' | 'look' | 'other';

/** The levels, the most urgent one first, and how they are marked. */
export const LEVELS = [
  { level: 'risk', mark: '⛔ ', style: 'red' },
  { level: 'unknown', mark: '⛔ ', style: 'red' },
  { level: 'weaker', mark: '⚠️ ', style: 'yellow' },
  { level: 'look', mark: '👀 ', style: 'cyan' },
  { level: 'other', mark: '', style: 'dim' },
] as const satisfies readonly { level: Level; mark: string; style: Style }[];
export type Style = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';

/** The most urgent of some levels. */
export function atLevel(levels: readonly Level[]): Level {
  return LEVELS.find(({ level }) => levels.includes(level))?.level ?? 'other';
}

/** Something that a change does, and how soon it has to be read. */
export interface Effect {
  readonly level: Level;
  readonly says: Words;
}

/** One finding of a review: what it is about, what happens, which values change, and what to do. */
export interface Finding {
  readonly level: Level;
  readonly subject: Words;
  readonly says: readonly Words[];
  /** The values that change, a line each. */
  readonly changes: readonly Words[];
  /** Sort key within a level, the highest one first: what the resource holds. */
  readonly worth?: number;
  /** Advice, unless it is the same for the whole level. */
  readonly toDo?: readonly Words[];
}

/** Differences between two versions of one environment. */
export interface EnvironmentReview {
  readonly name: string;
  /** True if the head is compared with what is deployed, and not with the base. */
  readonly deployed?: boolean;
  /** Change of the environment as a whole, e.g. none. */
  readonly summary: Words;
  readonly findings: readonly Finding[];
  /** Undefined where the templates are the same. */
  readonly cdkDiff?: CdkDiff;
}

/** Effects of a change on all environments, and of its deployment. */
export interface Review {
  /** Remarks on the comparison itself, e.g. that the CDK's version differs. */
  readonly notes: readonly Words[];
  readonly environments: readonly EnvironmentReview[];
  /** Changes of the environments' costs, if prices are known. */
  readonly costs?: readonly StackCost[];
  /** The lines of `lib/config` that changed, as a unified diff. */
  readonly configDiff: string;
  /** True if it is of a deployment that waits for its approval, and not of a pull request. */
  readonly isDeployment?: boolean;
}
