import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalAws } from '../local-aws';

const ROOT = join(__dirname, '../..');

/** `npm run prooflink -- prepare`, as a person calls it before the first deploy; returns what it prints. */
export async function prepare({ env }: Pick<LocalAws, 'env'>): Promise<string> {
  const program = ['-r', './bin/register.js', 'tools/prooflink.ts', 'prepare'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT, env });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm run prooflink -- prepare failed\n\n${stdout}${stderr}`, { cause: error });
  }
}
