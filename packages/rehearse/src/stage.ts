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
  'stopAndStart',
  'doctor',
  'destroy',
  'deployAgain',
  'destroyAgain',
] as const;

export type StageName = (typeof STAGE_NAMES)[number];

/** Images of the team, in place of the sample's. */
export interface OwnImages {
  readonly app: string;
  readonly batch: string;
}

/** A rehearsal that runs: what its stages need to know. */
export interface Rehearsal extends Place {
  readonly config: EnvironmentConfig;
  readonly assemblyFolder: string;
  /** `undefined`: the sample's images are built. */
  readonly ownImages: OwnImages | undefined;
  /** CSV file of the team with users to import. */
  readonly usersFile: string | undefined;
}

/** A row of docs/first-deploy that a stage refuted, with AWS's own words. */
export interface Refutation {
  readonly row: string;
  readonly words: readonly string[];
}

/** Answers of AWS in a stage, in what the report says of it. */
export interface StageResult {
  /** Reason for which the stage was left out. `undefined`: it ran. */
  readonly skippedBecause?: string;
  /** Sentence on why the stage failed. `undefined`: it did not. */
  readonly failure?: string;
  /** Rows of docs/first-deploy that were seen to hold. */
  readonly seen?: readonly string[];
  readonly refuted?: readonly Refutation[];
  /** Answers of the commands that the stage called. */
  readonly evidence: readonly string[];
}

/** Result of a stage that is left out. */
export function skipped(reason: string): StageResult {
  return { skippedBecause: reason, evidence: [] };
}

/** A part of a rehearsal. Each one may be killed, and is repeated by the next call. */
export interface Stage {
  readonly name: StageName;
  /** Minutes that it is expected to take on AWS. */
  readonly minutes: number;
  readonly work: (rehearsal: Rehearsal) => Promise<StageResult>;
}
