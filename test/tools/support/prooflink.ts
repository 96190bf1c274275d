import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** Where a program of this repository is run. */
export const ROOT = join(__dirname, '../../..');

/** What Node is called with for `npm run prooflink`. */
export const prooflinkArguments = (...args: string[]): string[] => [
  '-r',
  './tools/register.js',
  'tools/prooflink.ts',
  ...args,
];

/** Runs `npm run prooflink` into a pipe. */
export function prooflink(env: NodeJS.ProcessEnv, ...args: string[]) {
  return new Promise<{ exitCode: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, prooflinkArguments(...args), { cwd: ROOT, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, stdout, stderr });
    });
  });
}
