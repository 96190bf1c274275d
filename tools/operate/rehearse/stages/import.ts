import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { REHEARSAL } from '../environment';
import type { Observation } from '../observation';
import { requireCredentials } from '../own-stack';
import { runProoflink } from '../processes';
import { type Rehearsal, StageFailedError, type StageResult } from '../rehearsal';
import { words } from '../words';

/** Users that the sample's import takes. */
const SAMPLE_USERS = 'email,name\nann@example.com,Ann\nbob@example.com,Bob\n';

/** Reason for which nobody is imported. `undefined`: users are imported. */
export function reasonForNoImport({ config, images, usersFile }: Rehearsal): string | undefined {
  if (config.userImport === undefined) return words.skips.noUserImport();
  const hasUsers = images.kind === 'sample' || usersFile !== undefined;
  return hasUsers ? undefined : words.skips.noUsersFile();
}

/** Imports the users of a file, and waits for the end of the job. */
export async function importUsers(rehearsal: Rehearsal): Promise<StageResult> {
  await requireCredentials(rehearsal);
  const file = rehearsal.usersFile ?? writeSampleUsers();
  const { exitCode, stdout, progress } = await runProoflink(['import', REHEARSAL, file], { showsOutput: true });
  const lines = [...stdout.trim().split('\n'), ...progress];
  const isImported = exitCode === 0;
  const ends: Observation = { row: 'import-ends', outcome: isImported ? 'seen' : 'refuted', words: lines };
  const observations = rehearsal.images.kind === 'own' ? [ends] : [];
  if (isImported) return { words: lines, observations };
  throw new StageFailedError(words.notImported({ exitCode }), { words: lines, observations });
}

function writeSampleUsers(): string {
  const file = join(makeTemporaryFolder('prooflink-rehearsal-'), 'users.csv');
  writeFileSync(file, SAMPLE_USERS);
  return file;
}
