import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import { runProcess } from '@infra/commands/run-process';
import { words } from './words';

const ROOT = join(__dirname, '../../..');

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
  const program = ['-r', './packages/common/register.js', 'packages/commands/src/prooflink.ts'];
  const { exitCode, stdout, stderr } = await runProcess(process.execPath, [...program, ...args], {
    directory: ROOT,
    env,
    signal,
    showLine: (line, stream) => {
      if (stream === 'stderr') report?.(line);
    },
  });
  // `null`: a signal has ended the command.
  if (exitCode !== null && expectedExitCodes.includes(exitCode)) return stdout;

  const command = `npm run prooflink -- ${args.join(' ')}`;
  const output = `${stderr.trimEnd()}\n${stdout}`;
  throw new Error(words.failure.command({ command, output }).trimEnd());
}
