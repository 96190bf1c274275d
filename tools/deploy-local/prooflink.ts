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

/** `npm run prooflink -- release` of both images; reports its progress. */
export async function release(
  aws: Pick<LocalAws, 'env'>,
  environment: EnvironmentName,
  tag: string,
  assembly = '',
  report?: (line: string) => void,
): Promise<void> {
  const what = ['--app', tag, '--batch', tag, '--assembly', assembly, '--examples'];
  await prooflink(aws, ['release', environment, ...what], [0], report);
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
): Promise<string> {
  const program = ['-r', './tools/register.js', 'tools/prooflink.ts', ...args];
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    report(line);
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [stdout, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== null && expected.includes(code)) return stdout;
  throw new Error(`npm run prooflink -- ${args.join(' ')} failed\n\n${lines.join('\n')}\n${stdout}`);
}
