import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { pause } from '@infra/commands/pause';
import { deploy, deployAgain, destroy } from './deploy';
import { compareAndRevert } from './drift';
import { REHEARSAL } from './environment';
import { runProoflink, showProgress } from './processes';
import { isReleased, release, releaseFailingImage } from './release';
import type { Rehearsal, Stage, StageResult, Verdict } from './stage';
import { words } from './words';

/** Stages of a rehearsal, in their order. Their minutes are expected, not measured. */
export const STAGES: readonly Stage[] = [
  { name: 'prepare', minutes: 8, work: prepare },
  { name: 'deploy', minutes: 20, work: deploy, leaves: 'deployed stack' },
  { name: 'release', minutes: 15, work: release, leaves: 'deployed stack' },
  { name: 'import', minutes: 5, work: importUsers, leaves: 'deployed stack' },
  { name: 'drift', minutes: 7, work: compareAndRevert, leaves: 'deployed stack' },
  { name: 'failedRelease', minutes: 20, work: releaseFailingImage, leaves: 'deployed stack' },
  { name: 'doctor', minutes: 1, work: askDoctor, leaves: 'deployed stack' },
  { name: 'destroy', minutes: 15, work: destroy, leaves: 'no stack' },
  { name: 'deployAgain', minutes: 20, work: deployAgain, leaves: 'deployed stack' },
  { name: 'destroyAgain', minutes: 15, work: destroy, leaves: 'no stack' },
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
async function importUsers({ config }: Rehearsal): Promise<StageResult> {
  if (config.userImport === undefined) return { evidence: [words.skips.noUserImport] };
  if (!(await isReleased())) return { evidence: [words.skips.noVersion] };
  const { exitCode, lines } = await runProoflink(['import', REHEARSAL, writeSampleUsers()]);
  const failure = exitCode === 0 ? undefined : words.ended({ command: 'import', exitCode });
  return { failure, evidence: lines };
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

/** Rows on the application itself, of which the sample says nothing. */
const ROWS_OF_THE_APPLICATION: ReadonlySet<string> = new Set(['image-healthy', 'import-ends']);

/** Asks the questions that confirm rows. Answers that a person must look at decide no row. */
async function askDoctor(): Promise<StageResult> {
  const { exitCode, stdout, lines } = await runProoflink(['doctor', REHEARSAL, '--json']);
  if (stdout === '') return { failure: words.ended({ command: 'doctor', exitCode }), evidence: lines };
  const { answers = [] } = JSON.parse(stdout) as DoctorReport;
  const verdicts = answers.filter(({ result }) => result === 'well' || result === 'wrong').flatMap(verdictsOf);
  return {
    verdicts: verdicts.filter(({ row }) => !ROWS_OF_THE_APPLICATION.has(row)),
    evidence: answers.map(({ result, words: statement, says }) => `${result}: ${statement}: ${says}`),
  };
}

function verdictsOf({ rows = [], result, says }: DoctorAnswer): Verdict[] {
  return rows.map((row) => ({ row, holds: result === 'well', seen: [says] }));
}
