import { type ProcessOptions, runProcess } from './run-process';

/** File of this repository's CDK CLI, which Node runs. */
const CDK_CLI_FILE = require.resolve('aws-cdk/bin/cdk');

/** Result of a run of the CDK CLI. */
export interface CdkResult {
  readonly exitCode: number;
  /** Text that the CLI printed. */
  readonly output: string;
}

/** Runs this repository's CDK CLI to its end. */
export async function runCdk(args: readonly string[], options: ProcessOptions = {}): Promise<CdkResult> {
  const { exitCode, stdout, stderr } = await runProcess(
    process.execPath,
    [CDK_CLI_FILE, ...args, '--no-notices'],
    options,
  );
  // A process that a signal ended has no exit code.
  return { exitCode: exitCode ?? 1, output: stderr + stdout };
}
