import { performance } from 'node:perf_hooks';
import { spawnOwned } from '../local-aws/processes';

/** A program ended with an error; `output` is what it printed. */
export class CommandError extends Error {
  constructor(
    command: string,
    readonly output: string,
  ) {
    super(`${command} failed`);
  }
}

/** Runs a program to its end and returns the seconds that it took. */
export async function run(cwd: string, command: string, ...args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawnOwned(command, args, { cwd, env: quietEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => output.push(data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new CommandError([command, ...args].join(' '), output.join(''));
  return (performance.now() - start) / 1000;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low = NaN, high = NaN] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}

// A synth with credentials asks AWS for the account first, and one on EC2 looks for credentials: neither is measured.
function quietEnvironment(): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
  return { ...env, AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' };
}
