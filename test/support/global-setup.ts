import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { assembly, runFolder } from './assembly';
import { testDelivery, testEnvironments } from './environments';
import { synthesize } from './synth';

/**
 * Jest's globalSetup: synthesizes once for the whole run. Most test files read the written templates and need not load
 * aws-cdk-lib, which takes a second a file. Temporary files of the run get a folder of their own, which globalTeardown
 * wants to find empty.
 */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  rmSync(runFolder, { recursive: true, force: true });
  const temporary = join(runFolder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  process.env['TMPDIR'] = temporary;
  try {
    synthesize(testEnvironments, testDelivery, assembly);
  } catch (error) {
    // Jest then calls no globalTeardown.
    rmSync(runFolder, { recursive: true });
    throw error;
  }
}
