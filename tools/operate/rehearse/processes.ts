import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { SecretMask } from '@infra/common/secret-mask';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { interruptRunningCdk, runCdk } from '../../program/cdk-cli';

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

/** Processes that have not ended yet. */
const runningProcesses = new Set<ChildProcess>();

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
  return await runProcess(process.execPath, [...process.execArgv, program, ...args], input);
}

/** Runs a program of this machine, such as Docker. A program that is missing throws its ENOENT. */
export async function runProgram(program: string, args: readonly string[], input?: string): Promise<Ended> {
  showProgress(`$ ${program} ${args.join(' ')}`);
  return await runProcess(program, args, input);
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

async function runProcess(program: string, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(program, args, { cwd: REPOSITORY_FOLDER, env: process.env, stdio: ['pipe', 'pipe', 'pipe'] });
  runningProcesses.add(child);
  try {
    // A program that reads no input may have ended before it gets any.
    child.stdin.on('error', () => undefined).end(input);
    createInterface({ input: child.stderr }).on('line', showIndented);
    const closed = once(child, 'close') as Promise<[exitCode: number | null]>;
    const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    // A process that a signal ended has no exit code.
    return { exitCode: exitCode ?? 1, stdout, lines: lastLines(`${stderr}\n${stdout}`) };
  } finally {
    runningProcesses.delete(child);
  }
}

function showIndented(line: string): void {
  showProgress(`  ${line}`);
}

function lastLines(output: string): string[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-LAST_LINES);
}

/** Interrupts what runs, as Ctrl-C does. Operations that have begun in AWS go on there. */
export function interruptRunningProcesses(): void {
  interruptRunningCdk();
  for (const child of runningProcesses) child.kill('SIGINT');
}
