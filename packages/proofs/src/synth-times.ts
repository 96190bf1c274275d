import type { App } from './bench-apps';
import { runProgram } from './run-program';

/** Apps to time, the number of times, and the folder for their cloud assemblies. */
interface SynthTimesProps {
  readonly apps: readonly App[];
  readonly rounds: number;
  readonly outputFolder: string;
}

/** Times of the synths of apps, in seconds. */
export class SynthTimes {
  private readonly secondsByApp = new Map<App, number[]>();

  /**
   * Synthesizes each app once to warm up, then `rounds` times. The apps take turns, so that a busy machine slows all of them
   * alike.
   */
  constructor({ apps, rounds, outputFolder }: SynthTimesProps) {
    const timeAllApps = () => apps.map((app) => ({ app, seconds: synthSeconds(app, outputFolder) }));
    console.error('warm-up');
    timeAllApps();
    for (let round = 1; round <= rounds; round += 1) {
      console.error(`round ${round} of ${rounds}`);
      for (const { app, seconds } of timeAllApps()) {
        this.secondsByApp.set(app, [...this.secondsOf(app), seconds]);
      }
    }
  }

  /** Median of the times of an app that was timed. */
  medianOf(app: App): number {
    return medianOf(this.secondsOf(app));
  }

  private secondsOf(app: App): readonly number[] {
    return this.secondsByApp.get(app) ?? [];
  }
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
