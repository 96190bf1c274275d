import { join } from 'node:path';
import { SecretMask } from '@infra/common/secret-mask';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { runCdk } from '@infra/commands/cdk-cli';
import { runProcess } from '@infra/commands/run-process';

export { interruptRunningProcesses } from '@infra/commands/run-process';

const REPOSITORY_FOLDER = join(__dirname, '../../..');

/** Lines of a command's output that a report has. */
const LAST_LINES = 30;

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
  /** Last lines of stdout and stderr. */
  readonly lines: readonly string[];
}

/** Runs another command of `npm run prooflink`, loaded as Node has loaded this one; it speaks the same language. */
export async function runProoflink(args: readonly string[], input?: string): Promise<Ended> {
  const [program = ''] = process.argv.slice(1);
  showProgress(`$ npm run prooflink -- ${args.join(' ')}`);
  return await runWithProgress(process.execPath, [...process.execArgv, program, ...args], input);
}

/** Runs a program of this machine, such as Docker. A program that is missing throws its ENOENT. */
export async function runProgram(program: string, args: readonly string[], input?: string): Promise<Ended> {
  showProgress(`$ ${program} ${args.join(' ')}`);
  return await runWithProgress(program, args, input);
}

/** Runs the CDK CLI. */
export async function runCdkCli(args: readonly string[]): Promise<Omit<Ended, 'stdout'>> {
  showProgress(`$ npx cdk ${args.join(' ')}`);
  const { exitCode, output } = await runCdk(args, {
    directory: REPOSITORY_FOLDER,
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    showLine: showIndented,
  });
  return { exitCode, lines: lastLines(output) };
}

async function runWithProgress(program: string, args: readonly string[], input?: string): Promise<Ended> {
  const { exitCode, stdout, stderr } = await runProcess(program, args, {
    directory: REPOSITORY_FOLDER,
    input,
    showLine: (line, stream) => {
      if (stream === 'stderr') showIndented(line);
    },
  });
  // A process that a signal ended has no exit code.
  return { exitCode: exitCode ?? 1, stdout, lines: lastLines(`${stderr}\n${stdout}`) };
}

function showIndented(line: string): void {
  showProgress(`  ${line}`);
}

function lastLines(output: string): string[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-LAST_LINES);
}
