import type { EnvironmentConfig } from '@infra/commands/app';
import type { Place } from './own-stack';

/** Stages of a rehearsal, in their order. */
export const STAGE_NAMES = [
  'prepare',
  'deploy',
  'release',
  'import',
  'drift',
  'failedRelease',
  'doctor',
  'destroy',
  'deployAgain',
  'destroyAgain',
] as const;

export type StageName = (typeof STAGE_NAMES)[number];

/** A rehearsal that runs: what its stages need to know. */
export interface Rehearsal extends Place {
  readonly config: EnvironmentConfig;
  readonly assemblyFolder: string;
}

/** A row of docs/first-deploy that a stage confirmed or refuted. */
export interface Verdict {
  readonly row: string;
  readonly holds: boolean;
  /** Answers of AWS by which it holds, or does not. */
  readonly seen: readonly string[];
}

/** Answers of AWS in a stage, in what the report says of it. */
export interface StageResult {
  /** Sentence on why the stage failed. `undefined`: it did not. */
  readonly failure?: string;
  readonly verdicts?: readonly Verdict[];
  /** Answers of the commands that the stage called, or the reason for which it was left out. */
  readonly evidence: readonly string[];
}

/** A part of a rehearsal. Each one may be killed, and is repeated by the next call. */
export interface Stage {
  readonly name: StageName;
  /** Minutes that it is expected to take on AWS. */
  readonly minutes: number;
  /** The stack afterwards, without which no further stage runs. `undefined`: any. */
  readonly leaves?: 'deployed stack' | 'no stack';
  readonly work: (rehearsal: Rehearsal) => Promise<StageResult>;
}
