import { REHEARSAL } from '../environment';
import type { QuestionResult } from '../en';
import type { Observation } from '../observation';
import { requireCredentials } from '../own-stack';
import { type Ended, runProoflink } from '../processes';
import { firstContactObservations } from '../report/first-contact-observations';
import { type Rehearsal, StageFailedError, type StageResult } from '../rehearsal';
import { words } from '../words';

/** Output of `status --json` and `first-contact --json`. */
interface HealthReport {
  readonly answers?: readonly { readonly result: QuestionResult; readonly words: string; readonly says: string }[];
  readonly error?: string;
}

/** Reason for which the environment is not stopped and started. `undefined`: it is. */
export function reasonForNoStop({ config }: Rehearsal): string | undefined {
  return config.officeHours === undefined ? words.skips.noOfficeHours() : undefined;
}

/** Stops the environment as its schedules do in the evening, asks for its state, and starts it again. */
export async function stopAndStart(rehearsal: Rehearsal): Promise<StageResult> {
  const lines: string[] = [];
  for (const action of ['stop', 'start']) {
    await requireCredentials(rehearsal);
    const ended = await runProoflink([action, REHEARSAL]);
    lines.push(...linesOf(ended));
    if (ended.exitCode !== 0) {
      const observations: Observation[] = [{ row: 'stop-and-start', outcome: 'refuted', words: lines }];
      const message = words.notStoppedOrStarted({ action, exitCode: ended.exitCode });
      throw new StageFailedError(message, { words: lines, observations });
    }
    lines.push(...healthLines(await runProoflink(['status', REHEARSAL, '--json'])));
  }
  return { words: lines, observations: [{ row: 'stop-and-start', outcome: 'seen', words: lines }] };
}

/** Asks the deployed environment for what only AWS can prove. */
export async function firstContact({ images }: Rehearsal): Promise<StageResult> {
  const ended = await runProoflink(['first-contact', REHEARSAL, '--json']);
  const hasOwnImages = images.kind === 'own';
  const observations = ended.stdout === '' ? [] : firstContactObservations(ended.stdout, { hasOwnImages });
  return { words: healthLines(ended), observations };
}

function linesOf({ stdout, progress }: Ended): string[] {
  return [...progress, ...stdout.trim().split('\n')];
}

function healthLines({ stdout, progress }: Ended): string[] {
  if (stdout === '') return [...progress];
  const { answers = [], error } = JSON.parse(stdout) as HealthReport;
  const answersWithWords = answers.filter(({ says }) => says !== '');
  const sentences = answersWithWords.map(({ result, words: statement, says }) =>
    words.answer({ result, statement, says }),
  );
  return error === undefined ? sentences : [error];
}
