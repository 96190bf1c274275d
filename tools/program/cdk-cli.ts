import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** File of this repository's CDK CLI, which Node runs. */
const CDK_CLI_FILE = require.resolve('aws-cdk/bin/cdk');

/** Processes of the CDK CLI that have not ended yet. */
const runningProcesses = new Set<ChildProcess>();

/** Result of a run of the CDK CLI. */
export interface CdkResult {
  readonly exitCode: number;
  /** Text that the CLI printed to stdout and stderr. */
  readonly output: string;
}

export interface CdkOptions {
  /** Working directory of the CLI; by default that of this process. */
  readonly directory?: string;
  /** All environment variables of the CLI; by default those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets each line that the CLI prints, while it runs. */
  readonly showLine?: (line: string) => void;
}

/** Runs this repository's CDK CLI to its end. */
export async function runCdk(args: readonly string[], options: CdkOptions = {}): Promise<CdkResult> {
  const { directory, env, showLine } = options;
  const child = spawn(process.execPath, [CDK_CLI_FILE, ...args, '--no-notices'], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  runningProcesses.add(child);
  try {
    return await waitForEnd(child, showLine);
  } finally {
    runningProcesses.delete(child);
  }
}

/** Throws the error of a process that could not be started. */
async function waitForEnd(child: ChildProcess, showLine: CdkOptions['showLine']): Promise<CdkResult> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    if (showLine) createInterface(stream).on('line', showLine);
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  // A process that a signal ended has no exit code.
  return { exitCode: exitCode ?? 1, output };
}

/** Interrupts the CDK CLI as Ctrl-C does. A deployment that has started continues in CloudFormation. */
export function interruptRunningCdk(): void {
  for (const child of runningProcesses) child.kill('SIGINT');
}
