import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { endWith } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { newProgram, start, withExitCodes } from '../program/program';
import { type App, makeAppWithEnvironments, makeEmptyApp, OWN_ENVIRONMENTS, timeSynth } from './bench-apps';

/** Numbers of environments of the apps that are measured; the first is this app as it is. */
const ENVIRONMENT_COUNTS = [OWN_ENVIRONMENTS, 10, 50];

/** `npm run bench` */
export function benchProgram(): Command {
  const program = newProgram(
    'npm run bench --',
    'Compares the time of "npx cdk synth" of this app with that of the app which "cdk init" generates plus one ' +
      'queue, and shows how it grows with the number of environments.',
  );
  return withExitCodes(program, { 0: 'measured', 1: 'an app could not be made or run', 2: 'no such option' })
    .option('--runs <n>', 'how often each app is measured, 1 to 100', parseRuns, 5)
    .action(async ({ runs }: { runs: number }) => {
      await endWith(() => ({ exitCode: 0, stdout: bench(runs), stderr: '' }));
      if (process.exitCode) process.exitCode = 1;
    });
}

function parseRuns(text: string): number {
  const isFrom1To100 = /^([1-9]\d?|100)$/.test(text);
  if (!isFrom1To100) throw new InvalidArgumentError('A whole number from 1 to 100 is needed.');
  return Number(text);
}

/** Measures the app of `cdk init` and this app with several numbers of environments. Returns a table. */
function bench(runs: number): string {
  const folder = makeTemporaryFolder('prooflink-bench-');
  console.error('making the app of `cdk init` plus one queue');
  const emptyApp = makeEmptyApp(folder);
  const ownApps = ENVIRONMENT_COUNTS.map((count) => makeAppWithEnvironments(count, folder));
  const [emptyAppMedian = NaN, ...ownMedians] = measure([emptyApp, ...ownApps], runs, join(folder, 'out'));
  return renderTable(emptyAppMedian, ownMedians);
}

/**
 * Times all apps in turn, so that a busy machine slows all alike: once to warm up, then `runs` times. Returns the median
 * of each app in seconds.
 */
function measure(apps: readonly App[], runs: number, output: string): number[] {
  const timeEachApp = () => apps.map((app) => timeSynth(app, output));
  console.error('warm-up');
  timeEachApp();
  const rounds = Array.from({ length: runs }, (_, index) => {
    console.error(`round ${index + 1} of ${runs}`);
    return timeEachApp();
  });
  return apps.map((_, appIndex) => median(rounds.map((times) => times[appIndex] ?? NaN)));
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((first, second) => first - second);
  const lowerMiddle = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  const upperMiddle = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return (lowerMiddle + upperMiddle) / 2;
}

/** Cells of a line of the table. */
interface Row {
  readonly label: string;
  readonly median: string;
  /** Median compared with another app's. */
  readonly comparison: string;
}

function renderTable(emptyAppMedian: number, ownMedians: readonly number[]): string {
  const ownMedian = ownMedians[0] ?? NaN;
  const ratio = ownMedian / emptyAppMedian;
  const rows: Row[] = [
    { label: 'app', median: 'median', comparison: 'ratio' },
    { label: 'cdk init + one queue', median: formatSeconds(emptyAppMedian), comparison: '1.00' },
    { label: 'this app, both environments', median: formatSeconds(ownMedian), comparison: ratio.toFixed(2) },
    { label: '', median: '', comparison: '' },
    { label: 'environments', median: 'median', comparison: 'per further one' },
    ...ENVIRONMENT_COUNTS.map((count, index) => growthRow(count, ownMedians[index] ?? NaN, ownMedian)),
  ];
  return `\n${rows.map(renderRow).join('\n')}\n`;
}

/** Time with a number of environments, and the growth per further one. */
function growthRow(environmentCount: number, medianSeconds: number, ownMedian: number): Row {
  const furtherEnvironments = environmentCount - OWN_ENVIRONMENTS;
  const growthPerEnvironment = (medianSeconds / ownMedian - 1) / furtherEnvironments;
  return {
    label: String(environmentCount),
    median: formatSeconds(medianSeconds),
    comparison: furtherEnvironments === 0 ? '' : `${(growthPerEnvironment * 100).toFixed(1)} %`,
  };
}

const LABEL_WIDTH = 30;
const FIGURE_WIDTH = 18;

function renderRow(row: Row): string {
  const label = row.label.padEnd(LABEL_WIDTH);
  const medianCell = row.median.padStart(FIGURE_WIDTH);
  const comparison = row.comparison.padStart(FIGURE_WIDTH);
  return `${label}${medianCell}${comparison}`.trimEnd();
}

function formatSeconds(seconds: number): string {
  return `${seconds.toFixed(2)} s`;
}

if (require.main === module) void start(benchProgram());
