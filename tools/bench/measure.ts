import { type ChildProcess, execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';

let running: ChildProcess | undefined;
let interrupted = false;

// Ends the running program first, so that this process can delete what was made for the measurement.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

/** Runs a program to its end and returns the seconds it took. Throws what the program printed if it fails. */
export async function run(cwd: string, command: string, ...args: readonly string[]): Promise<number> {
  const start = performance.now();
  const options = { cwd, env: quietEnvironment(), maxBuffer: 64 * 1024 * 1024 };
  const ended = promisify(execFile)(command, args, options);
  running = ended.child;
  running.stdin?.end();
  await ended;
  if (interrupted) throw new Error('Interrupted.');
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
