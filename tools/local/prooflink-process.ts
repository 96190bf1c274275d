import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { LocalAws } from '@infra/local-aws';

interface ProoflinkOptions {
  /** Exit codes that are no failure. */
  readonly expected?: readonly unknown[];
  /** Gets each line of its progress. */
  readonly report?: (line: string) => void;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** Runs `npm run prooflink` on a local AWS; returns what it prints. */
export async function prooflink(
  { env }: LocalAws,
  args: readonly string[],
  { expected = [0], report, signal }: ProoflinkOptions = {},
): Promise<string> {
  const program = ['-r', './tools/register.js', 'tools/prooflink.ts', ...args];
  const cwd = join(__dirname, '../..');
  const child = spawn(process.execPath, program, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    report?.(line);
  });
  const ended = once(child, 'close').then(([code]): unknown => code);
  const [stdout, code] = await Promise.all([text(child.stdout), ended]);
  if (expected.includes(code)) return stdout;
  // Its last lines are enough, unless they refer to earlier ones of the CDK CLI.
  if (stdout.trim() !== '' && !/ above\b/.test(stdout)) throw new Error(stdout.trim());
  throw new Error(`npm run prooflink -- ${args.join(' ')} failed\n\n${lines.join('\n')}\n${stdout}`.trimEnd());
}
