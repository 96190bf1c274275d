import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { runFolder } from './assembly';

/** Jest's globalTeardown: removes what globalSetup wrote. What it throws fails the run. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalTeardown(): void {
  const temporary = tmpdir();
  process.env['TMPDIR'] = dirname(runFolder);
  try {
    removeEmpty(temporary);
  } finally {
    rmSync(runFolder, { recursive: true });
  }
}

/**
 * Removes a folder in which a test cleans up behind itself, and behind every program that it runs.
 *
 * @throws Error that names what was left in it.
 */
export function removeEmpty(folder: string): void {
  const left = readdirSync(folder);
  rmSync(folder, { recursive: true });
  if (left.length > 0) throw new Error(`The tests left temporary files behind: ${left.join(', ')}`);
}
