import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'PROOFLINK_TEST_RUN';

/** Folder of this run's cloud assemblies: globalSetup makes it, and Jest's workers inherit where it is. */
export const runFolder = process.env[VARIABLE] ?? '/globalSetup has not run';

/** Makes the folder of a run. It is removed when this process ends, also where Jest never calls globalTeardown (--bail). */
export function makeRunFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prooflink-tests-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  process.env[VARIABLE] = folder;
  return folder;
}
