import { join } from 'node:path';
import { SecretMask } from '@infra/common/secret-mask';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { runProcess } from '@infra/commands/run-process';

export { interruptRunningProcesses } from '@infra/commands/run-process';

const REPOSITORY_FOLDER = join(__dirname, '../../..');

/** One mask for the whole run, so that a secret has the same label everywhere. */
const mask = new SecretMask();

/** Text in which labels stand for secrets, and control characters, except the ends of lines, are written out. */
export function printableText(output: string): string {
  return escapeInvisible(mask.maskLines(output), '\n');
}

/** Writes a line of progress to stderr. Only the summary goes to stdout. */
export function showProgress(line: string): void {
  process.stderr.write(`${printableText(line)}\n`);
}

/** End of a process. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  /** Lines of stderr and stdout. */
  readonly lines: readonly string[];
}

/** Runs another command of `npm run prooflink`, loaded as Node has loaded this one; it speaks the same language. */
export async function runProoflink(args: readonly string[], input?: string): Promise<Ended> {
  const [program = ''] = process.argv.slice(1);
  return await run(['npm run prooflink --', ...args], process.execPath, [...process.execArgv, program, ...args], input);
}

/** Runs the CDK CLI. */
export async function runCdkCli(args: readonly string[]): Promise<Ended> {
  const cdk = require.resolve('aws-cdk/bin/cdk');
  return await run(['npx cdk', ...args], process.execPath, [cdk, ...args, '--no-notices']);
}

/** Runs Docker. A machine without it throws its ENOENT. */
export async function runDocker(args: readonly string[], input?: string): Promise<Ended> {
  return await run(['docker', ...args], 'docker', args, input);
}

/** Runs a program, and shows the command line that a person would write, and the lines of stderr. */
async function run(
  commandLine: readonly string[],
  program: string,
  args: readonly string[],
  input?: string,
): Promise<Ended> {
  showProgress(`$ ${commandLine.join(' ')}`);
  const { exitCode, stdout, stderr } = await runProcess(program, args, {
    directory: REPOSITORY_FOLDER,
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    input,
    showLine: (line, stream) => {
      if (stream === 'stderr') showProgress(`  ${line}`);
    },
  });
  const lines = `${stderr}\n${stdout}`.split('\n').filter((line) => line.trim() !== '');
  // A process that a signal ended has no exit code.
  return { exitCode: exitCode ?? 1, stdout, lines };
}
