import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EnvironmentName } from '../shared/environment-argument';
import type { LocalAws } from '@infra/local-aws';

const ROOT = join(__dirname, '../..');

/** `npm run prooflink -- prepare`, as a person calls it before the first deploy; returns what it prints. */
export async function prepare(aws: Pick<LocalAws, 'env'>): Promise<string> {
  return await prooflink(aws, ['prepare'], [0]);
}

/** `npm run prooflink -- status`; returns what it prints, be the environment well or not. */
export async function status(aws: Pick<LocalAws, 'env'>, environment: EnvironmentName): Promise<string> {
  return await prooflink(aws, ['status', environment], [0, 1]);
}

async function prooflink(
  { env }: Pick<LocalAws, 'env'>,
  args: readonly string[],
  expected: readonly number[],
): Promise<string> {
  const program = ['-r', './tools/register.js', 'tools/prooflink.ts', ...args];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT, env });
    return stdout;
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: number; stdout?: string; stderr?: string };
    if (code !== undefined && expected.includes(code)) return stdout;
    throw new Error(`npm run prooflink -- ${args.join(' ')} failed\n\n${stdout}${stderr}`, { cause: error });
  }
}
