import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { LocalAws } from '@infra/local-aws';

const ROOT = join(__dirname, '../..');

interface ProoflinkProps {
  /** Exit codes that are no failure; 0 by default. */
  readonly expectedExitCodes?: readonly unknown[];
  /** Gets each line of its progress. */
  readonly report?: (line: string) => void;
  /** Ends it when aborted. */
  readonly signal?: AbortSignal;
}

/** The summary of a failed command refers to lines that were printed before. */
const REFERS_TO_PROGRESS = / above\b/;

/** Runs `npm run prooflink` on a local AWS; returns what it prints. */
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
  const progress: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    progress.push(line);
    report?.(line);
  });
  const closed = once(child, 'close') as Promise<[exitCode: unknown]>;
  const [stdout, [exitCode]] = await Promise.all([text(child.stdout), closed]);
  if (expectedExitCodes.includes(exitCode)) return stdout;

  const summary = stdout.trim();
  if (summary !== '' && !REFERS_TO_PROGRESS.test(stdout)) {
    throw new Error(summary);
  }
  const command = `npm run prooflink -- ${args.join(' ')}`;
  throw new Error(`${command} failed\n\n${progress.join('\n')}\n${stdout}`.trimEnd());
}
