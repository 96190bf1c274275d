import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { pause } from '@infra/commands/pause';
import { deploy, deployAgain, destroy } from './deploy';
import { compareAndRevert } from './drift';
import { REHEARSAL } from './environment';
import { stopAndStart } from './hours';
import { readRows, rowsOfOwnImages } from './page';
import { runProoflink, showProgress } from './processes';
import { isReleased, release, releaseFailingImage } from './release';
import { type Rehearsal, skipped, type Stage, type StageResult } from './stage';
import { words } from './words';

/** Stages of a rehearsal, in their order. Their minutes are expected, not measured. */
export const STAGES: readonly Stage[] = [
  { name: 'prepare', minutes: 8, work: prepare },
  { name: 'deploy', minutes: 20, work: deploy },
  { name: 'release', minutes: 15, work: release },
  { name: 'import', minutes: 5, work: importUsers },
  { name: 'drift', minutes: 7, work: compareAndRevert },
  { name: 'failedRelease', minutes: 20, work: releaseFailingImage },
  { name: 'stopAndStart', minutes: 30, work: stopAndStart },
  { name: 'doctor', minutes: 1, work: askDoctor },
  { name: 'destroy', minutes: 15, work: destroy },
  { name: 'deployAgain', minutes: 20, work: deployAgain },
  { name: 'destroyAgain', minutes: 15, work: destroy },
];

/** Minutes that a new service-linked role takes to be in force. */
const MINUTES_OF_NEW_ROLE = 5;

/** Output of `prepare --json`. */
interface PrepareReport {
  readonly parts: readonly { readonly name: string; readonly result: string; readonly isNew?: boolean }[];
}

/** Makes the service-linked roles and the stack CDKToolkit that the account lacks. */
async function prepare(): Promise<StageResult> {
  const { exitCode, stdout, lines } = await runProoflink(['prepare', REHEARSAL, '--json']);
  if (exitCode !== 0) return { failure: words.ended({ command: 'prepare', exitCode }), evidence: lines };
  const { parts } = JSON.parse(stdout) as PrepareReport;
  if (parts.some(({ isNew }) => isNew)) {
    showProgress(words.newRole({ minutes: MINUTES_OF_NEW_ROLE }));
    await pause(MINUTES_OF_NEW_ROLE * 60);
  }
  return { evidence: parts.map(({ name, result }) => `${name}: ${result}`) };
}

/** Users that the sample's import takes. */
const SAMPLE_USERS = 'email,name\nann@example.com,Ann\nbob@example.com,Bob\n';

/** Imports the users of a file, and waits for the end of the job. */
async function importUsers({ config, ownImages, usersFile }: Rehearsal): Promise<StageResult> {
  if (config.userImport === undefined) return skipped(words.skips.noUserImport);
  if (ownImages && usersFile === undefined) return skipped(words.skips.noUsersFile);
  if (!(await isReleased())) return skipped(words.skips.noVersion);
  const { exitCode, lines } = await runProoflink(['import', REHEARSAL, usersFile ?? writeSampleUsers()]);
  const isImported = exitCode === 0;
  return {
    failure: isImported ? undefined : words.ended({ command: 'import', exitCode }),
    // The sample's import says nothing of ProofLink's.
    seen: ownImages && isImported ? ['import-ends'] : [],
    refuted: ownImages && !isImported ? [{ row: 'import-ends', words: lines }] : [],
    evidence: lines,
  };
}

function writeSampleUsers(): string {
  const file = join(makeTemporaryFolder('prooflink-rehearsal-'), 'users.csv');
  writeFileSync(file, SAMPLE_USERS);
  return file;
}

/** Output of `doctor --json`. */
interface DoctorReport {
  readonly answers?: readonly DoctorAnswer[];
}

interface DoctorAnswer {
  readonly rows?: readonly string[];
  readonly result: string;
  readonly words: string;
  readonly says: string;
}

/** Asks the questions that confirm rows. Answers that a person must look at decide no row. */
async function askDoctor({ ownImages }: Rehearsal): Promise<StageResult> {
  const { exitCode, stdout, lines } = await runProoflink(['doctor', REHEARSAL, '--json']);
  if (stdout === '') return { failure: words.ended({ command: 'doctor', exitCode }), evidence: lines };
  const { answers = [] } = JSON.parse(stdout) as DoctorReport;
  const undecided = new Set(ownImages ? [] : rowsOfOwnImages(readRows('en')));
  const rowsWith = (result: string) => {
    const found = answers.filter((answer) => answer.result === result);
    const rows = found.flatMap((answer) => (answer.rows ?? []).map((row) => ({ row, words: [answer.says] })));
    return rows.filter(({ row }) => !undecided.has(row));
  };
  return {
    seen: rowsWith('well').map(({ row }) => row),
    refuted: rowsWith('wrong'),
    evidence: answers.map(({ result, words: statement, says }) => `${result}: ${statement}: ${says}`),
  };
}
