/** Results of the bench: each time is the median of an app's synths in seconds. */
interface BenchResult {
  readonly cdkInitSeconds: number;
  readonly ownSeconds: number;
  readonly ownEnvironmentCount: number;
  readonly largerApps: readonly LargerAppResult[];
}

/** Result of this app with further environments. */
interface LargerAppResult {
  readonly environmentCount: number;
  readonly seconds: number;
}

/** Cells of a row. */
interface Row {
  readonly label: string;
  readonly median: string;
  readonly comparison: string;
}

/** Two tables: this app beside that of `cdk init`, then the growth by environments. */
export function renderBenchTables(result: BenchResult): string {
  const lines = [...comparisonRows(result).map(renderRow), '', ...growthRows(result).map(renderRow)];
  return `\n${lines.join('\n')}\n`;
}

function comparisonRows({ cdkInitSeconds, ownSeconds, ownEnvironmentCount }: BenchResult): Row[] {
  const ratio = ownSeconds / cdkInitSeconds;
  const environments = ownEnvironmentCount === 2 ? 'both environments' : `all ${ownEnvironmentCount} environments`;
  return [
    { label: 'app', median: 'median', comparison: 'ratio' },
    { label: 'cdk init + one queue', median: formatSeconds(cdkInitSeconds), comparison: '1.00' },
    { label: `this app, ${environments}`, median: formatSeconds(ownSeconds), comparison: ratio.toFixed(2) },
  ];
}

function growthRows({ ownSeconds, ownEnvironmentCount, largerApps }: BenchResult): Row[] {
  const rowsOfLargerApps = largerApps.map(({ environmentCount, seconds }) => {
    const furtherEnvironmentCount = environmentCount - ownEnvironmentCount;
    const growthPerEnvironment = (seconds / ownSeconds - 1) / furtherEnvironmentCount;
    return {
      label: String(environmentCount),
      median: formatSeconds(seconds),
      comparison: `${(growthPerEnvironment * 100).toFixed(1)} %`,
    };
  });
  return [
    { label: 'environments', median: 'median', comparison: 'per further one' },
    { label: String(ownEnvironmentCount), median: formatSeconds(ownSeconds), comparison: '' },
    ...rowsOfLargerApps,
  ];
}

const LABEL_COLUMNS = 30;
const FIGURE_COLUMNS = 18;

function renderRow({ label, median, comparison }: Row): string {
  const cells = [label.padEnd(LABEL_COLUMNS), median.padStart(FIGURE_COLUMNS), comparison.padStart(FIGURE_COLUMNS)];
  return cells.join('').trimEnd();
}

function formatSeconds(seconds: number): string {
  return `${seconds.toFixed(2)} s`;
}
