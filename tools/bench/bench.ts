import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { makeAppOf, makeEmptyApp, REPOSITORY } from './apps';
import { median, run } from './measure';

const ENVIRONMENTS = [2, 10, 50];

/** Measures each app `runs` times and prints the medians; returns the exit code. */
export async function bench(runs: number): Promise<0 | 1> {
  const parent = makeTemporaryFolder('prooflink-bench-');
  try {
    await measure(runs, parent);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    removeMade(parent);
  }
}

async function measure(runs: number, parent: string): Promise<void> {
  report('making the app of `cdk init` plus one queue');
  const synthEmpty = synth(await makeEmptyApp(parent), parent);
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
}

/** Synthesizes the app in `folder` as a person would, but into a folder of its own: no output is overwritten. */
function synth(folder: string, parent: string): () => Promise<number> {
  const output = mkdtempSync(join(parent, 'cdk-out-'));
  return () => run(folder, 'npx', 'cdk', 'synth', '-q', '--no-notices', '--output', output);
}

/** Runs all in turn, so that a busy machine slows all alike: once to warm up, then `runs` times. Returns medians. */
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
