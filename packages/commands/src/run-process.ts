import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Processes that have not ended yet. */
const runningProcesses = new Set<ChildProcess>();

export interface ProcessOptions {
  /** Working directory; by default that of this process. */
  readonly directory?: string;
  /** All environment variables of the process; by default those of this one. */
  readonly env?: NodeJS.ProcessEnv;
  /** Text that the process reads from stdin. */
  readonly input?: string;
  /** Ends the process when it is aborted. */
  readonly signal?: AbortSignal;
  /** Gets each line that the process prints, while it runs. */
  readonly showLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Gets each message of a process of Node. By default, it has no channel for messages. */
  readonly onMessage?: (message: unknown) => void;
}

/** A process that has ended. */
export interface EndedProcess {
  /** `null`: a signal has ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a process to its end. A program that is missing throws its ENOENT. */
export async function runProcess(
  program: string,
  args: readonly string[],
  { directory, env = process.env, input = '', signal, showLine, onMessage }: ProcessOptions = {},
): Promise<EndedProcess> {
  const child = spawn(program, args, {
    cwd: directory,
    env,
    signal,
    stdio: ['pipe', 'pipe', 'pipe', onMessage ? 'ipc' : 'ignore'],
  }) as ChildProcessWithoutNullStreams;
  runningProcesses.add(child);
  if (onMessage) child.on('message', onMessage);
  try {
    // A program that reads no input may have ended before it gets any.
    child.stdin.on('error', () => undefined).end(input);
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text;
      });
      if (showLine)
        createInterface(child[stream]).on('line', (line) => {
          showLine(line, stream);
        });
    }
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, ...printed };
  } finally {
    runningProcesses.delete(child);
  }
}

/** Interrupts what runs, as Ctrl-C does. Operations that have begun in AWS go on there. */
export function interruptRunningProcesses(): void {
  for (const child of runningProcesses) child.kill('SIGINT');
}
