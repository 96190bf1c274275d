import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const CLI = require.resolve('aws-cdk/bin/cdk');

/** Processes of the CDK CLI that have not ended yet. */
const runningProcesses = new Set<ChildProcess>();

/** Exit code of the CDK CLI, and all that it printed. */
export interface CdkResult {
  readonly exitCode: number;
  readonly output: string;
}

export interface CdkOptions {
  /** Working directory; the current one unless given. */
  readonly directory?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** True if what it prints goes to stderr as it comes, and not into the result. */
  readonly showsOutput?: boolean;
}

/** Runs this repository's CDK CLI to its end. */
export async function runCdk(args: readonly string[], options: CdkOptions = {}): Promise<CdkResult> {
  const { directory, env, showsOutput = false } = options;
  const child = spawn(process.execPath, [CLI, ...args, '--no-notices'], {
    cwd: directory,
    env,
    stdio: showsOutput ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
  });
  runningProcesses.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  runningProcesses.delete(child);
  return { exitCode: exitCode ?? 1, output };
}

/** Ends the CDK CLI; CloudFormation goes on by itself. */
export function interruptCdk(): void {
  for (const child of runningProcesses) child.kill('SIGINT');
}
