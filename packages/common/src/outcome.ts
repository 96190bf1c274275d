import { visible } from './untrusted-text';

/** Output and exit code of a command. */
export interface Outcome {
  /** 0: all is well, 1: it is not, 2: unknown. Each command's help says what that means there, and what 3 means. */
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly stdout: string;
  readonly stderr: string;
}

/** Reason for which a command cannot answer, in words for its user. */
export class CannotTellError extends Error {}

/**
 * The outcome of an error. Any error must not read as "all is well", even a fault of the command itself.
 * @param stdout - Output that a command has for such a message, besides the message on stderr.
 */
export function failure(error: unknown, stdout: (message: string) => string = () => ''): Outcome {
  if (error instanceof CannotTellError) return failureWith(error.message, '', stdout);
  const reason = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error ? `${error.stack ?? ''}\n` : '';
  return failureWith(`An unexpected fault of this program: ${reason}`, trace, stdout);
}

function failureWith(message: string, trace: string, stdout: (message: string) => string): Outcome {
  return {
    exitCode: 2,
    stdout: stdout(message),
    stderr: visible(`${message}\n${trace}`, '\n'),
  };
}

/** The outcome of a command's work, even if it throws. */
export async function outcomeOf(work: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return failure(error);
  }
}

/** Ends this process with the outcome of a command's work. */
export async function endWith(work: () => Outcome | Promise<Outcome>): Promise<void> {
  const { exitCode, stdout, stderr } = await outcomeOf(work);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  // Not process.exit(): it would cut off what a slow pipe has not taken yet.
  process.exitCode = exitCode;
}
