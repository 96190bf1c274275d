import type { Command } from 'commander';
import { runWithArguments } from '../../src/program';

/** Exit code and output of a command. */
export interface Ended {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

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
