import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { LocalAws } from '@infra/local-aws';
import type { EnvironmentName } from '../shared/environment-argument';

const ROOT = join(__dirname, '../..');

/** A local AWS, as far as commands need it. */
type Aws = Pick<LocalAws, 'env'>;

/** Tags to release; a missing one of the import keeps it. */
export interface Tags {
  readonly app: string;
  readonly batch?: string;
}

/** `npm run prooflink -- prepare`, as a person calls it before the first deploy; returns what it prints. */
export const prepare = (aws: Aws): Promise<string> => prooflink(aws, ['prepare'], [0]);

/** `npm run prooflink -- status`; returns what it prints, be the environment well or not. */
export const status = (aws: Aws, name: EnvironmentName): Promise<string> => prooflink(aws, ['status', name], [0, 1]);

/** The arguments of `npm run prooflink --` with which tags are released. */
export const releaseArguments = (environment: EnvironmentName, { app, batch }: Tags): string[] => [
  ...['release', environment, '--app', app],
  ...(batch === undefined ? [] : ['--batch', batch]),
  '--examples',
];

/** `npm run prooflink -- release`; reports its progress, until the signal. */
export async function release(
  aws: Aws,
  environment: EnvironmentName,
  tags: Tags,
  assembly = '',
  report?: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  await prooflink(aws, [...releaseArguments(environment, tags), '--assembly', assembly], [0], report, signal);
}

async function prooflink(
  { env }: Aws,
  args: readonly string[],
  expected: readonly unknown[],
  report?: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const program = ['-r', './tools/register.js', 'tools/prooflink.ts', ...args];
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
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
