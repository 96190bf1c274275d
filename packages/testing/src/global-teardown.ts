import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeOwnPath } from '@infra/common/own-paths';
import { runFolder } from './run-folder';

/** Jest's globalTeardown: fails the run where tests left files behind. With --bail Jest may call it several times. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalTeardown({ bail }: { readonly bail: number }): void {
  try {
    empty(join(runFolder, 'tmp'));
  } catch (error) {
    // An exception here does not end the run under --bail.
    if (!bail) throw error;
    console.error(error instanceof Error ? error.message : error);
  }
}

/**
 * Empties a folder in which a test cleans up behind itself, and behind every program that it runs.
 *
 * @throws Error that names what was left in it.
 */
export function empty(folder: string): void {
  const leftFiles = readdirSync(folder);
  for (const name of leftFiles) removeOwnPath(join(folder, name));
  if (leftFiles.length > 0) throw new Error(`The tests left temporary files behind: ${leftFiles.join(', ')}`);
}
