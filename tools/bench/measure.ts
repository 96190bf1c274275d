import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';

const interrupted = new AbortController();

// A terminal's Ctrl-C reaches every program by itself; what is made for the measurement can still be deleted.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interrupted.abort();
  });
}

/** Runs a program to its end and returns the seconds that it took; fails with what it printed. */
export async function run(cwd: string, command: string, ...args: readonly string[]): Promise<number> {
  const start = performance.now();
  const options = { cwd, env: quietEnvironment(), signal: interrupted.signal, maxBuffer: 64 * 1024 * 1024 };
  const running = promisify(execFile)(command, args, options);
  running.child.stdin?.end();
  await running;
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
