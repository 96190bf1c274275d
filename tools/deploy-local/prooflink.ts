import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { EnvironmentName } from '../shared/environment-argument';
import type { LocalAws } from '@infra/local-aws';

const ROOT = join(__dirname, '../..');

/** `npm run prooflink -- prepare`, as a person calls it before the first deploy; returns what it prints. */
export async function prepare(aws: Pick<LocalAws, 'env'>): Promise<string> {
  return await prooflink(aws, ['prepare'], [0]);
}

/** What is released, by its tags; an import that is missing stays as it is. */
export interface Tags {
  readonly app: string;
  readonly batch?: string;
}

/** The arguments of `npm run prooflink --` with which tags are released. */
export const releaseArguments = (environment: EnvironmentName, { app, batch }: Tags): string[] => [
  ...['release', environment, '--app', app],
  ...(batch === undefined ? [] : ['--batch', batch]),
  '--examples',
];

/** `npm run prooflink -- release`; reports its progress, until the signal. */
export async function release(
  aws: Pick<LocalAws, 'env'>,
  environment: EnvironmentName,
  tags: Tags,
  assembly = '',
  report?: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  await prooflink(aws, [...releaseArguments(environment, tags), '--assembly', assembly], [0], report, signal);
}

/** `npm run prooflink -- status`; returns what it prints, be the environment well or not. */
export async function status(aws: Pick<LocalAws, 'env'>, environment: EnvironmentName): Promise<string> {
  return await prooflink(aws, ['status', environment], [0, 1]);
}

async function prooflink(
  { env }: Pick<LocalAws, 'env'>,
  args: readonly string[],
  expected: readonly number[],
  report: (line: string) => void = () => undefined,
  signal?: AbortSignal,
): Promise<string> {
  const program = ['-r', './tools/register.js', 'tools/prooflink.ts', ...args];
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    report(line);
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [stdout, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== null && expected.includes(code)) return stdout;
  // What it says at its end is enough, unless that refers to what the CDK CLI has said before.
  if (stdout.trim() !== '' && !/ above\b/.test(stdout)) throw new Error(stdout.trim());
  throw new Error(`npm run prooflink -- ${args.join(' ')} failed\n\n${lines.join('\n')}\n${stdout}`.trimEnd());
}
