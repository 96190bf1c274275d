import type { EnvironmentConfig } from '../../../lib/config/environment';
import type { Observation, StageName } from './observation';
import type { Place } from './place';

/** Images that a rehearsal releases. */
export type ImageSource =
  { readonly kind: 'sample' } | { readonly kind: 'own'; readonly appImage: string; readonly batchImage: string };

/** A rehearsal that runs: what its stages need to know. */
export interface Rehearsal extends Place {
  readonly id: string;
  readonly config: EnvironmentConfig;
  /** Folder of the cloud assembly, with the rehearsal's tags. */
  readonly assemblyFolder: string;
  readonly images: ImageSource;
  /** CSV file with users to import; `undefined`: the sample's, or none for images of the team. */
  readonly usersFile: string | undefined;
}

/** Answers of AWS in a stage that went well. */
export interface StageResult {
  readonly words: readonly string[];
  readonly observations?: readonly Observation[];
}

/** A stage has failed: the rehearsal ends, and destroys what it has deployed. */
export class StageFailedError extends Error {
  constructor(
    message: string,
    readonly result: StageResult = { words: [] },
  ) {
    super(message);
  }
}

/** A part of a rehearsal, after which it may be left and continued. */
export interface Stage {
  readonly name: StageName;
  /** Minutes that it is expected to take on AWS. */
  readonly minutes: number;
  /** Reason for which it is left out. `undefined`: it runs. */
  readonly reasonToSkip?: (rehearsal: Rehearsal) => string | undefined | Promise<string | undefined>;
  readonly work: (rehearsal: Rehearsal) => Promise<StageResult>;
}
