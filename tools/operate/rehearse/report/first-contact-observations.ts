import type { Observation } from '../observation';
import { FIRST_DEPLOY_ROWS, type FirstDeployRow, OWN_IMAGES, type RowId } from './first-deploy-rows';

/** Part of what `first-contact --json` prints. */
interface FirstContactReport {
  readonly answers?: readonly FirstContactAnswer[];
}

interface FirstContactAnswer {
  readonly rows?: readonly RowId[];
  readonly result: string;
  readonly says: string;
}

/** Outcomes by the results that have one. With every other result a person must look, or AWS could not be asked. */
const OUTCOMES: Readonly<Partial<Record<string, Observation['outcome']>>> = { well: 'seen', wrong: 'refuted' };

/** Images that run: ProofLink's, or those of the sample application, which say nothing of ProofLink. */
interface RunningImages {
  readonly hasOwnImages: boolean;
}

/** Observations of the rows of docs/first-deploy in the answers of `first-contact --json`. */
export function firstContactObservations(json: string, { hasOwnImages }: RunningImages): Observation[] {
  const { answers = [] } = JSON.parse(json) as FirstContactReport;
  return answers.flatMap((answer) => observationsOf(answer, hasOwnImages));
}

function observationsOf({ rows = [], result, says }: FirstContactAnswer, hasOwnImages: boolean): Observation[] {
  const outcome = OUTCOMES[result];
  if (outcome === undefined) return [];
  const observableRows = rows.filter((row) => hasOwnImages || !needsOwnImages(row));
  const words = says === '' ? [] : [says];
  return observableRows.map((row) => ({ row, outcome, words }));
}

function needsOwnImages(row: RowId): boolean {
  const { rehearsal }: FirstDeployRow = FIRST_DEPLOY_ROWS[row];
  return 'stages' in rehearsal && rehearsal.needs === OWN_IMAGES;
}
