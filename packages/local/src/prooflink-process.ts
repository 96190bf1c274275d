import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import { runProcess } from '@infra/commands/run-process';
import type { ReleaseStep } from '@infra/operate/release/step';
import { words } from './words';

const ROOT = join(__dirname, '../../..');

interface ProoflinkProps {
  /** Gets each line of the command's progress. */
  readonly report?: (line: string) => void;
  /** Gets each step of a release that begins. */
  readonly onReleaseStep?: (step: ReleaseStep) => void;
  /** Ends the command when it is aborted. */
  readonly signal?: AbortSignal;
}

/** Failure of a command. The message has the command, its progress and what it has printed. */
export class ProoflinkError extends Error {
  constructor(
    message: string,
    /** Summary for a person: the text on stdout. */
    readonly summary: string,
  ) {
    super(message);
  }
}

/**
 * Runs a command of `npm run prooflink` on a local AWS. Returns what the command prints to stdout.
 *
 * @throws ProoflinkError
 */
export async function runProoflink(
  { env }: LocalAws,
  args: readonly string[],
  { report, onReleaseStep, signal }: ProoflinkProps = {},
): Promise<string> {
  const preloads = ['-r', './packages/common/register.js', '-r', require.resolve('./on-local-aws')];
  const program = [...preloads, 'packages/commands/src/prooflink.ts'];
  const { exitCode, stdout, stderr } = await runProcess(process.execPath, [...program, ...args], {
    directory: ROOT,
    env,
    signal,
    showLine: (line, stream) => {
      if (stream === 'stderr') report?.(line);
    },
    onMessage: (message) => onReleaseStep?.(message as ReleaseStep),
  });
  if (exitCode === 0) return stdout;

  const command = `npm run prooflink -- ${args.join(' ')}`;
  const output = `${stderr.trimEnd()}\n${stdout}`;
  throw new ProoflinkError(words.failure.command({ command, output }).trimEnd(), stdout.trimEnd());
}
