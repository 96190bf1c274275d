import { REHEARSAL } from '../environment';
import { pause } from '../../../program/pause';
import { runProoflink } from '../processes';
import { showProgress } from '../progress';
import { StageFailedError, type StageResult } from '../rehearsal';
import { words } from '../words';

/** Output of `prepare --json`. */
interface PrepareReport {
  readonly parts: readonly { readonly name: string; readonly result: string; readonly isNew?: boolean }[];
}

/** Minutes that a new service-linked role takes to be in force. */
const MINUTES_OF_NEW_ROLE = 5;

/** Makes the service-linked roles and the stack CDKToolkit that the account lacks. */
export async function prepareAccount(): Promise<StageResult> {
  const { exitCode, stdout, progress } = await runProoflink(['prepare', REHEARSAL, '--json']);
  if (exitCode !== 0) throw new StageFailedError(words.notPrepared({ exitCode }), { words: [...progress, stdout] });
  const { parts } = JSON.parse(stdout) as PrepareReport;
  if (parts.some(({ isNew }) => isNew)) {
    showProgress(words.newRole({ minutes: MINUTES_OF_NEW_ROLE }));
    await pause(MINUTES_OF_NEW_ROLE * 60);
  }
  return { words: parts.map(({ name, result }) => `${name}: ${result}`) };
}
