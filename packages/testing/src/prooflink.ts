import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { newProoflinkProgram as program } from '@infra/commands/prooflink';
import { call, type Ended } from '@infra/commands/test/support/call';

/** Folder in which a program of this repository runs. */
export const ROOT = join(__dirname, '../../..');

/** Node's arguments for `npm run prooflink`, on the guide's environments. */
export const prooflinkArguments = (...args: string[]): string[] => [
  '-r',
  './packages/common/register.js',
  '-r',
  './packages/testing/src/preload-guide-configs.js',
  'packages/commands/src/prooflink.ts',
  ...args,
];

/** Runs `npm run prooflink` into a pipe. */
export function prooflink(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, prooflinkArguments(...args), { cwd: ROOT, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, stdout, stderr });
    });
  });
}

/** End of a command that a signal has ended. */
interface Interrupted {
  readonly exitCode: unknown;
  /** Lines of stdout and stderr. */
  readonly output: string;
}

/** Runs `npm run prooflink`, which gets a signal, twice as npm passes Ctrl-C on, once its output has a text. */
export async function interruptedProoflink(
  env: NodeJS.ProcessEnv,
  signal: NodeJS.Signals,
  text: string,
  ...args: string[]
): Promise<Interrupted> {
  const child = spawn(process.execPath, prooflinkArguments(...args), {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (piece: Buffer) => {
    output += piece.toString();
  });
  child.stderr.on('data', (piece: Buffer) => {
    output += piece.toString();
    if (!output.includes(text)) return;
    child.kill(signal);
    child.kill(signal);
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  return { exitCode, output };
}

/** Runs the same command in this process and its environment, a second faster; no two of them at once. */
export const command = (...args: string[]): Promise<Ended> => call(program(), ...args);
