import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { RowId } from './report/first-deploy-rows';

/** Stages of a rehearsal, in their order. */
export const STAGE_NAMES = [
  'prepare',
  'deploy',
  'images',
  'release',
  'import',
  'changeByHand',
  'drift',
  'failedRelease',
  'stopAndStart',
  'firstContact',
  'destroy',
  'deployAgain',
  'destroyAgain',
] as const;

export type StageName = (typeof STAGE_NAMES)[number];

/** Answer of AWS to one row of docs/first-deploy. */
export interface Observation {
  readonly row: RowId;
  readonly outcome: 'seen' | 'refuted';
  /** AWS's own words: events, answers, reasons. */
  readonly words: readonly string[];
}

/** One stage as it went. */
export interface StageRecord {
  readonly stage: StageName;
  readonly started: Date;
  readonly seconds: number;
  /** Minutes that the stage was expected to take. */
  readonly expectedMinutes?: number;
  /** `undefined`: the stage has not ended, since it runs or was interrupted. */
  readonly exitCode?: number;
  readonly observations: readonly Observation[];
  readonly words: readonly string[];
  /** Reason for which the stage was left out. */
  readonly skippedBecause?: string;
  /** Events of the stack in this stage; none unless it changed the stack. */
  readonly events?: readonly StackEvent[];
}
