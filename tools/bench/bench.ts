import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeAppOf, makeEmptyApp, REPOSITORY } from './apps';
import { CommandError, median, run } from './measure';

const USAGE = `Usage: npm run bench -- [--runs N]

  Compares the time of "npx cdk synth" of this app with that of the app which
  "cdk init" generates plus one queue, and shows how it grows with the number
  of environments.

  --runs N   how often each app is measured, 1 to 100 (default 5)`;

const ENVIRONMENTS = [2, 10, 50];

/** A wrong call; the message is for the person who made it. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const runs = readRuns(process.argv.slice(2));
  const parent = mkdtempSync(join(tmpdir(), 'prooflink-bench-'));
  try {
    report('making the app of `cdk init` plus one queue');
    const emptyApp = makeEmptyApp(parent);
    removeOnExit(parent);
    const synthEmpty = synth(await emptyApp, parent);
    const synthOurs = synth(REPOSITORY, parent);
    const [empty, ours] = await alternate([synthEmpty, synthOurs], runs);
    const ratio = (ours / empty).toFixed(2);
    print([
      ['app', 'median', 'ratio'],
      ['cdk init + one queue', seconds(empty), '1.00'],
      ['this app, both environments', seconds(ours), ratio],
    ]);

    const grown = await alternate(
      ENVIRONMENTS.map((count) => synth(makeAppOf(count, parent), parent)),
      runs,
    );
    const [base] = grown;
    const perFurther = (index: number): string => {
      const further = (ENVIRONMENTS[index] ?? 0) - (ENVIRONMENTS[0] ?? 0);
      return further === 0 ? '' : `${((((grown[index] ?? NaN) / base - 1) / further) * 100).toFixed(1)} %`;
    };
    print([
      ['environments', 'median', 'per further one'],
      ...ENVIRONMENTS.map((count, index) => [String(count), seconds(grown[index] ?? NaN), perFurther(index)]),
    ]);
  } finally {
    remove(parent);
  }
}

function readRuns(args: string[]): number {
  let text: string;
  try {
    text = parseArgs({ args, options: { runs: { type: 'string', default: '5' } } }).values.runs;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const runs = Number(text);
  if (!/^\d+$/.test(text) || runs < 1 || runs > 100) {
    throw new UsageError(`--runs ${text}: a whole number from 1 to 100 is needed.`);
  }
  return runs;
}

/** A synth of the app in `folder` as a person calls it; its output lands elsewhere, so that nobody's is overwritten. */
function synth(folder: string, parent: string): () => Promise<number> {
  const output = mkdtempSync(join(parent, 'cdk-out-'));
  return () => run(folder, 'npx', 'cdk', 'synth', '-q', '--no-notices', '--output', output);
}

/** Runs all in turn, so that a busy machine hits all alike: once to warm up, then `runs` times. Returns medians. */
async function alternate(
  all: readonly (() => Promise<number>)[],
  runs: number,
): Promise<[number, number, ...number[]]> {
  const times = all.map((): number[] => []);
  for (let round = 0; round <= runs; round++) {
    report(round === 0 ? 'warm-up' : `round ${round} of ${runs}`);
    for (const [index, one] of all.entries()) {
      const time = await one();
      if (round > 0) times[index]?.push(time);
    }
  }
  return times.map(median) as [number, number, ...number[]];
}

/** Ctrl-C ends the process without `finally`; this runs after the handler that ends the children. */
function removeOnExit(folder: string): void {
  process.once('exit', () => {
    remove(folder);
  });
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function print(rows: readonly (readonly string[])[]): void {
  const lines = rows.map(([first = '', ...more]) => first.padEnd(30) + more.map((cell) => cell.padStart(18)).join(''));
  console.log(`\n${lines.join('\n')}\n`);
}

function report(line: string): void {
  console.error(line);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  console.error(error instanceof CommandError ? `${error.message}\n${error.output}` : error);
  process.exitCode = 1;
});
