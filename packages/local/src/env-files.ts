import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders whose files no application reads as its own. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);

/**
 * Finds the .env files in a folder and below it that Next.js reads by itself. Its standalone server reads copies in
 * `.next/standalone`.
 *
 * @param mode - NODE_ENV of the application.
 */
export function findEnvFiles(folder: string, mode: 'production' | 'development'): string[] {
  const names: ReadonlySet<string> = new Set(['.env', '.env.local', `.env.${mode}`, `.env.${mode}.local`]);
  const filesIn = (directory: string): string[] => {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : filesIn(path);
      return names.has(entry.name) ? [path] : [];
    });
  };
  return filesIn(folder);
}
