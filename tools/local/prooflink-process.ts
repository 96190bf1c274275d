import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { LocalAws } from '@infra/local-aws';
import { words } from './words';

const ROOT = join(__dirname, '../..');

interface ProoflinkProps {
  /** Exit codes that are no failure; 0 alone by default. */
  readonly expectedExitCodes?: readonly number[];
  /** Gets each line of the command's progress. */
  readonly report?: (line: string) => void;
  /** Ends the command when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a command of `npm run prooflink` on a local AWS. Returns what the command prints to stdout.
 *
 * @throws Error with the command's progress and what it has printed if it fails.
 */
export async function runProoflink(
  { env }: LocalAws,
  args: readonly string[],
  { expectedExitCodes = [0], report, signal }: ProoflinkProps = {},
): Promise<string> {
  const child = spawn(process.execPath, ['-r', './tools/register.js', 'tools/prooflink.ts', ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const progressLines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    progressLines.push(line);
    report?.(line);
  });
  const closed = once(child, 'close') as Promise<[exitCode: number | null]>;
  const [stdout, [exitCode]] = await Promise.all([text(child.stdout), closed]);
  // `null`: a signal has ended the command.
  if (exitCode !== null && expectedExitCodes.includes(exitCode)) return stdout;

  const command = `npm run prooflink -- ${args.join(' ')}`;
  const output = `${progressLines.join('\n')}\n${stdout}`;
  throw new Error(words.failure.command({ command, output }).trimEnd());
}
