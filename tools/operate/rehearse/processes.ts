import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { interruptRunningCdk } from '../../program/cdk-cli';
import { showProgress } from './progress';

const REPOSITORY_FOLDER = join(__dirname, '../../..');

/** Processes that have not ended yet. */
const runningProcesses = new Set<ChildProcess>();

/** End of a process. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  /** Lines that it printed to stderr. */
  readonly progress: readonly string[];
}

export interface ProcessOptions {
  /** Text that the process reads from stdin, such as a password. */
  readonly input?: string;
  /** True if stdout is progress for a person, too. */
  readonly showsOutput?: boolean;
}

/** Runs another command of `npm run prooflink`, loaded as Node has loaded this one; it speaks the same language. */
export async function runProoflink(args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  const [program = ''] = process.argv.slice(1);
  showProgress(`$ npm run prooflink -- ${args.join(' ')}`);
  return await runProcess(process.execPath, [...process.execArgv, program, ...args], options);
}

/** Runs a program of this machine, such as Docker. A program that is missing throws its ENOENT. */
export async function runProgram(program: string, args: readonly string[], options?: ProcessOptions): Promise<Ended> {
  showProgress(`$ ${program} ${args.join(' ')}`);
  return await runProcess(program, args, options ?? {});
}

async function runProcess(
  program: string,
  args: readonly string[],
  { input = '', showsOutput = false }: ProcessOptions,
): Promise<Ended> {
  const child = spawn(program, args, { cwd: REPOSITORY_FOLDER, env: process.env, stdio: ['pipe', 'pipe', 'pipe'] });
  runningProcesses.add(child);
  try {
    // A program that reads no input may have ended before it gets any.
    child.stdin.on('error', () => undefined).end(input);
    const progress: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      progress.push(line);
      showProgress(`  ${line}`);
    });
    if (showsOutput) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        showProgress(`  ${line}`);
      });
    }
    const closed = once(child, 'close') as Promise<[exitCode: number | null]>;
    const [stdout, [exitCode]] = await Promise.all([text(child.stdout), closed]);
    // A process that a signal ended has no exit code.
    return { exitCode: exitCode ?? 1, stdout, progress };
  } finally {
    runningProcesses.delete(child);
  }
}

/** Interrupts what runs, as Ctrl-C does. Operations that have begun in AWS go on there. */
export function interruptRunningProcesses(): void {
  interruptRunningCdk();
  for (const child of runningProcesses) child.kill('SIGINT');
}
