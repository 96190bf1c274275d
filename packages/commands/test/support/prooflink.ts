import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Command } from 'commander';
import { newProoflinkProgram as program } from '../../src/prooflink';
import { runWithArguments } from '../../src/program';

/** Folder in which a program of this repository runs. */
export const ROOT = join(__dirname, '../../../..');

/** Node's arguments for `npm run prooflink`, on the guide's environments. */
export const prooflinkArguments = (...args: string[]): string[] => [
  '-r',
  './packages/common/register.js',
  '-r',
  './packages/commands/test/support/preload-guide-configs.js',
  'packages/commands/src/prooflink.ts',
  ...args,
];

/** Exit code and output of a command. */
export interface Ended {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run prooflink` into a pipe. */
export function prooflink(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, prooflinkArguments(...args), { cwd: ROOT, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, stdout, stderr });
    });
  });
}

/** Runs the same command in this process and its environment, a second faster; no two of them at once. */
export const command = (...args: string[]): Promise<Ended> => call(program(), ...args);

/** Runs a program as `npm run` does, and returns what a person sees of it. */
export async function call(called: Command, ...args: string[]): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  const { isTTY } = process.stdout;
  process.stdout.isTTY = false;
  const spies = [
    ...(['stdout', 'stderr'] as const).map((to) =>
      jest.spyOn(process[to], 'write').mockImplementation((text) => Boolean((printed[to] += String(text)))),
    ),
    jest.spyOn(console, 'log').mockImplementation((line: string) => {
      printed.stdout += `${line}\n`;
    }),
  ];
  try {
    await runWithArguments(called, args);
    return { exitCode: process.exitCode ?? 0, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
    process.stdout.isTTY = isTTY;
  }
}
