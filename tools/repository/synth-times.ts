import type { App } from './bench-apps';
import { runProgram } from './run-program';

/**
 * Times the synths of apps: each app once to warm up, then `rounds` times. The apps take turns, so that a busy machine
 * slows all of them alike.
 *
 * @returns The median of each app in seconds, in the order of the apps.
 */
export function medianSynthSeconds(apps: readonly App[], rounds: number, outputFolder: string): number[] {
  const timeAllApps = () => apps.map((app) => synthSeconds(app, outputFolder));
  console.error('warm-up');
  timeAllApps();
  const secondsByRound: number[][] = [];
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`round ${round} of ${rounds}`);
    secondsByRound.push(timeAllApps());
  }
  return apps.map((_, appIndex) => {
    const secondsOfApp = secondsByRound.map((secondsByApp) => secondsByApp[appIndex] ?? NaN);
    return medianOf(secondsOfApp);
  });
}

/** Synthesizes an app into a folder. Returns the seconds that it took. */
function synthSeconds({ folder, options }: App, outputFolder: string): number {
  const startMs = performance.now();
  runProgram(folder, 'npx', ['cdk', 'synth', '-q', '--no-notices', '--output', outputFolder, ...options]);
  return (performance.now() - startMs) / 1000;
}

/** Median of at least one number; of an even count of numbers, the mean of the two in the middle. */
function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((first, second) => first - second);
  const lowerMiddle = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  const upperMiddle = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return (lowerMiddle + upperMiddle) / 2;
}
