import { CannotTellError } from '@infra/common/outcome';
import { wordsOf } from '../../../../lib/language';
import type { Observation, StageName } from '../observation';
import { FIRST_DEPLOY_ROWS, type FirstDeployRow, type RowId } from './first-deploy-rows';
import type { KeptRecord } from './kept-records';
import { words } from './words';

/** An observation with the stage that made it. */
interface StageObservation extends Observation {
  readonly stage: StageName;
}

/** A row that stages saw, or refuted. */
export interface ObservedRow {
  readonly id: RowId;
  /** The observations with that outcome. */
  readonly observations: readonly StageObservation[];
}

/** A row that no stage observed. */
export interface RowNotSeen {
  readonly id: RowId;
  /** End of the sentence "not seen, because …". */
  readonly reason: string;
}

/** Verdicts of a rehearsal on the rows of docs/first-deploy: each row is in one of the lists, in the page's order. */
export interface RowVerdicts {
  readonly seen: readonly ObservedRow[];
  readonly refuted: readonly ObservedRow[];
  readonly notSeen: readonly RowNotSeen[];
}

/**
 * Verdicts on all rows. A row that one stage refuted is refuted, whatever another stage saw.
 *
 * @throws CannotTellError if an observation is of a row that docs/first-deploy does not have.
 */
export function rowVerdicts(records: readonly KeptRecord[]): RowVerdicts {
  const observations = records.flatMap(observationsOf);
  const seen: ObservedRow[] = [];
  const refuted: ObservedRow[] = [];
  const notSeen: RowNotSeen[] = [];
  for (const id of Object.keys(FIRST_DEPLOY_ROWS) as RowId[]) {
    const observationsOfRow = observations.filter(({ row }) => row === id);
    const refutations = observationsOfRow.filter(({ outcome }) => outcome === 'refuted');
    if (refutations.length > 0) refuted.push({ id, observations: refutations });
    else if (observationsOfRow.length > 0) seen.push({ id, observations: observationsOfRow });
    else notSeen.push({ id, reason: reasonNotSeen(FIRST_DEPLOY_ROWS[id], records) });
  }
  return { seen, refuted, notSeen };
}

function observationsOf({ stage, observations }: KeptRecord): StageObservation[] {
  return observations.map((observation) => {
    const isKnown = observation.row in FIRST_DEPLOY_ROWS;
    if (!isKnown) throw new CannotTellError(words.unknownRow({ stage, row: observation.row }));
    return { stage, ...observation };
  });
}

/** The reason for which no stage observed a row. */
function reasonNotSeen({ rehearsal }: FirstDeployRow, records: readonly KeptRecord[]): string {
  if ('cannotSee' in rehearsal) return wordsOf(rehearsal.cannotSee);
  const { stages, needs } = rehearsal;
  const lastRecord = records.filter(({ stage }) => stages.includes(stage)).at(-1);
  if (!lastRecord) return words.stagesDidNotRun({ stages });
  const { stage, exitCode, skippedBecause } = lastRecord;
  if (skippedBecause !== undefined) return words.stageSkipped({ stage, skippedBecause });
  if (exitCode === undefined) return words.stageNotEnded({ stage });
  if (exitCode !== 0) return words.stageFailed({ stage, exitCode });
  return needs === undefined ? words.stageSawNothing({ stage }) : words.needs({ needs: wordsOf(needs) });
}
